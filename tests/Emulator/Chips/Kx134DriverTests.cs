using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Machines;
using SensorNode.Platform;
using Xunit;

namespace SensorNode.Emulator.Tests.Chips;

/// <summary>The KX134 driver, as the board runs it, against the chip model; and what the model does alone.</summary>
public class Kx134DriverTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(64)]
    public void EachRange_MeasuresGravity(int rangeG)
    {
        using DriverBench bench = Bench(new SteadyVibration { OffsetG = [0.5, -0.25, 1] }, out Kx134Model chip);
        bench.Run(() =>
        {
            Assert.Equal(DriverBench.Ok, bench.Configure(rangeG, 1600));
            Assert.Equal(DriverBench.Ok, bench.Start());
            bench.Sleep(20);
            Assert.Equal(DriverBench.Ok, bench.Drain(out int count));
            Assert.InRange(count, 30, 36);
            for (int i = 0; i < count; i++)
            {
                Assert.Equal(0.5, bench.X[i] * 1e-9 * bench.NanoGPerCount, 0.001);
                Assert.Equal(-0.25, bench.Y[i] * 1e-9 * bench.NanoGPerCount, 0.001);
                Assert.Equal(1.0, bench.Z[i] * 1e-9 * bench.NanoGPerCount, 0.001);
            }
        });
        Assert.Empty(chip.Violations);
    }

    [Theory]
    [InlineData(12, 400_000)]
    [InlineData(100, 400_000)]
    [InlineData(800, 400_000)]
    [InlineData(1600, 400_000)]
    [InlineData(3200, 400_000)]
    [InlineData(3200, 1_000_000)]
    public void EachRate_KeepsUp(int rateHz, int clockHz)
    {
        using DriverBench bench = Bench(new CountingVibration(8 / 32768.0), out Kx134Model chip, clockHz);
        bench.Run(() =>
        {
            Assert.Equal(DriverBench.Ok, bench.Configure(8, rateHz));
            Assert.Equal(DriverBench.Ok, bench.Start());
            long startNs = bench.NowNs;
            int total = 0;
            int next = -1;
            while (bench.NowNs - startNs < 3_000_000_000)
            {
                bench.Sleep(10);
                Assert.Equal(DriverBench.Ok, bench.Drain(out int count));
                next = Lsm6dsoDriverTests.CheckRow(bench, count, next);
                total += count;
            }

            Assert.Equal((bench.NowNs - startNs) * 1e-9 * chip.OutputRateHz, total, 5 + rateHz * 0.03);
        });
        Assert.Empty(chip.Violations);
        Assert.Equal(0, chip.LostCount);
    }

    [Theory]
    [InlineData(I2cFault.AddressNotAcknowledged)]
    [InlineData(I2cFault.ClockStretchTimeout)]
    [InlineData(I2cFault.PartialTransfer)]
    public void RandomFaults_NeverBreakARowUnseen(I2cFault fault)
    {
        using DriverBench bench = Bench(new CountingVibration(8 / 32768.0), out _);
        bench.Run(() =>
        {
            bench.Configure(8, 1600);
            bench.Start();
            I2cFaultPlan plan = new I2cFaultPlan(7).Randomly(0.1, fault);
            bench.Faults = plan;
            int good = Lsm6dsoDriverTests.RunWithFaults(bench, 1500, 10);
            Assert.InRange(plan.FaultCount, 100, 1000);
            Assert.True(good > 700, $"{good} good drains");
        });
    }

    [Fact]
    public void HeldUpOrWithoutSupply_IsSaid()
    {
        using DriverBench bench = Bench(new CountingVibration(8 / 32768.0), out Kx134Model chip);
        bench.Run(() =>
        {
            bench.Configure(8, 1600);
            bench.Start();
            bench.Sleep(80);
            Assert.Equal(DriverBench.Overrun, bench.Drain(out _));
            bench.Sleep(20);
            Assert.Equal(DriverBench.Ok, bench.Drain(out int count));
            Lsm6dsoDriverTests.CheckRow(bench, count, -1);
            chip.PowerOn(bench.NowNs);
            bench.Sleep(30);
            Assert.Equal(DriverBench.BusFault, bench.Start());
            Assert.Equal(DriverBench.Ok, bench.Configure(8, 1600));
            Assert.Equal(DriverBench.Ok, bench.Start());
            Assert.Equal(DriverBench.NotSupported, bench.ReadTemperature(out _));
        });
    }

    [Fact]
    public void Model_NotesWhatIsForbiddenAndKeepsWholeSamples()
    {
        Kx134Model chip = new(new CountingVibration(8 / 32768.0), 1, PartVariation.None);
        ChipBench bench = new(chip, startMs: 30);
        Assert.Equal([0x55, 0x46], bench.Read(0x12, 2));
        bench.Write(0x5F, 0xC1);
        bench.Write(0x21, 0x4B);
        bench.Write(0x1B, 0xC0);
        Assert.Empty(chip.Violations);
        bench.Write(0x21, 0x4A);
        bench.Write(0x13, 0x00);
        Assert.Equal(2, chip.Violations.Count);
        bench.Wait(500);
        byte[] level = bench.Read(0x60, 2);
        Assert.Equal(6 * Kx134Model.BufferSamples, level[0] | level[1] << 8);
        Assert.True(chip.LostCount > 600);
        byte[] data = bench.Read(0x63, 12);
        Assert.Equal(1, (short)(data[6] | data[7] << 8) - (short)(data[0] | data[1] << 8));
    }

    private static DriverBench Bench(IVibrationSource source, out Kx134Model chip, int clockHz = 400_000)
    {
        chip = new Kx134Model(source, 1, PartVariation.None);
        return new DriverBench("Kx134", 0x1E, chip, clockHz);
    }
}
