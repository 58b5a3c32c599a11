using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Machines;
using SensorNode.Platform;
using Xunit;

namespace SensorNode.Emulator.Tests.Chips;

/// <summary>The MPU-6500 driver, as the board runs it, against the chip model.</summary>
public class Mpu6500DriverTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    public void EachRange_MeasuresGravity(int rangeG)
    {
        using DriverBench bench = Bench(new SteadyVibration { OffsetG = [0.5, -0.25, 1] }, out Mpu6500Model chip);
        bench.Run(() =>
        {
            Assert.Equal(DriverBench.Ok, bench.Configure(rangeG, 1000));
            Assert.Equal(DriverBench.Ok, bench.Start());
            bench.Sleep(50);
            Assert.Equal(DriverBench.Ok, bench.Drain(out int count));
            Assert.InRange(count, 45, 55);
            for (int i = 0; i < count; i++)
            {
                Assert.Equal(0.5, bench.X[i] * 1e-9 * bench.NanoGPerCount, 0.0006);
                Assert.Equal(-0.25, bench.Y[i] * 1e-9 * bench.NanoGPerCount, 0.0006);
                Assert.Equal(1.0, bench.Z[i] * 1e-9 * bench.NanoGPerCount, 0.0006);
            }

            Assert.Equal(DriverBench.Ok, bench.ReadTemperature(out int centiC));
            Assert.InRange(centiC, 3049, 3051);
        });
        Assert.Empty(chip.Violations);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(125)]
    [InlineData(200)]
    [InlineData(250)]
    [InlineData(500)]
    [InlineData(1000)]
    public void EachRate_KeepsUp(int rateHz)
    {
        using DriverBench bench = Bench(new CountingVibration(8 / 32768.0), out Mpu6500Model chip);
        bench.Run(() =>
        {
            Assert.Equal(DriverBench.Ok, bench.Configure(8, rateHz));
            Assert.Equal(DriverBench.Ok, bench.Start());
            long startNs = bench.NowNs;
            int total = 0;
            int next = -1;
            while (bench.NowNs - startNs < 5_000_000_000)
            {
                bench.Sleep(25);
                Assert.Equal(DriverBench.Ok, bench.Drain(out int count));
                next = Lsm6dsoDriverTests.CheckRow(bench, count, next);
                total += count;
            }

            Assert.Equal((bench.NowNs - startNs) * 1e-9 * chip.OutputRateHz, total, 20.0);
        });
        Assert.Empty(chip.Violations);
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
            bench.Configure(8, 1000);
            bench.Start();
            I2cFaultPlan plan = new I2cFaultPlan(7).Randomly(0.1, fault);
            bench.Faults = plan;
            int good = Lsm6dsoDriverTests.RunWithFaults(bench, 1500, 20);
            Assert.InRange(plan.FaultCount, 100, 1500);
            Assert.True(good > 600, $"{good} good drains");
        });
    }

    [Fact]
    public void HeldUpOrWithoutSupply_IsSaid()
    {
        using DriverBench bench = Bench(new CountingVibration(8 / 32768.0), out Mpu6500Model chip);
        bench.Run(() =>
        {
            bench.Configure(8, 1000);
            bench.Start();
            bench.Sleep(150);
            Assert.Equal(DriverBench.Overrun, bench.Drain(out _));
            bench.Sleep(30);
            Assert.Equal(DriverBench.Ok, bench.Drain(out int count));
            Lsm6dsoDriverTests.CheckRow(bench, count, -1);
            chip.PowerOn(bench.NowNs);
            bench.Sleep(30);
            Assert.Equal(DriverBench.BusFault, bench.Start());
            Assert.Equal(DriverBench.Ok, bench.Configure(8, 1000));
            Assert.Equal(DriverBench.Ok, bench.Start());
        });
    }

    private static DriverBench Bench(IVibrationSource source, out Mpu6500Model chip)
    {
        chip = new Mpu6500Model(source, new ConstantClimate(new Climate(30.5)), 1, PartVariation.None);
        return new DriverBench("Mpu6500", 0x68, chip);
    }
}
