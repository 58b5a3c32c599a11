using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Machines;
using SensorNode.Platform;
using Xunit;

namespace SensorNode.Emulator.Tests.Chips;

public class Lsm6dsoModelTests
{
    private static readonly ConstantClimate Room = new(new Climate(25));

    [Fact]
    public void PoweredOn_AnswersAfterItsBoot()
    {
        ChipBench bench = new(Exact(new SteadyVibration()), startMs: 0);
        bench.Wait(9);
        bench.Read(0x0F);
        Assert.Equal(TransferStatus.AddressNotAcknowledged, bench.LastStatus);
        bench.Wait(1.1);
        Assert.Equal(0x6C, bench.Read(0x0F));
        Assert.Equal(TransferStatus.FullTransfer, bench.LastStatus);
    }

    [Fact]
    public void ResetValues_AreTheDatasheets()
    {
        ChipBench bench = new(Exact(new SteadyVibration()));
        Assert.Equal([0x3F], bench.Read(0x02, 1));
        Assert.Equal(new byte[] { 0, 0, 0, 0 }, bench.Read(0x07, 4));
        Assert.Equal(new byte[] { 0x6C, 0x00, 0x00, 0x04, 0x00, 0x00, 0x00, 0x00, 0x00, 0xE0 }, bench.Read(0x0F, 10));
    }

    [Theory]
    [InlineData(0x00, 16393, 0.061)]
    [InlineData(0x08, 8197, 0.122)]
    [InlineData(0x0C, 4098, 0.244)]
    [InlineData(0x04, 2049, 0.488)]
    public void Range_SetsTheScale(byte rangeBits, int countsAt1G, double milliG)
    {
        Assert.Equal(countsAt1G, (int)Math.Round(1000 / milliG));
        ChipBench bench = new(Exact(new SteadyVibration { OffsetG = [1, -1, 0.5] }));
        bench.Write(0x10, (byte)(0x80 | rangeBits));
        bench.Wait(50);
        Assert.Equal(countsAt1G, bench.ReadWord(0x28));
        Assert.Equal(-countsAt1G, bench.ReadWord(0x2A));
        Assert.InRange(bench.ReadWord(0x2C), countsAt1G / 2, countsAt1G / 2 + 1);
    }

    [Fact]
    public void AboveFullScale_Clips()
    {
        ChipBench bench = new(Exact(new SteadyVibration { OffsetG = [2.5, -2.5, 1] }));
        bench.Write(0x10, 0x80);
        bench.Wait(50);
        Assert.Equal(32767, bench.ReadWord(0x28));
        Assert.Equal(-32768, bench.ReadWord(0x2A));
    }

    [Theory]
    [InlineData(1, 512)]
    [InlineData(4, 64)]
    [InlineData(8, 4)]
    [InlineData(10, 1)]
    public void OutputRate_IsThePartsOwn(int code, int ratio)
    {
        PartVariation fast = new() { OffsetG = [0, 0, 0], Gain = [1, 1, 1], RateError = 0.0201, TemperatureOffsetC = 0, NoiseFactor = 0 };
        Lsm6dsoModel chip = new(new SteadyVibration(), Room, 1, fast);
        ChipBench bench = new(chip);
        bench.Write(0x10, (byte)(code << 4));
        bench.Wait(40_000);
        bench.Read(0x1E);
        Assert.Equal(6667.0 / ratio * 1.0201 * 40, chip.SampleCount, 1.0);

        // What the trim register promises is within half a step of the truth.
        double promised = 6667 * (1 + 0.0015 * (sbyte)bench.Read(0x63)) / ratio;
        Assert.InRange(chip.OutputRateHz / promised, 1 - 0.00075, 1 + 0.00075);
    }

    [Fact]
    public void Fifo_HoldsEachSampleOnceAndInOrder()
    {
        ChipBench bench = Running(new Ramp(), out Lsm6dsoModel chip);
        int expected = -1;
        int counter = -1;
        for (int drain = 0; drain < 50; drain++)
        {
            bench.Wait(20);
            byte[] status = bench.Read(0x3A, 2);
            Assert.Equal(0, status[1] & 0x48);
            byte[] words = bench.Read(0x78, 7 * status[0]);
            for (int i = 0; i < words.Length; i += 7)
            {
                Assert.Equal(0x10, words[i] & 0xF8);
                Assert.Equal(0, System.Numerics.BitOperations.PopCount(words[i]) & 1);
                Assert.True(counter < 0 || ((words[i] >> 1) & 3) == counter);
                counter = (((words[i] >> 1) & 3) + 1) & 3;
                short value = (short)(words[i + 1] | words[i + 2] << 8);
                Assert.True(expected < 0 || value == expected);
                expected = value + 1;
            }
        }

        Assert.InRange(expected, 1700, 2600);
        Assert.Equal(0, chip.LostCount);
        Assert.Empty(chip.Violations);
    }

    [Fact]
    public void ReadingTooFar_GivesTagZeroAndTakesNothing()
    {
        ChipBench bench = Running(new Ramp(), out _);
        bench.Wait(5);
        int level = bench.Read(0x3A);
        byte[] words = bench.Read(0x78, 7 * (level + 30));
        int valid = 0;
        while (words[7 * valid] != 0)
        {
            valid++;
        }

        // Further samples come while the burst goes on; then the rest is empty until the next one.
        Assert.InRange(valid, level, level + 29);
        Assert.Equal(words[(7 * valid) - 6], words[(7 * valid) + 1]);
        bench.Wait(2);
        Assert.NotEqual(0, bench.Read(0x78, 7)[0]);
    }

    [Fact]
    public void FullFifo_RaisesItsFlagsAndKeepsTheNewest()
    {
        ChipBench bench = Running(new Ramp(), out Lsm6dsoModel chip);
        bench.Write(0x07, 100);
        bench.Wait(62);
        Assert.Equal(0x80, bench.Read(0x3A, 2)[1] & 0xF8);
        bench.Wait(1000);
        byte[] status = bench.Read(0x3A, 2);
        Assert.Equal(512, status[0] | (status[1] & 3) << 8);
        Assert.Equal(0xE8, status[1] & 0xF8);
        Assert.InRange(chip.LostCount, 1, 2000);
        bench.Read(0x78, 7 * 20);
        Assert.Equal(0x00, bench.Read(0x3B) & 0x48);
        Assert.Empty(chip.Violations);
    }

    [Fact]
    public void FullFifo_InFifoModeKeepsTheOldest()
    {
        ChipBench bench = new(Exact(new Ramp()));
        bench.Write(0x09, 0x08);
        bench.Write(0x10, 0x8C);
        bench.Wait(50);
        bench.Write(0x0A, 0x01);
        short before = bench.ReadWord(0x28);
        bench.Wait(2000);
        byte[] first = bench.Read(0x78, 7);
        Assert.InRange((short)(first[1] | first[2] << 8), before, before + 2);
    }

    [Fact]
    public void Bypass_EmptiesTheFifo()
    {
        ChipBench bench = Running(new Ramp(), out _);
        bench.Wait(400);
        bench.Write(0x0A, 0x00);
        bench.Wait(50);
        Assert.Equal([0, 0], bench.Read(0x3A, 2));
    }

    [Fact]
    public void BatchRateBelowOutputRate_TakesEveryFourth()
    {
        ChipBench bench = new(Exact(new Ramp()));
        bench.Write(0x09, 0x06);
        bench.Write(0x10, 0x8C);
        bench.Write(0x0A, 0x06);
        bench.Wait(100);
        byte[] words = bench.Read(0x78, 14);
        Assert.Equal(4, (short)(words[8] | words[9] << 8) - (short)(words[1] | words[2] << 8));
    }

    [Fact]
    public void SoftwareReset_TakesItsTimeAndForgetsSettings()
    {
        ChipBench bench = Running(new Ramp(), out _);
        bench.Write(0x12, 0x05);
        Assert.Equal(0x05, bench.Read(0x12) | 0x01);
        bench.Wait(0.1);
        Assert.Equal(0x04, bench.Read(0x12));
        Assert.Equal(0x00, bench.Read(0x10));
        Assert.Equal(0x00, bench.Read(0x0A));
    }

    [Fact]
    public void WithoutAddressIncrement_OneRegisterRepeats()
    {
        ChipBench bench = new(Exact(new SteadyVibration()));
        bench.Write(0x12, 0x00);
        Assert.Equal([0x6C, 0x6C, 0x6C], bench.Read(0x0F, 3));
    }

    [Fact]
    public void ReadOnlyAndReservedRegisters_KeepTheirValueAndAreNoted()
    {
        Lsm6dsoModel chip = Exact(new SteadyVibration());
        ChipBench bench = new(chip);
        bench.Write(0x0F, 0x00);
        bench.Write(0x04, 0x01);
        bench.Write(0x63, 0x01);
        Assert.Equal(0x6C, bench.Read(0x0F));
        Assert.Equal(3, chip.Violations.Count);
    }

    [Fact]
    public void SelfTest_MovesEachAxisWithinItsLimits()
    {
        ChipBench bench = new(Exact(new SteadyVibration()));
        bench.Write(0x10, 0x38);
        bench.Wait(700);
        short before = bench.ReadWord(0x28);
        bench.Write(0x14, 0x01);
        bench.Wait(100);
        short positive = bench.ReadWord(0x28);
        bench.Write(0x14, 0x02);
        bench.Wait(100);
        short negative = bench.ReadWord(0x28);
        Assert.InRange((positive - before) * 0.122, 50, 1700);
        Assert.InRange((before - negative) * 0.122, 50, 1700);
    }

    [Fact]
    public void Noise_HasItsDensity()
    {
        PartVariation noisy = new() { OffsetG = [0, 0, 0], Gain = [1, 1, 1], RateError = 0, TemperatureOffsetC = 0, NoiseFactor = 1 };
        Lsm6dsoModel chip = new(new SteadyVibration(), Room, 7, noisy);
        ChipBench bench = new(chip);
        bench.Write(0x09, 0x08);
        bench.Write(0x10, 0x80);
        bench.Wait(50);
        bench.Write(0x0A, 0x06);
        double sum = 0, squares = 0;
        int count = 0;
        for (int i = 0; i < 40; i++)
        {
            bench.Wait(100);
            byte[] words = bench.Read(0x78, 7 * 100);
            for (int w = 0; w < words.Length; w += 7)
            {
                double value = (short)(words[w + 1] | words[w + 2] << 8);
                sum += value;
                squares += value * value;
                count++;
            }
        }

        double rmsMicroG = Math.Sqrt(squares / count - sum / count * (sum / count)) * 61;
        double expected = 70 * Math.Sqrt(1666.75 / 2);
        Assert.InRange(rmsMicroG / expected, 0.95, 1.05);
    }

    [Fact]
    public void DieTemperature_Is256CountsADegree()
    {
        ConstantClimate climate = new(new Climate(31.5));
        ChipBench bench = new(new Lsm6dsoModel(new SteadyVibration(), climate, 1, PartVariation.None));
        bench.Write(0x10, 0x80);
        bench.Wait(50);
        Assert.Equal(6.5 * 256, bench.ReadWord(0x20));
        climate.Climate = new Climate(-10);
        bench.Wait(50);
        Assert.Equal(-35 * 256, bench.ReadWord(0x20));
    }

    [Fact]
    public void FirstSamplesAfterPowerDown_AreNotSettled()
    {
        ChipBench bench = new(Exact(new SteadyVibration()));
        bench.Write(0x09, 0x08);
        bench.Write(0x0A, 0x06);
        bench.Write(0x10, 0x80);
        bench.Wait(50);
        byte[] words = bench.Read(0x78, 7 * 40);
        Assert.NotEqual(16393, (short)(words[5] | words[6] << 8));
        Assert.Equal(16393, (short)(words[(7 * 30) + 5] | words[(7 * 30) + 6] << 8));
    }

    [Fact]
    public void LongSilence_CostsNoTime()
    {
        ChipBench bench = Running(new Ramp(), out Lsm6dsoModel chip);
        bench.Wait(1000.0 * 86400 * 30);
        byte[] status = bench.Read(0x3A, 2);
        Assert.Equal(0x48, status[1] & 0x48);
        Assert.Equal(1666.75 * 86400 * 30, chip.SampleCount, 1000.0);
    }

    private static Lsm6dsoModel Exact(IVibrationSource source) => new(source, Room, 1, PartVariation.None);

    private static ChipBench Running(IVibrationSource source, out Lsm6dsoModel chip)
    {
        chip = Exact(source);
        ChipBench bench = new(chip);
        bench.Write(0x09, 0x08);
        bench.Write(0x10, 0x8C);
        bench.Wait(50);
        bench.Write(0x0A, 0x06);
        return bench;
    }

    /// <summary>One count more at each sample of an exact part at 8 g and 1666.75 Hz.</summary>
    private sealed class Ramp : IVibrationSource
    {
        private int _counts;

        public void Acceleration(long timeNs, out double x, out double y, out double z)
        {
            x = _counts++ % 16000 * 0.000244;
            y = 0;
            z = 0;
        }
    }
}
