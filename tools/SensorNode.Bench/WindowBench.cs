using System.Reflection;
using SensorNode.CostMeter;

namespace SensorNode.Bench;

/// <summary>What a window of three axes costs after it was sampled: features and detector, by stage.</summary>
/// <remarks>
/// Windows come from a made-up machine with two speeds, noise and a growing line, the same in every run. The detector learns on
/// the first ones and judges the rest. A figure is that of the most expensive window.
/// </remarks>
internal sealed class WindowBench(MeteredFirmware firmware)
{
    private const int LearnWindows = 80;
    private const int JudgeWindows = 40;
    private const int AxisCount = 3;

    /// <summary>Adds window256x3.il .. window2048x3.il without sampling, their allocations, and stageN.name.il.</summary>
    /// <returns>False where the firmware has no features yet.</returns>
    internal bool Run(BenchReport report, Action<string> progress)
    {
        Type? extractor = firmware.FindType("SensorNode.Analysis", "SensorNode.Features.FeatureExtractor");
        if (extractor == null)
        {
            report.Remark("window, stages and detector were not measured: the firmware has no FeatureExtractor");
            return false;
        }

        foreach (int points in FftBench.Sizes)
        {
            progress($"window of 3 x {points}: features and detector");
            Measure(report, new Pipeline(firmware, extractor, points, AxisCount, LearnWindows), points);
        }

        return true;
    }

    private static void Measure(BenchReport report, Pipeline pipeline, int points)
    {
        var stages = new SortedDictionary<string, long>(StringComparer.Ordinal);
        MeterTotals largest = default;
        long allocatedBytes = 0;
        long learnMost = 0;
        long judgeMost = 0;
        for (int window = 0; window < LearnWindows + JudgeWindows; window++)
        {
            short[][] samples = MachineWindows.Make(points, AxisCount, window);
            Meter.ResetStages();
            MeterTotals cost = Meter.Measure(() => pipeline.Process(samples));
            bool isLast = window == LearnWindows - 1;
            foreach ((string name, StageTotals stage) in Meter.Stages)
            {
                // The window that ends learning builds the baseline, once in the node's life: a figure of its own.
                if (!isLast || name != StageNames.Detector)
                {
                    stages[name] = Math.Max(stages.GetValueOrDefault(name), stage.Sum.TotalInstructions);
                }
            }

            long detector = Meter.Stages.TryGetValue(StageNames.Detector, out StageTotals? judged) ? judged.Sum.TotalInstructions : 0;
            if (isLast)
            {
                report.Add($"stage{points}.baseline.il", detector, "IL", "once, when learning ends: thresholds and baseline");
                continue;
            }

            learnMost = window < LearnWindows ? Math.Max(learnMost, detector) : learnMost;
            judgeMost = window > LearnWindows ? Math.Max(judgeMost, detector) : judgeMost;
            allocatedBytes = Math.Max(allocatedBytes, cost.AllocatedBytes);
            largest = cost.TotalInstructions > largest.TotalInstructions ? cost : largest;
        }

        report.Add($"window{points}x3.analysis.il", largest.TotalInstructions, "IL", $"3 axes x {points}, features and detector, without sampling");
        report.Add($"window{points}x3.alloc.bytes", allocatedBytes, "bytes", "allocated for each window by features and detector");
        MeterTotals[] envelopes = [.. Enumerable.Range(0, JudgeWindows).Select(window => MachineWindows.Make(points, AxisCount, window)[window % AxisCount]).Select(samples => Meter.Measure(() => pipeline.Envelope(samples)))];
        report.Add($"stage{points}.envelope.il", envelopes.Max(cost => cost.TotalInstructions), "IL", "envelope line of one axis with its transform, once in a report interval; next to nothing where the size has none");
        report.Add($"stage{points}.detector.learn.il", learnMost, "IL", "detector, a window learned");
        report.Add($"stage{points}.detector.judge.il", judgeMost, "IL", "detector, a window judged");
        foreach ((string name, long instructions) in stages.Where(stage => stage.Key != StageNames.Detector))
        {
            report.Add($"stage{points}.{name}.il", instructions, "IL", StageNames.Meaning(name) + ", 3 axes");
        }
    }

    /// <summary>The firmware's extractor and detector of one size.</summary>
    private sealed class Pipeline
    {
        private readonly Action _begin;
        private readonly Action<short[], short[], short[], int, int> _add;
        private readonly Func<object> _finish;
        private readonly Func<int, short[], bool> _envelope;
        private readonly MethodInfo _process;
        private readonly object _detector;
        private readonly object _result;

        internal Pipeline(MeteredFirmware firmware, Type extractorType, int points, int axisCount, int learnWindows)
        {
            // LSM6DSO at 8 g: 0.244 mg a count.
            object extractor = MeteredFirmware.Create(extractorType, points, axisCount, 1_666_000, 500_000, 244_000, 32_752, 1);
            _begin = extractorType.GetMethod("Begin")!.CreateDelegate<Action>(extractor);
            _add = extractorType.GetMethod("AddWindow")!.CreateDelegate<Action<short[], short[], short[], int, int>>(extractor);
            _finish = extractorType.GetMethod("Finish")!.CreateDelegate<Func<object>>(extractor);
            _envelope = extractorType.GetMethod("FindEnvelope")!.CreateDelegate<Func<int, short[], bool>>(extractor);
            Type levels = firmware.FindType("SensorNode.Analysis", "SensorNode.Features.WindowFeatures")!;
            Type detector = firmware.FindType("SensorNode.Analysis", "SensorNode.Detection.AnomalyDetector")!;
            _detector = MeteredFirmware.Create(detector, axisCount, (int)levels.GetField("PerAxis")!.GetValue(null)!, learnWindows);
            _process = detector.GetMethod("Process")!;
            _result = MeteredFirmware.Create(firmware.FindType("SensorNode.Analysis", "SensorNode.Detection.DetectorResult")!);
        }

        internal void Envelope(short[] samples) => _envelope(0, samples);

        internal void Process(short[][] samples)
        {
            _begin();
            _add(samples[0], samples[1], samples[2], 0, 0);
            object features = _finish();
            int quality = (int)features.GetType().GetField("Quality")!.GetValue(features)!;
            object vector = features.GetType().GetField("VectorQ8")!.GetValue(features)!;
            _process.Invoke(_detector, [vector, quality, _result]);
        }
    }
}
