using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Machines;
using SensorNode.Platform;
using Xunit;

namespace SensorNode.Emulator.Tests.Chips;

/// <summary>The ADXL345 driver, as the board runs it, against the chip model.</summary>
public class Adxl345DriverTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    public void EachRange_MeasuresGravity(int rangeG)
    {
        using DriverBench bench = Bench(new SteadyVibration { OffsetG = [0.5, -0.25, 1] }, out Adxl345Model chip);
        bench.Run(() =>
        {
            Assert.Equal(DriverBench.Ok, bench.Configure(rangeG, 800));
            Assert.Equal(DriverBench.Ok, bench.Start());
            bench.Sleep(20);
            Assert.Equal(DriverBench.Ok, bench.Drain(out int count));
            Assert.InRange(count, 10, 20);
            for (int i = 0; i < count; i++)
            {
                Assert.Equal(0.5, bench.X[i] * 1e-9 * bench.NanoGPerCount, 0.004);
                Assert.Equal(-0.25, bench.Y[i] * 1e-9 * bench.NanoGPerCount, 0.004);
                Assert.Equal(1.0, bench.Z[i] * 1e-9 * bench.NanoGPerCount, 0.004);
            }
        });
        Assert.Empty(chip.Violations);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(25)]
    [InlineData(50)]
    [InlineData(100)]
    [InlineData(200)]
    [InlineData(400)]
    [InlineData(800)]
    public void EachRate_KeepsUp(int rateHz)
    {
        using DriverBench bench = Bench(new CountingVibration(1 / 256.0), out Adxl345Model chip);
        bench.Run(() =>
        {
            Assert.Equal(DriverBench.Ok, bench.Configure(16, rateHz));
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

            Assert.Equal((bench.NowNs - startNs) * 1e-9 * chip.OutputRateHz, total, 12.0);
        });
        Assert.Empty(chip.Violations);
    }

    [Fact]
    public void HeldUpForTooLong_IsAnOverrunAndGoesOn()
    {
        using DriverBench bench = Bench(new CountingVibration(1 / 256.0), out _);
        bench.Run(() =>
        {
            bench.Configure(16, 800);
            bench.Start();
            bench.Sleep(30);
            Assert.Equal(DriverBench.Ok, bench.Drain(out int count));
            Assert.InRange(count, 22, 28);
            bench.Sleep(60);
            Assert.Equal(DriverBench.Overrun, bench.Drain(out count));
            bench.Sleep(10);
            Assert.Equal(DriverBench.Ok, bench.Drain(out count));
            Assert.InRange(count, 6, 12);
            Lsm6dsoDriverTests.CheckRow(bench, count, -1);
        });
    }

    [Theory]
    [InlineData(I2cFault.AddressNotAcknowledged)]
    [InlineData(I2cFault.ClockStretchTimeout)]
    [InlineData(I2cFault.PartialTransfer)]
    public void RandomFaults_NeverBreakARowUnseen(I2cFault fault)
    {
        using DriverBench bench = Bench(new CountingVibration(1 / 256.0), out _);
        bench.Run(() =>
        {
            bench.Configure(16, 800);
            bench.Start();
            I2cFaultPlan plan = new I2cFaultPlan(7).Randomly(0.02, fault);
            bench.Faults = plan;
            int good = Lsm6dsoDriverTests.RunWithFaults(bench, 1500, 10);
            Assert.InRange(plan.FaultCount, 100, 2000);
            Assert.True(good > 500, $"{good} good drains");
        });
    }

    [Fact]
    public void DataLineStuckHigh_IsAnOverrunNotASample()
    {
        using DriverBench bench = Bench(new SteadyVibration(), out _);
        bench.Run(() =>
        {
            bench.Configure(16, 800);
            bench.Start();
            bench.Sleep(10);
            bench.Faults = new I2cFaultPlan().At(1, I2cFault.StuckData, 1000);
            for (int i = 0; i < 5; i++)
            {
                bench.Sleep(10);
                Assert.Equal(DriverBench.Overrun, bench.Drain(out int count));
                Assert.Equal(0, count);
            }
        });
    }

    [Fact]
    public void ChipAloneLosesPower_IsConfiguredAnew()
    {
        using DriverBench bench = Bench(new SteadyVibration(), out Adxl345Model chip);
        bench.Run(() =>
        {
            bench.Configure(16, 800);
            bench.Start();
            chip.PowerOn(bench.NowNs);
            bench.Sleep(20);
            Assert.Equal(DriverBench.BusFault, bench.Start());
            Assert.Equal(DriverBench.Ok, bench.Configure(16, 800));
            Assert.Equal(DriverBench.Ok, bench.Start());
            bench.Sleep(20);
            Assert.Equal(DriverBench.Ok, bench.Drain(out int count));
            Assert.InRange(count, 10, 20);
        });
    }

    [Fact]
    public void DieTemperature_IsNotSupported()
    {
        using DriverBench bench = Bench(new SteadyVibration(), out _);
        bench.Run(() => Assert.Equal(DriverBench.NotSupported, bench.ReadTemperature(out _)));
    }

    private static DriverBench Bench(IVibrationSource source, out Adxl345Model chip)
    {
        chip = new Adxl345Model(source, 1, PartVariation.None);
        return new DriverBench("Adxl345", 0x53, chip);
    }
}
