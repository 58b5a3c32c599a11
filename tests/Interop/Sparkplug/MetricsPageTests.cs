using SensorNode.Sparkplug.Host;
using Xunit;

namespace SensorNode.Interop.Tests.Sparkplug;

/// <summary>firmware/docs/metrics.md tells of every metric of the birth message and of no other.</summary>
public class MetricsPageTests
{
    [Fact]
    public void Page_HasEveryMetricOfTheBirth()
    {
        using var firmware = new FirmwareMessages();
        var host = new SparkplugHost();
        SparkplugMessage birth = host.Receive(Births.BirthTopic, firmware.Birth(1, 1_700_000_000_000), 0, false)!;
        string page = Path.Combine(Path.GetFullPath(Path.Combine(NodeScript.Metadata("InteropFolder"), "..", "..")), "firmware", "docs", "metrics.md");
        string[] told = [.. File.ReadAllLines(page).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Split('|')[1].Trim()).Where(name => name != "name").Order(StringComparer.Ordinal)];
        string[] sent = [.. birth.Metrics.Select(metric => metric.Name!).Where(name => !name.StartsWith("Config/", StringComparison.Ordinal) && !name.StartsWith("Vibration/Y/", StringComparison.Ordinal) && !name.StartsWith("Vibration/Z/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Assert.Equal(sent, told);
    }
}
