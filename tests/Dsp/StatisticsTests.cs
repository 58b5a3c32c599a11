using SensorNode.KernelGenerator.Measurement;
using Xunit;

namespace SensorNode.Dsp.Tests;

public sealed class StatisticsTests
{
    private readonly object _statistics = Activator.CreateInstance(Firmware.Type("Statistics"))!;

    [Theory]
    [InlineData(128)]
    [InlineData(512)]
    [InlineData(2048)]
    public void Figures_AgreeWithDouble(int count)
    {
        foreach (int level in TestSignals.LevelsDb)
        {
            foreach (int offset in new[] { 0, 16384, -16383 })
            {
                foreach ((string name, short[] signal) in TestSignals.All(count, level))
                {
                    short[] samples = [.. signal.Select(s => (short)Math.Clamp(s + offset, -32768, 32767))];
                    Check(samples, $"{count}, {name} at {level} on {offset}");
                }
            }
        }
    }

    [Fact]
    public void ExtremeBlocks_DoNotOverflow()
    {
        foreach (int count in new[] { 128, 2048 })
        {
            for (int high = 0; high <= count; high += Math.Max(1, count / 16))
                Check([.. Enumerable.Range(0, count).Select(n => n < high ? short.MaxValue : short.MinValue)], $"{high} of {count} high");
        }
    }

    private void Check(short[] samples, string what)
    {
        var fft = new FirmwareFft(samples.Length);
        fft.Transform(samples);
        _statistics.GetType().GetMethod("Measure")!.Invoke(_statistics, [fft.Instance, samples]);
        CheckFigures(samples, what);
    }

    private void CheckFigures(short[] samples, string what)
    {
        double mean = samples.Average(s => (double)s);
        double variance = samples.Average(s => (s - mean) * (s - mean));
        double fourth = samples.Average(s => Math.Pow(s - mean, 4));
        double third = samples.Average(s => Math.Pow(s - mean, 3));
        Assert.True(Math.Abs(Get("MeanQ8") / 256.0 - mean) <= 0.0021, what);
        // About the mean rounded to a count.
        Assert.True(Math.Abs(Get("PeakQ8") / 256.0 - samples.Max(s => Math.Abs(s - mean))) <= 0.504, $"{what}: peak");
        Assert.True(Math.Abs(Get("VarianceQ8") / 256.0 - variance) <= 0.01, $"{what}: variance {Get("VarianceQ8") / 256.0} for {variance}");
        Assert.True(Math.Abs(Get("DeviationQ8") / 256.0 - Math.Sqrt(variance)) <= 0.003 + 0.01 / (1 + Math.Sqrt(variance)), $"{what}: deviation");
        double kurtosis = variance > 0 ? fourth / (variance * variance) : 0;
        // The third moment times the rounding of the mean is left out, and the variance is rounded to 1/256.
        double rounding = Math.Abs(mean - Math.Round(mean));
        double tolerance = 0.006 + kurtosis * (0.001 + 0.008 / Math.Max(variance, 1e-3)) + (variance > 0 ? 4.1 * rounding * Math.Abs(third) / (variance * variance) : 0);
        Assert.True(Math.Abs(Get("KurtosisQ8") / 256.0 - kurtosis) <= tolerance, $"{what}: kurtosis {Get("KurtosisQ8") / 256.0} for {kurtosis}, tolerance {tolerance}");
    }

    private long Get(string name) => Convert.ToInt64(_statistics.GetType().GetProperty(name)!.GetValue(_statistics));
}
