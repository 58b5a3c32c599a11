using SensorNode.KernelGenerator.Measurement;
using Xunit;

namespace SensorNode.Dsp.Tests;

/// <summary>The Hann window applied to the bins against the same window applied to the samples in double.</summary>
public sealed class HannTests
{
    public static TheoryData<int> Sizes => [.. Report.Sizes];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Power_IsThatOfTheWindowedSamplesWithoutTheirMean(int points)
    {
        var fft = new FirmwareFft(points);
        foreach (int level in TestSignals.LevelsDb)
        {
            foreach ((string name, short[] samples) in Signals(points, level))
            {
                fft.Transform(samples);
                long[] power = fft.HannPower();
                (double[] re, double[] im) = Windowed(samples, removeMean: true);
                for (int k = 0; k <= points / 2; k++)
                {
                    double expected = re[k] * re[k] + im[k] * im[k];
                    double actual = power[k] * Math.Pow(2, -10);
                    // Each part is cut by up to 1/32 count, so the magnitude is off by up to sqrt 2 / 32, plus 1e-5 of the largest bin.
                    double tolerance = 0.05 + 2e-6 * points * Math.Pow(10, level / 20.0) * 16384;
                    Assert.True(Math.Abs(Math.Sqrt(expected) - Math.Sqrt(actual)) <= tolerance, $"{points} points, {name} at {level}, bin {k}: {Math.Sqrt(actual):F3} for {Math.Sqrt(expected):F3}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void LargestPossiblePowers_DoNotOverflow(int points)
    {
        var fft = new FirmwareFft(points);
        var samples = new short[points];
        for (int k = 0; k <= points / 2; k += points / 128)
        {
            foreach (double phase in new[] { 0, Math.PI / 2, 0.7 })
            {
                for (int n = 0; n < points; n++)
                {
                    double weight = Math.Cos(2 * Math.PI * ((long)k * n % points) / points + phase);
                    samples[n] = weight > 1e-9 ? short.MaxValue : short.MinValue;
                }
                fft.Transform(samples);
                long[] power = fft.HannPower();
                (double[] re, double[] im) = Windowed(samples, removeMean: true);
                double sum = 0;
                for (int bin = 0; bin <= points / 2; bin++)
                {
                    double expected = re[bin] * re[bin] + im[bin] * im[bin];
                    sum += power[bin];
                    Assert.Equal(Math.Sqrt(expected), Math.Sqrt(power[bin] / 1024.0), 2e-6 * points * 32768);
                }
                Assert.True(sum < Math.Pow(2, 62));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Spectrum_IsThatOfTheWindowedSamples(int points)
    {
        var fft = new FirmwareFft(points);
        foreach ((string name, short[] samples) in Signals(points, 0))
        {
            fft.Transform(samples);
            foreach (bool removeMean in new[] { false, true })
            {
                (double[] re, double[] im) = Windowed(samples, removeMean);
                (double[] actualRe, double[] actualIm) = fft.HannSpectrum(removeMean);
                // Against the energy of the block itself, since the window can take nearly all of an impulse away.
                double energy = samples.Sum(v => (double)v * v) * points / 2;
                double noise = re.Take(points / 2 + 1).Select((v, k) => Math.Pow(actualRe[k] - v, 2) + Math.Pow(actualIm[k] - im[k], 2)).Sum();
                Assert.True(noise <= energy * 1e-10, $"{points} points, {name}: {10 * Math.Log10(energy / noise):F1} dB");
            }
        }
    }

    private static IEnumerable<(string Name, short[] Samples)> Signals(int points, int level)
    {
        foreach ((string name, short[] samples) in TestSignals.All(points, level))
        {
            yield return (name, samples);
            if (level < 0)
                yield return (name + " on a constant", [.. samples.Select(s => (short)(s + 16384))]);
        }
    }

    private static (double[] Re, double[] Im) Windowed(short[] samples, bool removeMean)
    {
        int points = samples.Length;
        double mean = removeMean ? samples.Average(s => (double)s) : 0;
        return Reference.Transform([.. samples.Select((s, n) => (s - mean) * (0.5 - 0.5 * Math.Cos(2 * Math.PI * n / points)))]);
    }
}
