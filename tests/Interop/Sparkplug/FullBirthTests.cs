using System.Reflection;
using System.Text;
using SensorNode.Emulator;
using SensorNode.Sparkplug.Host.Wire;
using Xunit;

namespace SensorNode.Interop.Tests.Sparkplug;

/// <summary>Boards with megabytes of heap tell a sentence on every metric; the others, and nodes that sleep, have births of half that length.</summary>
public class FullBirthTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData("board = esp32-devkitc-wrover\n", true)]
    [InlineData("board = xiao-esp32s3\n", true)]
    [InlineData("board = esp32-devkitc-wrover\npower.profile = timed\nwindow.interval_ms = 60000\n", false)]
    public void Birth_ExplainsItselfWhereTheBoardHasRoom(string configuration, bool isFull)
    {
        using var node = new WiredNode(configuration);
        node.RunUntilSeen("NBIRTH");
        byte[] bytes = node.Payloads[node.Seen.IndexOf("NBIRTH")];
        Payload birth = Payload.Parser.ParseFrom(bytes);
        Assert.InRange(bytes.Length, isFull ? 8_000 : 4_000, isFull ? 18_000 : 8_000);
        foreach (Metric metric in birth.Metrics.Where(metric => metric.Name != "bdSeq"))
        {
            string? sentence = Description(metric);
            Assert.True(isFull ? sentence?.Length > 4 : sentence == null, $"{metric.Name}: {sentence}");
        }

        Assert.Empty(node.Checker.Violations);
    }

    [Fact]
    public void Sentences_AreThoseOfTheMetricsPage()
    {
        using var firmware = new FirmwareMessages(explains: true);
        Payload birth = Payload.Parser.ParseFrom(firmware.Birth(1, 1_700_000_000_000));
        Dictionary<string, string> page = MetricsPageTests.Rows().ToDictionary(row => row[1].Trim(), row => row[3].Trim());
        foreach (Metric metric in birth.Metrics.Where(metric => metric.Name != "bdSeq" && !metric.Name.StartsWith("Config/", StringComparison.Ordinal)))
        {
            // The page may say more, with links.
            string name = metric.Name.Replace("Vibration/Y/", "Vibration/X/", StringComparison.Ordinal).Replace("Vibration/Z/", "Vibration/X/", StringComparison.Ordinal);
            Assert.StartsWith(Description(metric), page[name]);
        }
    }

    [Fact]
    public void Sentences_ArePrintable_AndNoTwoSettingsHaveTheSame()
    {
        using var firmware = new FirmwareMessages(explains: true);
        Payload birth = Payload.Parser.ParseFrom(firmware.Birth(1, 1_700_000_000_000));
        string[] sentences = [.. birth.Metrics.Where(metric => metric.Name != "bdSeq").Select(metric => Description(metric)!)];
        Assert.All(sentences, sentence => Assert.True(Encoding.ASCII.GetBytes(sentence).All(b => b is >= 32 and < 127 && b != '?'), sentence));
        string[] settings = [.. birth.Metrics.Where(metric => metric.Name.StartsWith("Config/", StringComparison.Ordinal)).Select(metric => Description(metric)!)];
        Assert.Equal(settings.Length, settings.Distinct().Count());
    }

    [Fact]
    public void NoList_HasASentenceTooMany()
    {
        using var sandbox = new FirmwareSandbox();
        Type texts = sandbox.Context.LoadFirmware("SensorNode.Boot").GetType("SensorNode.Boot.MetricTexts", true)!;
        Assembly firmware = sandbox.Context.LoadFirmware("SensorNode.Base");
        int node = Constant(firmware, "SensorNode.Sparkplug.NodeMetric", "Count");
        int axis = Constant(firmware, "SensorNode.Sparkplug.Metric", "AxisFirst");
        Assert.Equal(node - 1, Count("OfNode"));
        Assert.Equal(axis - node, Count("OfApplication"));
        Assert.Equal(Constant(firmware, "SensorNode.Sparkplug.Metric", "AxisMetricCount"), Count("OfAxis"));
        Assert.Equal(Constant(firmware, "SensorNode.Configuration.ConfigurationKey", "Count"), Count("OfSettings"));

        int Count(string list) => ((string)texts.GetField(list, BindingFlags.NonPublic | BindingFlags.Static)!.GetRawConstantValue()!).Split('|').Length;

        static int Constant(Assembly assembly, string type, string name) => (int)assembly.GetType(type, true)!.GetField(name)!.GetRawConstantValue()!;
    }

    private static string? Description(Metric metric)
    {
        int index = metric.Properties?.Keys.IndexOf("description") ?? -1;
        return index < 0 ? null : metric.Properties!.Values[index].StringValue;
    }
}
