using System.Globalization;
using System.Reflection;

namespace SensorNode.KernelGenerator.Measurement;

/// <summary>Prints IL instructions and signal-to-noise ratios of the built firmware.</summary>
internal static class Report
{
    public static readonly int[] Sizes = [128, 256, 512, 1024, 2048];

    public static void Print(string assemblyPath, TextWriter output, bool details)
    {
        var counted = new CountedAssembly(assemblyPath);
        Type type = counted.Assembly.GetType("SensorNode.Dsp.RealFft")!;
        Type power = counted.Assembly.GetType("SensorNode.Dsp.PowerSpectrum")!;
        Type statistics = counted.Assembly.GetType("SensorNode.Dsp.Statistics")!;
        object measured = Activator.CreateInstance(statistics)!;
        output.WriteLine("points  IL FFT  IL Hann power  IL statistics  SNR dB, worst signal, at   0    -20    -40    -60 dBFS");
        foreach (int points in Sizes)
        {
            object fft = Activator.CreateInstance(type, points)!;
            var transform = type.GetMethod("Transform")!.CreateDelegate<Action<short[]>>(fft);
            var copy = type.GetMethod("CopySpectrum")!.CreateDelegate<Action<long[], long[]>>(fft);
            double unit = Math.Pow(2, (int)type.GetProperty("Exponent")!.GetValue(fft)!);
            long cost = 0;
            short[] last = [];
            var line = new List<string>();
            foreach (int level in TestSignals.LevelsDb)
            {
                double worst = double.MaxValue;
                foreach ((string name, short[] samples) in TestSignals.All(points, level))
                {
                    cost = Math.Max(cost, counted.Count(() => transform(samples)));
                    last = samples;
                    double snr = Snr(samples, copy, unit);
                    worst = Math.Min(worst, snr);
                    if (details)
                        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {points} {level} {name}: {snr:F1}"));
                }
                line.Add(string.Create(CultureInfo.InvariantCulture, $"{worst,7:F1}"));
            }
            MethodInfo measure = statistics.GetMethod("Measure")!;
            long statisticsCost = counted.Count(() => measure.Invoke(measured, [fft, last]));
            MethodInfo hann = power.GetMethod("ComputeHann")!;
            long powerCost = counted.Count(() => hann.Invoke(null, [fft]));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{points,6} {cost,7} {powerCost,14} {statisticsCost,14}                         {string.Concat(line)}"));
        }
    }

    private static double Snr(short[] samples, Action<long[], long[]> copy, double unit)
    {
        (double[] re, double[] im) = Reference.Transform(samples);
        int half = samples.Length / 2;
        var actualRe = new long[half + 1];
        var actualIm = new long[half + 1];
        copy(actualRe, actualIm);
        return Reference.Snr(re, im, [.. actualRe.Select(v => v * unit)], [.. actualIm.Select(v => v * unit)]);
    }
}
