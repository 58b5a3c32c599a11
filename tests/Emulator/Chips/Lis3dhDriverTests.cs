using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Machines;
using SensorNode.Platform;
using Xunit;

namespace SensorNode.Emulator.Tests.Chips;

/// <summary>The LIS3DH driver, as the board runs it, against the chip model.</summary>
public class Lis3dhDriverTests
{
    [Theory]
    [InlineData(2, 0.002)]
    [InlineData(4, 0.004)]
    [InlineData(8, 0.008)]
    [InlineData(16, 0.024)]
    public void EachRange_MeasuresGravity(int rangeG, double toleranceG)
    {
        using DriverBench bench = Bench(new SteadyVibration { OffsetG = [0.5, -0.25, 1] }, out Lis3dhModel chip);
        bench.Run(() =>
        {
            Assert.Equal(DriverBench.Ok, bench.Configure(rangeG, 1344));
            Assert.Equal(DriverBench.Ok, bench.Start());
            bench.Sleep(10);
            Assert.Equal(DriverBench.Ok, bench.Drain(out int count));
            Assert.InRange(count, 10, 20);
            for (int i = 0; i < count; i++)
            {
                Assert.Equal(0.5, bench.X[i] * 1e-9 * bench.NanoGPerCount, toleranceG * 1.01);
                Assert.Equal(-0.25, bench.Y[i] * 1e-9 * bench.NanoGPerCount, toleranceG * 1.01);
                Assert.Equal(1.0, bench.Z[i] * 1e-9 * bench.NanoGPerCount, toleranceG * 1.01);
            }
        });
        Assert.Empty(chip.Violations);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(25)]
    [InlineData(50)]
    [InlineData(100)]
    [InlineData(200)]
    [InlineData(400)]
    [InlineData(1344)]
    public void EachRate_KeepsUp(int rateHz)
    {
        using DriverBench bench = Bench(new CountingVibration(0.016), out Lis3dhModel chip);
        bench.Run(() =>
        {
            Assert.Equal(DriverBench.Ok, bench.Configure(8, rateHz));
            Assert.Equal(DriverBench.Ok, bench.Start());
            long startNs = bench.NowNs;
            int total = 0;
            int next = -1;
            while (bench.NowNs - startNs < 5_000_000_000)
            {
                bench.Sleep(10);
                Assert.Equal(DriverBench.Ok, bench.Drain(out int count));
                next = Lsm6dsoDriverTests.CheckRow(bench, count, next);
                total += count;
            }

            Assert.Equal((bench.NowNs - startNs) * 1e-9 * chip.OutputRateHz, total, 20.0);
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
        using DriverBench bench = Bench(new CountingVibration(0.016), out _);
        bench.Run(() =>
        {
            bench.Configure(8, 1344);
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
        using DriverBench bench = Bench(new SteadyVibration(), out Lis3dhModel chip);
        bench.Run(() =>
        {
            bench.Configure(8, 1344);
            bench.Start();
            bench.Sleep(50);
            Assert.Equal(DriverBench.Overrun, bench.Drain(out _));
            chip.PowerOn(bench.NowNs);
            bench.Sleep(20);
            Assert.Equal(DriverBench.BusFault, bench.Start());
            Assert.Equal(DriverBench.Ok, bench.Configure(8, 1344));
            Assert.Equal(DriverBench.Ok, bench.Start());
            Assert.Equal(DriverBench.NotSupported, bench.ReadTemperature(out _));
        });
    }

    private static DriverBench Bench(IVibrationSource source, out Lis3dhModel chip)
    {
        chip = new Lis3dhModel(source, 1, PartVariation.None);
        return new DriverBench("Lis3dh", 0x18, chip);
    }
}
