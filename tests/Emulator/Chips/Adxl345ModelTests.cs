using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Machines;
using SensorNode.Platform;
using Xunit;

namespace SensorNode.Emulator.Tests.Chips;

public class Adxl345ModelTests
{
    [Fact]
    public void ResetValues_AreTheDataSheets()
    {
        ChipBench bench = new(Exact(new SteadyVibration()));
        Assert.Equal(0xE5, bench.Read(0x00));
        Assert.Equal(0x0A, bench.Read(0x2C));
        Assert.Equal([0x00, 0x00, 0x00], bench.Read(0x2D, 3));
        Assert.Equal([0x00, 0x00], bench.Read(0x38, 2));
    }

    [Fact]
    public void FasterThan400kHz_GetsNoAnswer()
    {
        Adxl345Model chip = Exact(new SteadyVibration());
        ChipBench bench = new(chip);
        bench.Bus.ClockHz = 1_000_000;
        bench.Read(0x00);
        Assert.Equal(TransferStatus.AddressNotAcknowledged, bench.LastStatus);
        Assert.Single(chip.Violations);
    }

    [Theory]
    [InlineData(0x08, 256, 511)]
    [InlineData(0x0B, 256, 4095)]
    [InlineData(0x00, 256, 511)]
    [InlineData(0x01, 128, 511)]
    [InlineData(0x03, 32, 511)]
    public void Format_SetsScaleAndLimit(byte format, int countsAt1G, int limit)
    {
        SteadyVibration still = new() { OffsetG = [1, -1, 20] };
        ChipBench bench = new(Exact(still));
        bench.Write(0x31, format);
        bench.Write(0x2D, 0x08);
        bench.Wait(30);
        byte[] data = bench.Read(0x32, 6);
        Assert.Equal(countsAt1G, Word(data, 0));
        Assert.Equal(-countsAt1G, Word(data, 2));
        Assert.Equal(limit, Word(data, 4));
    }

    [Fact]
    public void Stream_GivesOneSampleAReadAndRepeatsTheLast()
    {
        ChipBench bench = Streaming(out Adxl345Model chip);
        bench.Wait(10);
        int level = bench.Read(0x39);
        Assert.InRange(level, 7, 9);
        int first = Word(bench.Read(0x32, 6), 0);
        int second = Word(bench.Read(0x32, 6), 0);
        Assert.Equal(first + 1, second);
        for (int i = 0; i < 20; i++)
        {
            second = Word(bench.Read(0x32, 6), 0);
        }

        Assert.Equal(second, Word(bench.Read(0x32, 6), 0));
        Assert.Equal(0, bench.Read(0x39));
        Assert.Equal(0, bench.Read(0x30) & 0x81);
        Assert.Empty(chip.Violations);
    }

    [Fact]
    public void LongerRead_DoesNotGoOnWithTheNextSample()
    {
        ChipBench bench = Streaming(out _);
        bench.Wait(20);
        int level = bench.Read(0x39);
        byte[] data = bench.Read(0x32, 12);
        Assert.Equal(0x90, data[6]);
        Assert.Equal(level, data[7]);
        Assert.Equal(level - 1, bench.Read(0x39));
    }

    [Fact]
    public void SingleByteRead_LosesTheRestOfTheSample()
    {
        ChipBench bench = Streaming(out _);
        bench.Wait(20);
        int first = Word(bench.Read(0x32, 6), 0);
        bench.Read(0x32);
        Assert.Equal(first + 2, Word(bench.Read(0x32, 6), 0));
    }

    [Fact]
    public void FullFifo_RaisesOverrunAndReadingClearsIt()
    {
        ChipBench bench = Streaming(out Adxl345Model chip);
        bench.Wait(15);
        Assert.Equal(0x80, bench.Read(0x30));
        bench.Wait(8);
        Assert.Equal(0x82, bench.Read(0x30));
        bench.Wait(50);
        Assert.Equal(0x83, bench.Read(0x30));
        Assert.Equal(0x83, bench.Read(0x30));
        Assert.Equal(32, bench.Read(0x39));
        Assert.InRange(chip.LostCount, 10, 40);
        bench.Read(0x32, 6);
        Assert.Equal(0x82, bench.Read(0x30));
    }

    [Fact]
    public void Bypass_OverrunComesWithTheSecondUnreadSample()
    {
        ChipBench bench = new(Exact(new SteadyVibration()));
        bench.Write(0x2C, 0x0D);
        bench.Write(0x2D, 0x08);
        bench.Wait(2.6);
        Assert.Equal(0x80, bench.Read(0x30));
        bench.Wait(2);
        Assert.Equal(0x81, bench.Read(0x30));
        bench.Read(0x32, 6);
        Assert.Equal(0x00, bench.Read(0x30));
    }

    [Fact]
    public void Standby_KeepsTheFifo()
    {
        ChipBench bench = Streaming(out _);
        bench.Wait(10);
        bench.Write(0x2D, 0x00);
        int level = bench.Read(0x39);
        bench.Wait(100);
        Assert.Equal(level, bench.Read(0x39));
    }

    [Fact]
    public void OffsetRegisters_Add15Point6MilliGACount()
    {
        ChipBench bench = new(Exact(new SteadyVibration()));
        bench.Write(0x1E, 0x10, 0xF0, 0x00);
        bench.Write(0x31, 0x0B);
        bench.Write(0x2D, 0x08);
        bench.Wait(30);
        byte[] data = bench.Read(0x32, 6);
        Assert.Equal(64, Word(data, 0));
        Assert.Equal(-64, Word(data, 2));
    }

    [Fact]
    public void MoreThan800Hz_IsNoted()
    {
        Adxl345Model chip = Exact(new SteadyVibration());
        ChipBench bench = new(chip);
        bench.Write(0x2C, 0x0F);
        bench.Write(0x2D, 0x08);
        Assert.Single(chip.Violations);
    }

    [Fact]
    public void ReadOnlyRegisters_AreNoted()
    {
        Adxl345Model chip = Exact(new SteadyVibration());
        ChipBench bench = new(chip);
        bench.Write(0x39, 0x01);
        bench.Write(0x10, 0x01);
        Assert.Equal(2, chip.Violations.Count);
        Assert.Equal(0, bench.Read(0x39));
    }

    private static Adxl345Model Exact(IVibrationSource source) => new(source, 1, PartVariation.None);

    private static int Word(byte[] data, int at) => (short)(data[at] | data[at + 1] << 8);

    private static ChipBench Streaming(out Adxl345Model chip)
    {
        chip = Exact(new Ramp());
        ChipBench bench = new(chip);
        bench.Write(0x31, 0x0B);
        bench.Write(0x2C, 0x0D);
        bench.Write(0x38, 0x90);
        bench.Write(0x2D, 0x08);
        return bench;
    }

    private sealed class Ramp : IVibrationSource
    {
        private int _counts;

        public void Acceleration(long timeNs, out double x, out double y, out double z)
        {
            x = _counts++ % 4000 / 256.0;
            y = 0;
            z = 0;
        }
    }
}
