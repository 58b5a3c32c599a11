using SensorNode.Sparkplug;
using SensorNode.Sparkplug.Host;
using Xunit;

namespace SensorNode.Simulation.Tests;

/// <summary>What a node has learned outlives a restart and a power cut, and goes only on command.</summary>
public class LearningTests
{
    [Fact]
    public void Baseline_OutlivesAPowerCut_AndRelearnForgetsIt()
    {
        using var test = new PlantTest();
        RunUntilPhase(test, "watching", 60);
        test.Plant.Node.PowerOff();
        test.Plant.Node.PowerOn();
        test.RunUntilBirths(2);
        test.RunMinutes(3);
        Assert.Contains("baseline loaded", test.Console.Text);
        Assert.Equal("watching", test.State.Metrics["Detector/Phase"].Value);
        Assert.InRange(Convert.ToInt32(test.State.Metrics["Detector/Learned Windows"].Value, System.Globalization.CultureInfo.InvariantCulture), 30, 40);

        test.Write("Detector Control/Relearn", SparkplugDatatype.Boolean, true);
        Assert.Contains("learning anew", test.Answer);
        RunUntilPhase(test, "learning", 5);

        // What was forgotten stays forgotten: the next start has nothing to load.
        test.Plant.Node.PowerOff();
        test.Plant.Node.PowerOn();
        test.RunUntilBirths(3);
        test.RunMinutes(3);
        Assert.Equal("learning", test.State.Metrics["Detector/Phase"].Value);
        RunUntilPhase(test, "watching", 60);
        test.Judge();
    }

    [Fact]
    public void Trend_IsStoredOnceAnHour_AndGoesOnAfterAPowerCut()
    {
        using var test = new PlantTest(sharesFirmware: true);
        RunUntilPhase(test, "watching", 60);
        test.RunMinutes(61);
        Assert.True(test.Plant.Flash.FileExists("trend.a"));
        Assert.Equal("none", test.State.Metrics["Detector/Alarm"].Value);

        // As if days of scores far beyond usual lay behind it.
        test.Plant.Node.PowerOff();
        byte[] record = test.Plant.Flash.ReadAllBytes("trend.a");
        record[6] = 0;
        record[7] = 8;
        var crc32 = new SensorNode.Emulator.FirmwareSandbox().Bind<Func<byte[], int, int, int>>("SensorNode.Base", "SensorNode.Storage.Crc32", "Compute");
        BitConverter.TryWriteBytes(record.AsSpan(record.Length - 4), crc32(record, 0, record.Length - 4));
        test.Plant.Flash.WriteAllBytes("trend.a", record);
        test.Plant.Node.PowerOn();
        test.RunUntilBirths(2);
        test.RunMinutes(5);
        Assert.NotEqual("none", test.State.Metrics["Detector/Alarm"].Value);
        Assert.StartsWith("slow change", (string)test.State.Metrics["Detector/Reason"].Value!, StringComparison.Ordinal);
    }

    private static void RunUntilPhase(PlantTest test, string phase, double limitMinutes) =>
        Assert.True(
            test.Plant.World.RunUntil(() => test.State.Metrics["Detector/Phase"].Value as string == phase, TimeSpan.FromMinutes(limitMinutes), TimeSpan.FromSeconds(1)),
            $"the phase is {test.State.Metrics["Detector/Phase"].Value}, not {phase}; console:\n{test.Tail}");
}
