using SensorNode.Platform;

namespace SensorNode.Emulator.Chips;

/// <summary>What all chips with one-byte register addresses share: the pointer, bursts in time, power-up, and a list of what was done wrong.</summary>
/// <remarks>
/// A transfer with a first written byte sets the pointer; further bytes are written from there on; read bytes come from there on. A chip
/// that is still starting up does not acknowledge its address. Not for several threads.
/// </remarks>
public abstract class RegisterChip : IEmulatedI2cDevice
{
    private const int ViolationLimit = 100;
    private readonly List<string> _violations = [];

    /// <summary>What the datasheet forbids, leaves open, or this model does not do, and the firmware did all the same: the first 100.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>While true the chip does not answer, as with a broken wire or supply.</summary>
    public bool IsDead { get; set; }

    /// <summary>The moment from which on the chip answers.</summary>
    protected long ReadyNs { get; set; } = long.MaxValue;

    /// <summary>The register that the next byte is read from or written to.</summary>
    protected byte Pointer { get; private set; }

    /// <inheritdoc/>
    public abstract void PowerOn(long nowNs);

    /// <inheritdoc/>
    public TransferStatus Transfer(long nowNs, long bitNs, ReadOnlySpan<byte> write, Span<byte> read)
    {
        if (IsDead || nowNs < ReadyNs || !Accepts(nowNs, bitNs))
        {
            return TransferStatus.AddressNotAcknowledged;
        }

        long byteNs = 9 * bitNs;
        long timeNs = nowNs + bitNs + byteNs;
        if (write.Length > 0)
        {
            Pointer = write[0];
            timeNs += byteNs;
            WriteBytes(timeNs, byteNs, write[1..]);
            timeNs += byteNs * (write.Length - 1);
        }

        if (read.Length > 0)
        {
            timeNs += write.Length > 0 ? bitNs + byteNs : 0;
            for (int i = 0; i < read.Length; i++)
            {
                read[i] = ReadRegister(Pointer, timeNs);
                timeNs += byteNs;
                Pointer = Next(Pointer, isRead: true);
            }

            EndOfRead(timeNs);
        }

        return TransferStatus.FullTransfer;
    }

    /// <summary>Whether the chip answers at this moment and this bus speed.</summary>
    protected virtual bool Accepts(long nowNs, long bitNs) => true;

    /// <summary>The value on the wire.</summary>
    /// <param name="register">Address.</param>
    /// <param name="nowNs">When its first bit goes out.</param>
    protected abstract byte ReadRegister(byte register, long nowNs);

    /// <summary>Takes a written value.</summary>
    protected abstract void WriteRegister(byte register, byte value, long nowNs);

    /// <summary>The address after this one in a burst.</summary>
    protected virtual byte Next(byte register, bool isRead) => (byte)(register + 1);

    /// <summary>STOP after the last read byte.</summary>
    protected virtual void EndOfRead(long nowNs)
    {
    }

    /// <summary>The bytes after the register address.</summary>
    protected virtual void WriteBytes(long nowNs, long byteNs, ReadOnlySpan<byte> values)
    {
        foreach (byte value in values)
        {
            nowNs += byteNs;
            WriteRegister(Pointer, value, nowNs);
            Pointer = Next(Pointer, isRead: false);
        }
    }

    /// <summary>Notes something that the datasheet forbids.</summary>
    protected void Violation(string text)
    {
        if (_violations.Count < ViolationLimit)
        {
            _violations.Add(text);
        }
    }
}
