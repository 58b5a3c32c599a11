namespace SensorNode.Platform;

/// <summary>One I2C bus of a node: chips by address, faults of the wire, and the time a transfer takes.</summary>
/// <remarks>Cost of a transfer: 9 bits for each address byte and each data byte plus START and STOP, at the clock of the bus; a stretched clock costs <see cref="StretchTimeoutNs"/>.</remarks>
public sealed class EmulatedI2cBus
{
    /// <summary>How long the processor waits for a chip that holds the clock.</summary>
    public const long StretchTimeoutNs = 25_000_000;

    private readonly IEmulatedI2cDevice?[] _devices = new IEmulatedI2cDevice?[128];

    /// <summary>Bus clock in Hz. The last device opened on the bus sets it for all, as on the board.</summary>
    public int ClockHz { get; set; } = 100_000;

    /// <summary>Faults of the wire; null for a good wire.</summary>
    public II2cFaults? Faults { get; set; }

    /// <summary>Transfers since the bus was made, failed ones included.</summary>
    public long TransferCount { get; private set; }

    /// <summary>Bytes moved since the bus was made, address bytes not counted.</summary>
    public long ByteCount { get; private set; }

    /// <summary>Puts a chip on the bus.</summary>
    /// <param name="address">7-bit address, 0x08 to 0x77, still free.</param>
    /// <param name="device">The chip.</param>
    public void Attach(int address, IEmulatedI2cDevice device)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(address, 0x08);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(address, 0x77);
        if (_devices[address] != null)
        {
            throw new InvalidOperationException($"I2C address 0x{address:x2} is taken.");
        }

        _devices[address] = device;
    }

    /// <summary>Takes a chip off the bus, as a broken wire does.</summary>
    public void Detach(int address) => _devices[address] = null;

    /// <summary>Supply voltage comes up for every chip.</summary>
    public void PowerOn(long nowNs)
    {
        foreach (IEmulatedI2cDevice? device in _devices)
        {
            device?.PowerOn(nowNs);
        }
    }

    /// <summary>Does one transfer.</summary>
    /// <param name="nowNs">Time of the START condition.</param>
    /// <param name="address">7-bit address.</param>
    /// <param name="write">Bytes to write, may be empty.</param>
    /// <param name="read">To be filled; rubbish on a failure.</param>
    /// <param name="costNs">Time the transfer takes.</param>
    public TransferStatus Transfer(long nowNs, int address, ReadOnlySpan<byte> write, Span<byte> read, out long costNs)
    {
        long bitNs = 1_000_000_000L / ClockHz;
        TransferCount++;
        costNs = 11 * bitNs;

        I2cFault fault = Faults?.Next(nowNs, address, write, read) ?? I2cFault.None;
        if (fault == I2cFault.ClockStretchTimeout)
        {
            costNs += StretchTimeoutNs;
            return TransferStatus.ClockStretchTimeout;
        }

        IEmulatedI2cDevice? device = _devices[address & 0x7F];
        if (device == null || fault == I2cFault.AddressNotAcknowledged)
        {
            return TransferStatus.AddressNotAcknowledged;
        }

        int addressBytes = write.Length > 0 && read.Length > 0 ? 2 : 1;
        costNs = ((addressBytes + write.Length + read.Length) * 9 + addressBytes + 1) * bitNs;
        ByteCount += write.Length + read.Length;
        return fault == I2cFault.None ? device.Transfer(nowNs, bitNs, write, read) : Faulty(device, fault, nowNs, bitNs, write, read);
    }

    private static TransferStatus Faulty(IEmulatedI2cDevice device, I2cFault fault, long nowNs, long bitNs, ReadOnlySpan<byte> write, Span<byte> read)
    {
        TransferStatus status = device.Transfer(nowNs, bitNs, write, new byte[read.Length]);
        return fault == I2cFault.PartialTransfer ? TransferStatus.PartialTransfer : status;
    }
}
