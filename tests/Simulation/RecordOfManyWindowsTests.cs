using System.Globalization;
using System.Text;
using SensorNode.Emulator;
using SensorNode.Sparkplug.Host;
using Xunit;

namespace SensorNode.Simulation.Tests;

/// <summary>A record tells of all windows of its minute, not of the last one.</summary>
public class RecordOfManyWindowsTests
{
    [Theory]
    [InlineData("power.profile = continuous\n")]
    [InlineData("power.profile = deep-sleep\npower.connect_windows = 30\n")]
    public void ShakenForAThirdOfEachMinute_IsInEveryRecord(string profile)
    {
        using var test = new PlantTest(profile, isStarted: false, sharesFirmware: true);
        string conf = Encoding.ASCII.GetString(test.Plant.Flash.ReadAllBytes("node.conf"));
        test.Plant.Flash.WriteAllBytes("node.conf", Encoding.ASCII.GetBytes(conf.Replace("window.interval_ms = 60000", "window.interval_ms = 10000", StringComparison.Ordinal)));
        test.Plant.Node.PowerOn();
        test.RunUntilBirths(1);
        test.Plant.World.RunUntil(() => test.State.Metrics["Detector/Phase"].Value as string == "watching", TimeSpan.FromMinutes(60), TimeSpan.FromSeconds(1));
        test.RunMinutes(5);
        test.Plant.Core.IsListening = false;
        test.Plant.Core.Cut(SimulatedPlant.ClientId);
        int before = test.Messages.Count;
        for (int minute = 0; minute < 20; minute++)
        {
            Shake(test, 0.5);
            test.Run(TimeSpan.FromSeconds(20));
            Shake(test, 0.02);
            test.Run(TimeSpan.FromSeconds(40));
        }

        test.Plant.Core.IsListening = true;
        test.RunMinutes(20);
        double[] peaks = [.. test.Messages.Skip(before).Where(message => message.Metrics.Any(metric => metric is { Name: "History/Record Number", IsHistorical: true }))
            .Select(message => message.Metrics.FirstOrDefault(metric => metric.Name == "Vibration/X/Acceleration Peak")?.Value).OfType<float>().Select(peak => (double)peak)];
        Assert.True(peaks.Count(peak => peak > 0.4) >= 18, string.Join(' ', peaks.Select(peak => peak.ToString("F2", CultureInfo.InvariantCulture))));
    }

    private static void Shake(PlantTest test, double peakG)
    {
        for (int axis = 0; axis < 3; axis++)
        {
            test.Plant.Vibration.PeakG[axis] = peakG;
        }
    }
}
