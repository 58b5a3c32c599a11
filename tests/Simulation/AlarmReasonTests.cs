using SensorNode.Emulator;
using SensorNode.Sparkplug;
using SensorNode.Sparkplug.Host;
using Xunit;

namespace SensorNode.Simulation.Tests;

/// <summary>Detector/Reason belongs to the alarm that stands, and says why learning does not end.</summary>
public class AlarmReasonTests
{
    [Theory]
    [InlineData("Detector Control/Relearn")]
    [InlineData("Detector Control/Extend")]
    public void LearningAnew_EndsAlarmReasonAndScore(string command)
    {
        using var test = new PlantTest(sharesFirmware: true);
        RunUntilWatching(test);
        Shake(test, 1.5);
        test.RunMinutes(15);
        Assert.Equal("alarm", Text(test, "Detector/Alarm"));
        Assert.Contains("sigma", Text(test, "Detector/Reason"), StringComparison.Ordinal);
        test.Write(command, SparkplugDatatype.Boolean, true);
        test.Run(TimeSpan.FromSeconds(10));
        Assert.Equal("none", Text(test, "Detector/Alarm"));
        Assert.Equal("none", Text(test, "Detector/Reason"));
        test.Plant.Command(SparkplugCommands.RequestRebirth(test.Plant.UtcNow));
        test.Run(TimeSpan.FromSeconds(30));
        Assert.Null(test.State.Metrics["Detector/Score"].Value);
    }

    [Fact]
    public void DeepSleep_KeepsTheReasonOfTheAlarmThatStands()
    {
        using var test = new PlantTest("power.profile = deep-sleep\npower.connect_windows = 3\n", sharesFirmware: true);
        RunUntilWatching(test);
        test.RunMinutes(20);
        test.Plant.Core.IsListening = false;
        test.Plant.Core.Cut(SimulatedPlant.ClientId);
        Shake(test, 1.5);
        test.RunMinutes(30);
        test.Plant.Core.IsListening = true;
        test.RunMinutes(60);
        string[] reasons = [.. test.Messages.SelectMany(message => message.Metrics).Where(metric => metric is { Name: "Detector/Reason", Value: string text } && text.Contains("sigma", StringComparison.Ordinal)).Select(metric => (string)metric.Value!).Distinct()];
        Assert.Equal("alarm", Text(test, "Detector/Alarm"));
        Assert.Equal(Text(test, "Detector/Reason"), Assert.Single(reasons));
    }

    [Fact]
    public void MachineThatClipsEveryWindowWhileItIsLearned_SaysThatItCannotBeLearned()
    {
        using var test = new PlantTest(sharesFirmware: true);
        Shake(test, 20);
        test.RunMinutes(45);
        Assert.Equal("learning", Text(test, "Detector/Phase"));
        Assert.Equal("cannot learn: clipped", Text(test, "Detector/Reason"));
        Shake(test, 0.05);
        test.RunMinutes(5);
        Assert.Equal("none", Text(test, "Detector/Reason"));
    }

    private static void RunUntilWatching(PlantTest test) =>
        Assert.True(test.Plant.World.RunUntil(() => Text(test, "Detector/Phase") == "watching", TimeSpan.FromMinutes(120), TimeSpan.FromSeconds(1)));

    private static void Shake(PlantTest test, double peakG)
    {
        for (int axis = 0; axis < 3; axis++)
        {
            test.Plant.Vibration.PeakG[axis] = peakG;
        }
    }

    private static string? Text(PlantTest test, string name) => test.State.Metrics[name].Value as string;
}
