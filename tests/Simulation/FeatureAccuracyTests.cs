using System.Collections.Concurrent;
using System.Reflection;
using SensorNode.Emulator;
using Xunit;
using Xunit.Abstractions;

namespace SensorNode.Simulation;

/// <summary>Features of the firmware against the truth in double precision: velocity and amplitude within 2 %, frequency within a tenth of a bin.</summary>
public class FeatureAccuracyTests(ITestOutputHelper output)
{
    private const double RateHz = 1666.7;
    private const int NanoGPerCount = 244_000;

    private static readonly Type ExtractorType = new FirmwareSandbox().Context.LoadFirmware("SensorNode.Analysis").GetType("SensorNode.Features.FeatureExtractor", true)!;
    private static readonly ConcurrentDictionary<int, object> Extractors = new();

    public static TheoryData<int, double> Lines
    {
        get
        {
            var data = new TheoryData<int, double>();
            foreach (int points in new[] { 256, 512, 1024, 2048 })
            {
                foreach (double offset in new[] { 0.0, 0.1, 0.25, 0.4, 0.5, 0.6, 0.9 })
                {
                    data.Add(points, offset);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void Line_HasItsFrequencyAmplitudeAndVelocity(int points, double offset)
    {
        foreach (double amplitude in new[] { 12.0, 300, 20000 })
        {
            foreach (int bin in new[] { 17, points / 5, points / 3 })
            {
                double hz = (bin + offset) * RateHz / points;
                double[] exact = Sine(points, hz, amplitude, 0.7);
                object axis = Analyse(points, exact);
                double rmsMicroG = amplitude / Math.Sqrt(2) * NanoGPerCount / 1000.0;
                string where = $"{points} points, bin {bin} + {offset}, amplitude {amplitude}";
                Near(hz, Get<int[]>(axis, "LineMilliHz")[0] / 1000.0, 0.1 * RateHz / points, where + ": frequency");
                Near(rmsMicroG * Math.Sqrt(2), Get<int[]>(axis, "LineMicroG")[0], 0.02 * rmsMicroG * Math.Sqrt(2), where + ": amplitude");
                if (hz > 10 + (2 * RateHz / points) && hz < (RateHz * 0.4) - (2 * RateHz / points))
                {
                    double velocity = rmsMicroG * 9.80665 / (2 * Math.PI * hz);
                    Near(velocity, Get<int>(axis, "VelocityMicrometerPerSecondRms"), Math.Max(0.02 * velocity, 1.1), where + ": velocity");
                }
            }
        }
    }

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    [InlineData(1024)]
    [InlineData(2048)]
    public void Velocity_HoldsFromTheBandsEdge(int points)
    {
        double binHz = RateHz / points;
        Analyse(points, Sine(points, 100, 1000, 0));
        object extractor = Extractors[points];
        double low = ((int)ExtractorType.GetProperty("VelocityLowMilliHz")!.GetValue(extractor)! / 1000.0) + (1.5 * binHz);
        double high = ((int)ExtractorType.GetProperty("VelocityHighMilliHz")!.GetValue(extractor)! / 1000.0) - (1.5 * binHz);
        double worst = 0;
        for (double hz = low; hz < high; hz += hz < 40 * binHz ? 0.1 * binHz : 0.013 * hz)
        {
            foreach (double phase in new[] { 0, 0.8, 1.6, 2.4 })
            {
                double velocity = 10000 / Math.Sqrt(2) * NanoGPerCount / 1000.0 * 9.80665 / (2 * Math.PI * hz);
                double found = Get<int>(Analyse(points, Sine(points, hz, 10000, phase)), "VelocityMicrometerPerSecondRms");
                worst = Math.Max(worst, Math.Abs((found / velocity) - 1));
                Near(velocity, found, 0.01 * velocity, $"{points} points, {hz} Hz, phase {phase}: velocity");
            }
        }

        output.WriteLine($"{points} points: within {worst * 100:F2} %");
    }

    [Theory]
    [InlineData(256)]
    [InlineData(1024)]
    public void Noise_HasItsMoments(int points)
    {
        var random = new Random(5);
        for (int run = 0; run < 20; run++)
        {
            double deviation = Math.Pow(10, 0.5 + (run * 0.15));
            double[] x = [.. Enumerable.Range(0, points).Select(_ => Math.Round(1000 + (deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))))];
            double mean = x.Average();
            double variance = x.Average(v => (v - mean) * (v - mean));
            double kurtosis = x.Average(v => Math.Pow(v - mean, 4)) / (variance * variance);
            double peak = x.Max(v => Math.Abs(v - mean));
            object axis = Analyse(points, x);
            double rms = Math.Sqrt(variance) * NanoGPerCount / 1000;
            Near(rms, Get<int>(axis, "AccelerationMicroGRms"), (rms * 0.002) + 2, "RMS");
            Near(peak * NanoGPerCount / 1000, Get<int>(axis, "AccelerationMicroGPeak"), NanoGPerCount / 1000.0 * 0.6, "peak");
            Near(kurtosis * 100, Get<int>(axis, "KurtosisCenti"), (kurtosis * 3) + 1, "kurtosis");
            Near(peak / Math.Sqrt(variance) * 100, Get<int>(axis, "CrestFactorCenti"), (100 * 0.6 / Math.Sqrt(variance)) + 2, "crest factor");
        }
    }

    [Fact]
    public void WhiteNoise_HasItsVarianceInEveryBand()
    {
        var random = new Random(6);
        double[] mean = new double[23];
        const int Runs = 200;
        for (int run = 0; run < Runs; run++)
        {
            double[] x = [.. Enumerable.Range(0, 1024).Select(_ => Math.Round(40 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
            (_, short[] vector) = AnalyseAll(1024, x);
            for (int i = 0; i < 23; i++)
            {
                mean[i] += vector[i] / 256.0 / Runs;
            }
        }

        // 4 + log2(1600); the mean of the log lies below the log of the mean by about 0.03 octave for 23 bins.
        double expected = 4 + Math.Log2(1600);
        Assert.All(mean[..22], level => Near(expected - 0.05, level, 0.08, "band level"));
        Near(expected, mean[22], 0.03, "variance level");
    }

    [Fact]
    public void ThreeLines_AreFoundInOrderOfStrength()
    {
        double[] x = Sine(1024, 110, 300, 0.1).Zip(Sine(1024, 131, 500, 1.3), Sine(1024, 402, 200, 2)).Select(t => t.First + t.Second + t.Third).ToArray();
        int[] found = Get<int[]>(Analyse(1024, x), "LineMilliHz");
        double[] expected = [131, 110, 402];
        for (int i = 0; i < 3; i++)
        {
            Near(expected[i], found[i] / 1000.0, 0.1 * RateHz / 1024, $"line {i}");
        }
    }

    private static double[] Sine(int points, double hz, double amplitude, double phase) =>
        [.. Enumerable.Range(0, points).Select(i => amplitude * Math.Sin((2 * Math.PI * hz * i / RateHz) + phase))];

    private static object Analyse(int points, double[] samples) => AnalyseAll(points, samples).Axis;

    private static (object Axis, short[] Vector) AnalyseAll(int points, double[] samples)
    {
        object extractor = Extractors.GetOrAdd(points, n => Activator.CreateInstance(ExtractorType, n, 1, (int)(RateHz * 1000), (int)(RateHz * 400), NanoGPerCount, 32767, 1)!);
        lock (extractor)
        {
            ExtractorType.GetMethod("Begin")!.Invoke(extractor, null);
            ExtractorType.GetMethod("AddWindow")!.Invoke(extractor, [samples.Select(s => (short)Math.Round(s)).ToArray(), null, null, 0, 0]);
            object features = ExtractorType.GetMethod("Finish")!.Invoke(extractor, null)!;
            return (((Array)Member(features, "Axes")).GetValue(0)!, (short[])Member(features, "VectorQ8"));
        }
    }

    private static object Member(object target, string name) => target.GetType().GetField(name, BindingFlags.Public | BindingFlags.Instance)!.GetValue(target)!;

    private static T Get<T>(object target, string name) => (T)Member(target, name);

    private static void Near(double expected, double actual, double tolerance, string what) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"{what}: {actual} for {expected}, within {tolerance}");
}
