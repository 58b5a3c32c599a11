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

    private static void RunUntilPhase(PlantTest test, string phase, double limitMinutes) =>
        Assert.True(
            test.Plant.World.RunUntil(() => test.State.Metrics["Detector/Phase"].Value as string == phase, TimeSpan.FromMinutes(limitMinutes), TimeSpan.FromSeconds(1)),
            $"the phase is {test.State.Metrics["Detector/Phase"].Value}, not {phase}; console:\n{test.Tail}");
}
