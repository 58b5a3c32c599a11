using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Machines;
using SensorNode.Platform;
using Xunit;

namespace SensorNode.Emulator.Tests.Chips;

public class Mpu6500ModelTests
{
    [Fact]
    public void ResetValues_AreTheRegisterMaps()
    {
        ChipBench bench = new(Exact(new SteadyVibration()));
        Assert.Equal(0x70, bench.Read(0x75));
        Assert.Equal([0x01, 0x00], bench.Read(0x6B, 2));
        Assert.Equal([0x00, 0x00, 0x00, 0x00, 0x00], bench.Read(0x19, 5));
    }

    [Fact]
    public void FasterThan400kHz_GetsNoAnswer()
    {
        ChipBench bench = new(Exact(new SteadyVibration()));
        bench.Bus.ClockHz = 1_000_000;
        bench.Read(0x75);
        Assert.Equal(TransferStatus.AddressNotAcknowledged, bench.LastStatus);
    }

    [Theory]
    [InlineData(0x00, 16384)]
    [InlineData(0x08, 8192)]
    [InlineData(0x10, 4096)]
    [InlineData(0x18, 2048)]
    public void Range_SetsTheScaleHighByteFirst(byte config, int countsAt1G)
    {
        ChipBench bench = new(Exact(new SteadyVibration { OffsetG = [1, -1, 40] }));
        bench.Write(0x1C, config);
        bench.Wait(150);
        byte[] data = bench.Read(0x3B, 6);
        Assert.Equal(countsAt1G, (short)(data[0] << 8 | data[1]));
        Assert.Equal(-countsAt1G, (short)(data[2] << 8 | data[3]));
        Assert.Equal(32767, (short)(data[4] << 8 | data[5]));
    }

    [Fact]
    public void Fifo_CountsBytesAndStaysAtItsAddress()
    {
        ChipBench bench = Filling(0x41, out Mpu6500Model chip);
        bench.Wait(20);
        byte[] count = bench.Read(0x72, 2);
        int bytes = count[0] << 8 | count[1];
        Assert.Equal(0, bytes % 6);
        Assert.InRange(bytes, 6 * 19, 6 * 21);
        byte[] data = bench.Read(0x74, bytes);
        for (int i = 6; i < bytes; i += 6)
        {
            Assert.Equal((short)(data[i - 6] << 8 | data[i - 5]) + 1, (short)(data[i] << 8 | data[i + 1]));
        }

        Assert.Empty(chip.Violations);
    }

    /// <summary>Register map, SMPLRT_DIV: it counts only with DLPF_CFG 1 to 6 and FCHOICE_B 0.</summary>
    [Theory]
    [InlineData(0x41, 0x00, 100)]
    [InlineData(0x46, 0x00, 100)]
    [InlineData(0x40, 0x00, 8000)]
    [InlineData(0x47, 0x00, 8000)]
    [InlineData(0x41, 0x01, 32000)]
    public void Divider_CountsOnlyWithTheLowPassOfTheGyroscope(byte config, byte gyroConfig, int rateHz)
    {
        ChipBench bench = Filling(config, out Mpu6500Model chip);
        bench.Write(0x1B, gyroConfig);
        bench.Write(0x19, 9);
        Assert.Equal(rateHz, chip.OutputRateHz, 3);
    }

    [Fact]
    public void FullFifo_InModeOneTakesNothingMore()
    {
        ChipBench bench = Filling(0x41, out Mpu6500Model chip);
        bench.Wait(200);
        Assert.Equal([0x01, 0xFE], bench.Read(0x72, 2));
        Assert.Equal(0x10, bench.Read(0x3A));
        Assert.True(chip.LostCount > 50);
        bench.Read(0x74, 510);
        bench.Read(0x3A);
        Assert.Equal(0x00, bench.Read(0x3A));
    }

    [Fact]
    public void FullFifo_InModeZeroLosesItsAlignment()
    {
        ChipBench bench = Filling(0x01, out _);
        bench.Wait(200);
        Assert.Equal([0x02, 0x00], bench.Read(0x72, 2));

        // 512 is no multiple of 6: the oldest bytes are the last two of a sample, whose z is 0 or 1 here and whose x counts.
        byte[] data = bench.Read(0x74, 20);
        int aligned = (short)(data[0] << 8 | data[1]);
        int shifted = (short)(data[2] << 8 | data[3]);
        Assert.InRange(aligned, 0, 1);
        Assert.InRange(shifted, 2, CountingVibration.Round);
    }

    [Fact]
    public void WhatItHasNot_IsNoted()
    {
        Mpu6500Model chip = Exact(new SteadyVibration());
        ChipBench bench = new(chip);
        bench.Write(0x75, 0x00);
        bench.Write(0x23, 0x78);
        bench.Write(0x6A, 0x60);
        Assert.Equal(3, chip.Violations.Count);
    }

    private static Mpu6500Model Exact(IVibrationSource source) => new(source, new ConstantClimate(new Climate(25)), 1, PartVariation.None);

    private static ChipBench Filling(byte config, out Mpu6500Model chip)
    {
        chip = Exact(new CountingVibration(8 / 32768.0));
        ChipBench bench = new(chip);
        bench.Write(0x1A, config);
        bench.Write(0x1C, 0x10);
        bench.Wait(150);
        bench.Write(0x23, 0x08);
        bench.Write(0x6A, 0x40);
        return bench;
    }
}
