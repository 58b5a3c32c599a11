namespace SensorNode.Emulator.Mqtt;

/// <summary>Counts the packets of one connection and says what the fault script does to each.</summary>
internal sealed class BrokerFaultGate(BrokerFaults? faults, int connection)
{
    private readonly int[] _incoming = new int[16];
    private readonly int[] _outgoing = new int[16];

    /// <summary>What happens to one packet on its way to the client.</summary>
    /// <param name="Packets">Byte strings to send, in order; none for a lost packet.</param>
    /// <param name="DelayMs">How long they are held.</param>
    /// <param name="Closes">The connection is closed after them.</param>
    /// <param name="Restart">The broker restarts after them.</param>
    internal readonly record struct Outgoing(IReadOnlyList<byte[]> Packets, long DelayMs, bool Closes, BrokerFault? Restart);

    public static int? CutAfter(IReadOnlyList<BrokerFault> struck) => First(struck, BrokerFaultKind.Cut)?.Bytes;

    public static bool IsDropped(IReadOnlyList<BrokerFault> struck) => First(struck, BrokerFaultKind.Drop) != null;

    public static BrokerFault? RestartOf(IReadOnlyList<BrokerFault> struck) => First(struck, BrokerFaultKind.Restart);

    public static long DelayOf(IReadOnlyList<BrokerFault> struck)
    {
        long delayMs = 0;
        foreach (BrokerFault fault in struck)
        {
            delayMs += fault.Kind == BrokerFaultKind.Delay ? fault.DelayMs : 0;
        }

        return delayMs;
    }

    /// <summary>Bytes a second that the broker takes from this client; 0 for no limit.</summary>
    public int SlowBytesPerSecond()
    {
        BrokerFault? slow = faults?.StrikeConnection(BrokerFaultKind.SlowRead, connection, clientId: null);
        return slow == null ? 0 : Math.Max(1, slow.Bytes);
    }

    /// <summary>Counts a packet from the client, and gives the rules that strike at it.</summary>
    public IReadOnlyList<BrokerFault> StrikeIncoming(string? clientId, MqttPacketType type) => Strike(_incoming, clientId, fromClient: true, type);

    /// <summary>Counts a packet to the client, and says what becomes of it.</summary>
    public Outgoing PlanOutgoing(string? clientId, MqttPacketType type, byte[] bytes)
    {
        IReadOnlyList<BrokerFault> struck = Strike(_outgoing, clientId, fromClient: false, type);
        if (struck.Count == 0)
        {
            return new Outgoing([bytes], 0, false, null);
        }

        var packets = new List<byte[]>();
        if (CutAfter(struck) is { } cutAfter)
        {
            packets.Add(bytes[..Math.Min(cutAfter, bytes.Length)]);
            return new Outgoing(packets, DelayOf(struck), true, RestartOf(struck));
        }

        if (!IsDropped(struck))
        {
            packets.Add(bytes);
            foreach (BrokerFault fault in struck)
            {
                AddExtra(packets, fault, type, bytes);
            }
        }

        return new Outgoing(packets, DelayOf(struck), false, RestartOf(struck));
    }

    private static void AddExtra(List<byte[]> packets, BrokerFault fault, MqttPacketType type, byte[] bytes)
    {
        if (fault.Kind == BrokerFaultKind.Duplicate)
        {
            byte[] copy = (byte[])bytes.Clone();
            if (type == MqttPacketType.Publish && (copy[0] & 0x06) != 0)
            {
                copy[0] |= 0x08;
            }

            packets.AddRange(Enumerable.Repeat(copy, fault.Times));
        }
        else if (fault.Kind == BrokerFaultKind.Oversize)
        {
            packets.Add(new PublishPacket(new MqttMessage(fault.Topic, new byte[fault.Bytes], 0, false), 0, false).ToBytes());
        }
    }

    private static BrokerFault? First(IReadOnlyList<BrokerFault> struck, BrokerFaultKind kind)
    {
        foreach (BrokerFault fault in struck)
        {
            if (fault.Kind == kind)
            {
                return fault;
            }
        }

        return null;
    }

    private IReadOnlyList<BrokerFault> Strike(int[] counts, string? clientId, bool fromClient, MqttPacketType type)
    {
        // Index 0 counts all packets; no packet has type 0.
        counts[0]++;
        counts[(int)type]++;
        return faults?.StrikePacket(connection, clientId, fromClient, type, counts[0], counts[(int)type]) ?? [];
    }
}
