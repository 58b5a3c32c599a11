using SensorNode.Platform;
using Xunit;

namespace SensorNode.Emulator.Tests;

public sealed class BusTests
{
    [Fact]
    public void MissingPinsAndMissingChip_ShowAsOnTheBoard()
    {
        var bus = new EmulatedI2cBus();
        var chip = new Chip();
        bus.Attach(0x40, chip);
        using var node = new TestNode("Bus", bus: bus);
        node.RunToEnd();
        Assert.Equal("no pins\n1 3 16 17\n4 0 7 0\n", node.Text);
        Assert.Equal(1, chip.PowerOns);
        Assert.Equal(2500, chip.BitNs);
        Assert.Equal(3, bus.TransferCount);
    }

    [Fact]
    public void TransferTime_IsNineBitsAByteAndTheEdges()
    {
        var bus = new EmulatedI2cBus { ClockHz = 400_000 };
        bus.Attach(0x40, new Chip());
        bus.Transfer(0, 0x40, [1], new byte[6], out long costNs);
        Assert.Equal((9 * 9 + 3) * 2500, costNs);
    }

    [Fact]
    public void Faults_ReachTheResultAndOnlyStuckDataReachesTheBuffer()
    {
        var bus = new EmulatedI2cBus { Faults = new Faults() };
        bus.Attach(0x40, new Chip());
        byte[] read = new byte[1];
        Assert.Equal(TransferStatus.AddressNotAcknowledged, bus.Transfer(0, 0x40, [5], read, out _));
        Assert.Equal(TransferStatus.ClockStretchTimeout, bus.Transfer(0, 0x40, [5], read, out long costNs));
        Assert.True(costNs > EmulatedI2cBus.StretchTimeoutNs);
        Assert.Equal(TransferStatus.PartialTransfer, bus.Transfer(0, 0x40, [5], read, out _));
        Assert.Equal(TransferStatus.FullTransfer, bus.Transfer(0, 0x40, [5], read, out _));
        Assert.Equal(0xFF, read[0]);
        Assert.Equal(TransferStatus.FullTransfer, bus.Transfer(0, 0x40, [5], read, out _));
        Assert.Equal(5, read[0]);
    }

    private sealed class Chip : IEmulatedI2cDevice
    {
        public int PowerOns { get; private set; }

        public long BitNs { get; private set; }

        public void PowerOn(long nowNs) => PowerOns++;

        public TransferStatus Transfer(long nowNs, long bitNs, ReadOnlySpan<byte> write, Span<byte> read)
        {
            BitNs = bitNs;
            for (int i = 0; i < read.Length; i++)
            {
                read[i] = (byte)(write[0] + i);
            }

            return TransferStatus.FullTransfer;
        }
    }

    private sealed class Faults : II2cFaults
    {
        private readonly Queue<I2cFault> _faults = new([I2cFault.AddressNotAcknowledged, I2cFault.ClockStretchTimeout, I2cFault.PartialTransfer, I2cFault.StuckData]);

        public I2cFault Next(long nowNs, int address, ReadOnlySpan<byte> write, Span<byte> read)
        {
            I2cFault fault = _faults.TryDequeue(out I2cFault next) ? next : I2cFault.None;
            if (fault == I2cFault.StuckData)
            {
                read.Fill(0xFF);
            }

            return fault;
        }
    }
}
