using SensorNode.KernelGenerator.Measurement;
using Xunit;

namespace SensorNode.Dsp.Tests;

public sealed class RealFftTests
{
    public static TheoryData<int> Sizes => [.. Report.Sizes];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void EverySignalAtEveryLevel_StaysCloseToTheDoubleTransform(int points)
    {
        var fft = new FirmwareFft(points);
        foreach (int level in TestSignals.LevelsDb)
        {
            foreach ((string name, short[] samples) in TestSignals.All(points, level))
            {
                fft.Transform(samples);
                double snr = Compare(samples, fft.Spectrum());
                Assert.True(snr >= 100, $"{points} points, {name} at {level} dBFS: {snr:F1} dB");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void LargestPossibleBins_DoNotOverflow(int points)
    {
        // Full-scale samples with the signs that make one bin's real or imaginary part as large as it can be.
        var fft = new FirmwareFft(points);
        var samples = new short[points];
        int step = points > 512 ? points / 512 : 1;
        for (int k = 0; k <= points / 2; k += step)
        {
            foreach (double phase in new[] { 0, Math.PI / 2, 0.3, Math.PI })
            {
                for (int n = 0; n < points; n++)
                    samples[n] = Math.Cos(2 * Math.PI * ((long)k * n % points) / points + phase) > 1e-9 ? short.MaxValue : short.MinValue;
                fft.Transform(samples);
                double snr = Compare(samples, fft.Spectrum());
                Assert.True(snr >= 100, $"{points} points, worst signs for bin {k}, phase {phase:F1}: {snr:F1} dB");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void RandomFullScaleSigns_DoNotOverflow(int points)
    {
        var random = new Random(points);
        var fft = new FirmwareFft(points);
        var samples = new short[points];
        for (int run = 0; run < 100; run++)
        {
            int hold = 1 + random.Next(run < 50 ? 1 : points / 4);
            bool high = false;
            for (int n = 0; n < points; n++)
            {
                if (random.Next(hold) == 0)
                    high = !high;
                samples[n] = high ? short.MaxValue : short.MinValue;
            }
            fft.Transform(samples);
            Assert.True(Compare(samples, fft.Spectrum()) >= 100, $"{points} points, run {run}");
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Silence_GivesZeros(int points)
    {
        var fft = new FirmwareFft(points);
        fft.Transform(TestSignals.All(points, 0).First().Samples);
        fft.Transform(new short[points]);
        (double[] re, double[] im) = fft.Spectrum();
        Assert.All(re, v => Assert.Equal(0, v));
        Assert.All(im, v => Assert.Equal(0, v));
        Assert.All(fft.HannPower(), v => Assert.Equal(0, v));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Samples_AreNotChanged_AndTheSameBlockGivesTheSameBins(int points)
    {
        short[] samples = TestSignals.All(points, -20).Single(s => s.Name == "normal noise").Samples;
        short[] copy = [.. samples];
        var fft = new FirmwareFft(points);
        fft.Transform(samples);
        (double[] Re, double[] Im) first = fft.Spectrum();
        fft.Transform(TestSignals.All(points, 0).First().Samples);
        fft.Transform(samples);
        (double[] Re, double[] Im) second = fft.Spectrum();
        Assert.Equal(copy, samples);
        Assert.Equal(first.Re, second.Re);
        Assert.Equal(first.Im, second.Im);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    [InlineData(1000)]
    [InlineData(4096)]
    public void OtherSizes_AreRefusedByName(int points)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => new FirmwareFft(points));
        Assert.Contains("128, 256, 512, 1024 and 2048", exception.Message);
    }

    [Fact]
    public void TooFewSamples_AreRefused()
    {
        var fft = new FirmwareFft(256);
        Assert.Throws<ArgumentException>(() => fft.Transform(new short[255]));
    }

    private static double Compare(short[] samples, (double[] Re, double[] Im) actual)
    {
        (double[] re, double[] im) = Reference.Transform(samples);
        return Reference.Snr(re, im, actual.Re, actual.Im);
    }
}
