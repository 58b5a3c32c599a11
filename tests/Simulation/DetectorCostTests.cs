using SensorNode.Bench;
using SensorNode.CostMeter;
using Xunit;
using Xunit.Abstractions;

namespace SensorNode.Simulation;

/// <summary>What the detector costs at most: sixteen operating states for ten centroids, so that every way through the learner is taken.</summary>
public class DetectorCostTests(ITestOutputHelper output)
{
    private const int AxisCount = 3;
    private const int PerAxis = 23;

    [Fact]
    public void LearningAndJudging_StayBelow60000Instructions_AndAllocateNothing()
    {
        using var firmware = new MeteredFirmware(FirmwareFiles.Folder, FirmwareFiles.References, new Dictionary<string, string>());
        Type type = firmware.FindType("SensorNode.Analysis", "SensorNode.Detection.AnomalyDetector")!;
        object detector = MeteredFirmware.Create(type, AxisCount, PerAxis, 0);
        object result = MeteredFirmware.Create(firmware.FindType("SensorNode.Analysis", "SensorNode.Detection.DetectorResult")!);
        var random = new Random(1);
        (long Instructions, long Bytes) Most(int windows)
        {
            long instructions = 0;
            long bytes = 0;
            for (int i = 0; i < windows; i++)
            {
                object[] arguments = [Window(i / 20 % 16, random), 0, result];
                MeterTotals cost = Meter.Measure(() => type.GetMethod("Process")!.Invoke(detector, arguments));
                instructions = Math.Max(instructions, cost.TotalInstructions);

                // The first windows make the tables of the logarithm, once in a node's life.
                bytes = i < 20 ? 0 : Math.Max(bytes, cost.AllocatedBytes);
            }

            return (instructions, bytes);
        }

        var learn = Most(800);
        Assert.True((bool)type.GetMethod("FinishLearning")!.Invoke(detector, null)!);
        object baseline = type.GetProperty("Baseline")!.GetValue(detector)!;
        Assert.Equal(10, (int)baseline.GetType().GetProperty("StateCount")!.GetValue(baseline)!);
        var judge = Most(320);
        output.WriteLine($"learning at most {learn.Instructions}, judging at most {judge.Instructions} IL instructions");
        Assert.True(learn.Instructions <= 60_000, $"learning: {learn.Instructions}");
        Assert.True(judge.Instructions <= 60_000, $"judging: {judge.Instructions}");
        Assert.Equal((0L, 0L), (learn.Bytes, judge.Bytes));
    }

    private static short[] Window(int state, Random random)
    {
        var shape = new Random(state);
        var vector = new short[AxisCount * PerAxis];
        for (int i = 0; i < vector.Length; i++)
        {
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            vector[i] = (short)(3000 + shape.Next(2500) + (60 * normal));
        }

        return vector;
    }
}
