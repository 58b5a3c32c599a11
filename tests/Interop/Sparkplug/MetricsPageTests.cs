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
        string[] told = [.. Rows().Select(row => row[1].Trim()).Order(StringComparer.Ordinal)];
        string[] sent = [.. birth.Metrics.Select(metric => metric.Name!).Where(name => !name.StartsWith("Config/", StringComparison.Ordinal) && !name.StartsWith("Vibration/Y/", StringComparison.Ordinal) && !name.StartsWith("Vibration/Z/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Assert.Equal(sent, told);
    }

    /// <summary>Rows of the page's table, split at the bars: name 1, unit 2, meaning 3.</summary>
    internal static IEnumerable<string[]> Rows()
    {
        string page = Path.Combine(Path.GetFullPath(Path.Combine(NodeScript.Metadata("InteropFolder"), "..", "..")), "firmware", "docs", "metrics.md");
        return File.ReadAllLines(page).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Split('|')).Where(row => row[1].Trim() != "name");
    }
}
