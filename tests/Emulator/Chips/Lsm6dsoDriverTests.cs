using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Machines;
using SensorNode.Platform;
using Xunit;

namespace SensorNode.Emulator.Tests.Chips;

/// <summary>The LSM6DSO driver, as the board runs it, against the chip model.</summary>
public class Lsm6dsoDriverTests
{
    private static readonly ConstantClimate Room = new(new Climate(25));

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    public void EachRange_MeasuresGravity(int rangeG)
    {
        using DriverBench bench = Bench(new Lsm6dsoModel(new SteadyVibration { OffsetG = [0.5, -0.25, 1] }, Room, 1, PartVariation.None), out Lsm6dsoModel chip);
        bench.Run(() =>
        {
            Assert.Equal(DriverBench.Ok, bench.Configure(rangeG, 833));
            Assert.Equal(DriverBench.Ok, bench.Start());
            bench.Sleep(100);
            Assert.Equal(DriverBench.Ok, bench.Drain(out int count));
            Assert.InRange(count, 75, 95);
            for (int i = 0; i < count; i++)
            {
                Assert.Equal(0.5, bench.X[i] * 1e-9 * bench.NanoGPerCount, 0.0006);
                Assert.Equal(-0.25, bench.Y[i] * 1e-9 * bench.NanoGPerCount, 0.0006);
                Assert.Equal(1.0, bench.Z[i] * 1e-9 * bench.NanoGPerCount, 0.0006);
            }
        });
        Assert.Empty(chip.Violations);
    }

    [Theory]
    [InlineData(12, 400_000)]
    [InlineData(26, 400_000)]
    [InlineData(52, 400_000)]
    [InlineData(104, 400_000)]
    [InlineData(208, 400_000)]
    [InlineData(417, 400_000)]
    [InlineData(833, 400_000)]
    [InlineData(1667, 400_000)]
    [InlineData(3333, 400_000)]
    [InlineData(6667, 1_000_000)]
    public void EachRate_KeepsUpAndKnowsItself(int rateHz, int clockHz)
    {
        using DriverBench bench = Bench(new Lsm6dsoModel(new CountingVibration(0.000244), Room, (ulong)rateHz, Part(0.02)), out Lsm6dsoModel chip, clockHz);
        bench.Run(() =>
        {
            Assert.Equal(DriverBench.Ok, bench.Configure(8, rateHz));
            Assert.InRange(bench.OutputRateMilliHz * 0.001, rateHz * 0.95, rateHz * 1.15);
            Assert.Equal(DriverBench.Ok, bench.Start());
            long startNs = bench.NowNs;
            int total = 0;
            int next = -1;
            while (bench.NowNs - startNs < 5_000_000_000)
            {
                bench.Sleep(25);
                Assert.Equal(DriverBench.Ok, bench.Drain(out int count));
                next = CheckRow(bench, count, next);
                total += count;
            }

            double seconds = (bench.NowNs - startNs) * 1e-9;
            Assert.Equal(seconds * chip.OutputRateHz, total, 5 + rateHz * 0.06);
            Assert.InRange(bench.OutputRateMilliHz * 0.001 / chip.OutputRateHz, 0.9992, 1.0008);
        });
        Assert.Empty(chip.Violations);
        Assert.Equal(0, chip.LostCount);
    }

    [Fact]
    public void HeldUpForTooLong_IsAnOverrunAndGoesOn()
    {
        using DriverBench bench = Bench(new Lsm6dsoModel(new CountingVibration(0.000244), Room, 1, PartVariation.None), out Lsm6dsoModel chip);
        bench.Run(() =>
        {
            bench.Configure(8, 1667);
            bench.Start();
            bench.Sleep(300);
            Assert.Equal(DriverBench.Ok, bench.Drain(out int count));
            Assert.InRange(count, 490, 511);
            bench.Sleep(400);
            Assert.Equal(DriverBench.Overrun, bench.Drain(out count));
            Assert.Equal(0, count);
            bench.Sleep(50);
            Assert.Equal(DriverBench.Ok, bench.Drain(out count));
            Assert.InRange(count, 80, 95);
            CheckRow(bench, count, -1);
        });
        Assert.True(chip.LostCount > 0);
    }

    [Theory]
    [InlineData(I2cFault.AddressNotAcknowledged)]
    [InlineData(I2cFault.ClockStretchTimeout)]
    [InlineData(I2cFault.PartialTransfer)]
    [InlineData(I2cFault.StuckData)]
    public void RandomFaults_NeverBreakARowUnseen(I2cFault fault)
    {
        using DriverBench bench = Bench(new Lsm6dsoModel(new CountingVibration(0.000244), Room, 1, PartVariation.None), out _);
        bench.Run(() =>
        {
            bench.Configure(8, 1667);
            bench.Start();
            I2cFaultPlan plan = new I2cFaultPlan(7).Randomly(0.1, fault);
            bench.Faults = plan;
            int good = RunWithFaults(bench, 1500, 20);
            Assert.InRange(plan.FaultCount, 100, 1000);
            Assert.True(good > 900, $"{good} good drains");
            bench.Faults = null;
            bench.Drain(out _);
            bench.Drain(out _);
            bench.Sleep(50);
            Assert.Equal(DriverBench.Ok, bench.Drain(out int count));
            Assert.True(count > 0);
        });
    }

    [Fact]
    public void FaultAtEachTransferOfTheStart_IsReportedAndCanBeTriedAgain()
    {
        for (int k = 1; k <= 13; k++)
        {
            using DriverBench bench = Bench(new Lsm6dsoModel(new SteadyVibration(), Room, 1, PartVariation.None), out _);
            bench.Faults = new I2cFaultPlan().At(k, I2cFault.AddressNotAcknowledged);
            bench.Run(() =>
            {
                int configured = bench.Configure(8, 1667);
                int started = configured == DriverBench.Ok ? bench.Start() : DriverBench.BusFault;
                Assert.Equal(DriverBench.BusFault, started);
                Assert.Equal(DriverBench.Ok, bench.Configure(8, 1667));
                Assert.Equal(DriverBench.Ok, bench.Start());
            });
        }
    }

    [Fact]
    public void ChipAloneLosesPower_IsSilentThenConfiguredAnew()
    {
        using DriverBench bench = Bench(new Lsm6dsoModel(new SteadyVibration(), Room, 1, PartVariation.None), out Lsm6dsoModel chip);
        bench.Run(() =>
        {
            bench.Configure(8, 1667);
            bench.Start();
            bench.Sleep(50);
            chip.PowerOn(bench.NowNs);
            Assert.Equal(DriverBench.BusFault, bench.Drain(out _));
            bench.Sleep(100);
            Assert.Equal(DriverBench.Ok, bench.Drain(out int count));
            Assert.Equal(0, count);
            Assert.Equal(DriverBench.BusFault, bench.Start());
            Assert.Equal(DriverBench.Ok, bench.Configure(8, 1667));
            Assert.Equal(DriverBench.Ok, bench.Start());
            bench.Sleep(50);
            Assert.Equal(DriverBench.Ok, bench.Drain(out count));
            Assert.InRange(count, 70, 100);
        });
    }

    [Fact]
    public void NoChipOrAnotherChip_IsSaid()
    {
        using DriverBench bench = Bench(new Lsm6dsoModel(new SteadyVibration(), Room, 1, PartVariation.None), out Lsm6dsoModel chip);
        using DriverBench other = new("Lsm6dso", 0x6A, new Bme280Model(Room, 1));
        chip.IsDead = true;
        bench.Run(() => Assert.Equal(DriverBench.BusFault, bench.Configure(8, 1667)));
        other.Run(() => Assert.Equal(DriverBench.WrongChip, other.Configure(8, 1667)));
    }

    [Fact]
    public void DieTemperature_IsRead()
    {
        using DriverBench bench = Bench(new Lsm6dsoModel(new SteadyVibration(), new ConstantClimate(new Climate(41.25)), 1, PartVariation.None), out _);
        bench.Run(() =>
        {
            bench.Configure(8, 1667);
            bench.Start();
            bench.Sleep(50);
            Assert.Equal(DriverBench.Ok, bench.ReadTemperature(out int centiC));
            Assert.Equal(4125, centiC);
        });
    }

    internal static int RunWithFaults(DriverBench bench, int drains, int sleepMs)
    {
        int next = -1;
        int good = 0;
        for (int i = 0; i < drains; i++)
        {
            bench.Sleep(sleepMs);
            int status = bench.Drain(out int count);
            Assert.True(status is DriverBench.Ok or DriverBench.BusFault or DriverBench.Overrun);
            if (status == DriverBench.Ok)
            {
                next = CheckRow(bench, count, next);
                good++;
            }
            else
            {
                // The window is thrown away; what comes next may start anywhere.
                Assert.Equal(0, count);
                next = -1;
            }
        }

        return good;
    }

    internal static int CheckRow(DriverBench bench, int count, int next)
    {
        for (int i = 0; i < count; i++)
        {
            int number = CountingVibration.NumberOf(bench.X[i], bench.Z[i]);
            Assert.True(next < 0 || number == next, $"sample {number} after {next - 1}");
            Assert.Equal(bench.X[i], -bench.Y[i]);
            next = (number + 1) % (CountingVibration.Round * CountingVibration.Round);
        }

        return next;
    }

    private static PartVariation Part(double rateError) =>
        new() { OffsetG = [0, 0, 0], Gain = [1, 1, 1], RateError = rateError, TemperatureOffsetC = 0, NoiseFactor = 0 };

    private static DriverBench Bench(Lsm6dsoModel model, out Lsm6dsoModel chip, int clockHz = 400_000)
    {
        chip = model;
        return new DriverBench("Lsm6dso", 0x6A, model, clockHz);
    }
}
