using System.Numerics;
using Xunit;

namespace SensorNode.Bench.Tests;

public sealed class ReferenceDftTests
{
    [Fact]
    public void AnImpulseHasTheSameMagnitudeInEveryBin()
    {
        var samples = new short[64];
        samples[3] = 1000;

        Complex[] bins = new ReferenceDft(64).Transform(samples);

        Assert.All(bins, bin => Assert.Equal(1000, bin.Magnitude, 9));
        Assert.Equal(-2 * Math.PI * 3 / 64, bins[1].Phase, 9);
    }

    [Fact]
    public void ASquareWaveOfPeriodTwoIsAllInTheLastBin()
    {
        short[] samples = [.. Enumerable.Range(0, 32).Select(n => (short)(n % 2 == 0 ? 7 : -7))];

        Complex[] bins = new ReferenceDft(32).Transform(samples);

        Assert.Equal(32 * 7, bins[16].Real, 9);
        Assert.Equal(0, bins[8].Magnitude, 9);
    }

    [Fact]
    public void AnErrorOfOneThousandthIsSixtyDecibels()
    {
        Complex[] truth = [.. Enumerable.Range(1, 17).Select(k => new Complex(k, -k))];
        Complex[] measured = [.. truth.Select(bin => bin * 1.001)];

        Assert.Equal(60, ReferenceDft.SignalToNoiseDb(truth, measured), 6);
        Assert.Equal(double.PositiveInfinity, ReferenceDft.SignalToNoiseDb(truth, truth));
    }

    [Fact]
    public void OneWrongBinIsSeen()
    {
        Complex[] truth = [.. Enumerable.Repeat(new Complex(1, 0), 513)];
        Complex[] measured = [.. truth];
        measured[100] = -measured[100];

        Assert.InRange(ReferenceDft.SignalToNoiseDb(truth, measured), 20, 25);
    }
}
