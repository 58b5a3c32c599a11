using System.Numerics;
using SensorNode.CostMeter;

namespace SensorNode.Bench;

/// <summary>Instructions and accuracy of the firmware's real FFT.</summary>
internal sealed class FftBench(MeteredFirmware firmware)
{
    private const int AccuracyPoints = 1024;

    internal static readonly int[] Sizes = [256, 512, 1024, 2048];
    internal static readonly int[] Levels = [0, -20, -40, -60];

    /// <summary>Adds fft256.il .. fft2048.il and fft1024.snr.0 .. -60.</summary>
    internal void Run(BenchReport report, Action<string> progress)
    {
        Type type = firmware.FindType("SensorNode.Dsp", "SensorNode.Dsp.RealFft") ?? throw new InvalidOperationException("SensorNode.Dsp has no RealFft");
        foreach (int points in Sizes)
        {
            progress($"FFT of {points} points: instructions");
            Cost(report, type, points);
        }

        var reference = new ReferenceDft(AccuracyPoints);
        foreach (int level in Levels)
        {
            progress($"FFT of {AccuracyPoints} points: accuracy at {level} dBFS");
            Accuracy(report, new Fft(type, AccuracyPoints), reference, level);
        }
    }

    private static void Cost(BenchReport report, Type type, int points)
    {
        var fft = new Fft(type, points);
        MeterTotals largest = default;
        string worst = "";
        foreach (int level in new[] { 0, -40 })
        {
            foreach ((string name, short[] samples) in TestSignals.All(points, level))
            {
                MeterTotals cost = Meter.Measure(() => fft.Transform(samples));
                if (cost.TotalInstructions > largest.TotalInstructions)
                {
                    largest = cost;
                    worst = name;
                }

                if (cost.AllocatedBytes > 0)
                {
                    report.Remark($"the FFT of {points} points allocates {cost.AllocatedBytes} bytes");
                }
            }
        }

        report.Add($"fft{points}.il", largest.TotalInstructions, "IL", $"real FFT, {points} points, largest over the test signals ({worst})");
    }

    private static void Accuracy(BenchReport report, Fft fft, ReferenceDft reference, int level)
    {
        double least = double.PositiveInfinity;
        string worst = "";
        foreach ((string name, short[] samples) in TestSignals.All(AccuracyPoints, level))
        {
            fft.Transform(samples);
            double ratio = ReferenceDft.SignalToNoiseDb(reference.Transform(samples), fft.Spectrum());
            if (ratio < least)
            {
                least = ratio;
                worst = name;
            }
        }

        report.Add($"fft1024.snr.{level}", least, "dB", $"signal to error over all bins, peak at {level} dBFS, worst signal: {worst}");
    }

    /// <summary>One transform of the firmware, bound to delegates.</summary>
    private sealed class Fft
    {
        private readonly long[] _re;
        private readonly long[] _im;
        private readonly Action<long[], long[]> _copy;
        private readonly double _unit;

        internal Fft(Type type, int points)
        {
            object fft = MeteredFirmware.Create(type, points);
            Transform = type.GetMethod("Transform", [typeof(short[])])!.CreateDelegate<Action<short[]>>(fft);
            _copy = type.GetMethod("CopySpectrum", [typeof(long[]), typeof(long[])])!.CreateDelegate<Action<long[], long[]>>(fft);
            _unit = Math.Pow(2, (int)type.GetProperty("Exponent")!.GetValue(fft)!);
            _re = new long[(points / 2) + 1];
            _im = new long[(points / 2) + 1];
        }

        internal Action<short[]> Transform { get; }

        internal Complex[] Spectrum()
        {
            _copy(_re, _im);
            return [.. _re.Zip(_im, (re, im) => new Complex(re * _unit, im * _unit))];
        }
    }
}
