using SensorNode.Platform;

namespace SensorNode.Emulator.Chips;

/// <summary>Faults of the wire by plan: at the k-th transfer, in a span of time, or with a probability. Rules are asked in the order they were added; the first that fits counts.</summary>
/// <remarks>Deterministic for a seed and a sequence of transfers. Not for several threads.</remarks>
public sealed class I2cFaultPlan(ulong seed = 1) : II2cFaults
{
    private readonly List<Rule> _rules = [];
    private readonly SeededRandom _random = new(seed);

    private delegate bool Rule(long transfer, long nowNs, int address, out I2cFault fault);

    /// <summary>Transfers asked about so far, counted from 1.</summary>
    public long TransferCount { get; private set; }

    /// <summary>Faults made so far.</summary>
    public long FaultCount { get; private set; }

    /// <summary>What a stuck data line reads as: 0x00 or 0xFF on a real wire.</summary>
    public byte StuckValue { get; set; } = 0xFF;

    /// <summary>Only transfers to this address are counted and disturbed; -1 for all.</summary>
    public int Address { get; set; } = -1;

    /// <summary>Disturbs one transfer.</summary>
    /// <param name="transfer">Counted from 1, from the making of the plan.</param>
    /// <param name="fault">What happens to it.</param>
    /// <param name="count">Transfers in a row.</param>
    public I2cFaultPlan At(long transfer, I2cFault fault, int count = 1) =>
        Add((long now, long _, int _, out I2cFault made) => Says(now >= transfer && now < transfer + count, fault, out made));

    /// <summary>Disturbs all transfers that start in a span of time.</summary>
    public I2cFaultPlan Between(long fromNs, long untilNs, I2cFault fault) =>
        Add((long _, long nowNs, int _, out I2cFault made) => Says(nowNs >= fromNs && nowNs < untilNs, fault, out made));

    /// <summary>Disturbs transfers at random.</summary>
    /// <param name="probability">0 to 1 for each transfer.</param>
    /// <param name="fault">What happens to it.</param>
    public I2cFaultPlan Randomly(double probability, I2cFault fault) =>
        Add((long _, long _, int _, out I2cFault made) => Says(_random.NextUniform() < probability, fault, out made));

    /// <inheritdoc/>
    public I2cFault Next(long nowNs, int address, ReadOnlySpan<byte> write, Span<byte> read)
    {
        if (Address >= 0 && address != Address)
        {
            return I2cFault.None;
        }

        TransferCount++;
        foreach (Rule rule in _rules)
        {
            if (rule(TransferCount, nowNs, address, out I2cFault fault))
            {
                FaultCount++;
                if (fault == I2cFault.StuckData)
                {
                    read.Fill(StuckValue);
                }

                return fault;
            }
        }

        return I2cFault.None;
    }

    private static bool Says(bool applies, I2cFault fault, out I2cFault made)
    {
        made = applies ? fault : I2cFault.None;
        return applies;
    }

    private I2cFaultPlan Add(Rule rule)
    {
        _rules.Add(rule);
        return this;
    }
}
