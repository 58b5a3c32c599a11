using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Machines;
using SensorNode.Platform;
using Xunit;

namespace SensorNode.Emulator.Tests.Chips;

public class Lis3dhModelTests
{
    [Fact]
    public void ResetValues_AreTheDatasheets()
    {
        ChipBench bench = new(Exact(new SteadyVibration()));
        Assert.Equal(0x33, bench.Read(0x0F));
        Assert.Equal([0x07, 0x00, 0x00, 0x00, 0x00], bench.Read(0x20 | 0x80, 5));
        Assert.Equal(0x20, bench.Read(0x2F));
    }

    [Fact]
    public void FasterThan400kHz_GetsNoAnswer()
    {
        ChipBench bench = new(Exact(new SteadyVibration()));
        bench.Bus.ClockHz = 1_000_000;
        bench.Read(0x0F);
        Assert.Equal(TransferStatus.AddressNotAcknowledged, bench.LastStatus);
    }

    [Fact]
    public void WithoutTheTopAddressBit_OneRegisterRepeats()
    {
        ChipBench bench = new(Exact(new SteadyVibration()));
        Assert.Equal([0x33, 0x33, 0x33], bench.Read(0x0F, 3));
    }

    [Theory]
    [InlineData(0x57, 0x80, 250, 6)]
    [InlineData(0x57, 0x88, 1000, 4)]
    [InlineData(0x5F, 0x80, 62, 8)]
    [InlineData(0x57, 0x90, 125, 6)]
    [InlineData(0x57, 0xB8, 83, 4)]
    public void Mode_SetsBitsAndScale(byte ctrl1, byte ctrl4, int countsAt1G, int emptyBits)
    {
        ChipBench bench = new(Exact(new SteadyVibration { OffsetG = [1, -1, 0] }));
        bench.Write(0x23, ctrl4);
        bench.Write(0x20, ctrl1);
        bench.Wait(500);
        byte[] data = bench.Read(0x28 | 0x80, 6);
        Assert.InRange((short)(data[0] | data[1] << 8) >> emptyBits, countsAt1G, countsAt1G + 1);
        Assert.Equal(0, (data[0] | data[1] << 8) & ((1 << emptyBits) - 1));
        Assert.InRange((short)(data[2] | data[3] << 8) >> emptyBits, -countsAt1G - 1, -countsAt1G);
    }

    [Fact]
    public void Burst_RollsOverAndRepeatsTheLastSampleWhenEmpty()
    {
        ChipBench bench = Streaming(out Lis3dhModel chip);
        bench.Wait(50);
        int level = bench.Read(0x2F) & 0x1F;
        Assert.InRange(level, 18, 20);
        byte[] data = bench.Read(0x28 | 0x80, 6 * 31);
        for (int i = 1; i < level; i++)
        {
            Assert.Equal(X(data, i - 1) + 1, X(data, i));
        }

        Assert.Equal(X(data, 29), X(data, 30));
        Assert.Equal(0x20, bench.Read(0x2F) & 0x3F);
        Assert.Empty(chip.Violations);
    }

    [Fact]
    public void FullFifo_RaisesOverrunUntilASampleIsRead()
    {
        ChipBench bench = Streaming(out Lis3dhModel chip);
        bench.Wait(200);
        Assert.Equal(0xDF, bench.Read(0x2F));
        Assert.Equal(0xDF, bench.Read(0x2F));
        Assert.True(chip.LostCount > 20);
        bench.Read(0x28 | 0x80, 12);
        Assert.Equal(0x00, bench.Read(0x2F) & 0x40);
        bench.Write(0x2E, 0x00);
        Assert.Equal(0x20, bench.Read(0x2F));
    }

    [Fact]
    public void WhatItHasNot_IsNoted()
    {
        Lis3dhModel chip = Exact(new SteadyVibration());
        ChipBench bench = new(chip);
        bench.Write(0x0F, 0x00);
        bench.Write(0x20, 0x87);
        bench.Write(0x2E, 0xC0);
        Assert.Equal(3, chip.Violations.Count);
        Assert.Equal(0x33, bench.Read(0x0F));
    }

    private static Lis3dhModel Exact(IVibrationSource source) => new(source, 1, PartVariation.None);

    private static int X(byte[] data, int sample) => (short)(data[6 * sample] | data[6 * sample + 1] << 8) >> 6;

    private static ChipBench Streaming(out Lis3dhModel chip)
    {
        chip = Exact(new CountingVibration(0.016));
        ChipBench bench = new(chip);
        bench.Write(0x23, 0xA0);
        bench.Write(0x24, 0x40);
        bench.Write(0x20, 0x77);
        bench.Wait(100);
        bench.Write(0x2E, 0x80);
        return bench;
    }
}
