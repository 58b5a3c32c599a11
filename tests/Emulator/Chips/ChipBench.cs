using SensorNode.Platform;

namespace SensorNode.Emulator.Tests.Chips;

/// <summary>One chip on a bus of its own, with a hand-driven clock.</summary>
internal sealed class ChipBench
{
    private const int Address = 0x6A;
    private readonly EmulatedI2cBus _bus = new() { ClockHz = 400_000 };

    public ChipBench(IEmulatedI2cDevice chip, int startMs = 20)
    {
        _bus.Attach(Address, chip);
        _bus.PowerOn(0);
        NowNs = startMs * 1_000_000L;
    }

    public EmulatedI2cBus Bus => _bus;

    public long NowNs { get; private set; }

    public TransferStatus LastStatus { get; private set; }

    public void Wait(double milliseconds) => NowNs += (long)(milliseconds * 1e6);

    public void Write(byte register, params byte[] values) => Transfer([register, .. values], []);

    public byte[] Read(byte register, int count)
    {
        byte[] read = new byte[count];
        Transfer([register], read);
        return read;
    }

    public byte Read(byte register) => Read(register, 1)[0];

    public short ReadWord(byte register)
    {
        byte[] bytes = Read(register, 2);
        return (short)(bytes[0] | bytes[1] << 8);
    }

    private void Transfer(byte[] write, Span<byte> read)
    {
        LastStatus = _bus.Transfer(NowNs, Address, write, read, out long costNs);
        NowNs += costNs;
    }
}
