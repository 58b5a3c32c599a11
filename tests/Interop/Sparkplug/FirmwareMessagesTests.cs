using System.Text.Json;
using SensorNode.Sparkplug.Host;
using Xunit;

namespace SensorNode.Interop.Tests.Sparkplug;

/// <summary>What the firmware's encoder writes, read by two decoders that share nothing with it.</summary>
public class FirmwareMessagesTests
{
    private const long Utc = (long)Births.T0;

    [Fact]
    public void Session_BreaksNoRule()
    {
        using var firmware = new FirmwareMessages();
        var host = new SparkplugHost();
        host.Receive(Births.BirthTopic, firmware.Birth(5, Utc), 0, false);
        int overruns = firmware.Metric("OverrunCount");
        for (int i = 1; i <= 300; i++)
        {
            firmware.SetNumber(overruns, i, 10_000 + (1_000 * i));
            host.Receive(Births.DataTopic, firmware.Data(i & 255, Utc + (1_000 * i), 10_000 + (1_000 * i)), 0, false);
        }

        host.Receive(Births.BirthTopic, firmware.Birth(5, Utc + 400_000), 0, false);
        host.Receive(Births.DeathTopic, firmware.Death(5), 1, false);
        host.Receive(Births.BirthTopic, firmware.Birth(6, Utc + 500_000), 0, false);

        Assert.Empty(host.Violations);
        NodeState node = host.Nodes["plant/fan-1"];
        Assert.Equal((3, 300, 1), (node.BirthCount, node.DataCount, node.DeathCount));
        Assert.Equal(300, node.Metrics["Health/Overruns"].Value);
        Assert.True(node.Metrics.Count > 40);
    }

    [Fact]
    public void Metrics_StandInTheOrderOfTheirTimes()
    {
        using var firmware = new FirmwareMessages();
        var host = new SparkplugHost();
        host.Receive(Births.BirthTopic, firmware.Birth(5, Utc), 0, false);
        firmware.SetNumber(firmware.Metric("Temperature"), 2100, 12_000);
        firmware.SetNumber(firmware.Metric("OverrunCount"), 1, 11_000);
        host.Receive(Births.DataTopic, firmware.Data(1, Utc + 3_000, 13_000), 0, false);
        Assert.Empty(host.Violations);
    }

    [Fact]
    public void Values_OfEveryKind_AreReadBack()
    {
        using var firmware = new FirmwareMessages();
        var host = new SparkplugHost();
        host.Receive(Births.BirthTopic, firmware.Birth(1, Utc), 0, false);
        Assert.Null(host.Nodes["plant/fan-1"].Metrics["Temperature/Value"].Value);

        int bands = firmware.Metric("AxisFirst") + firmware.Metric("AxisBandLevels");
        short[] levels = [-30000, -1, 0, 1, 30000];
        firmware.SetNumber(firmware.Metric("Temperature"), -1234, 2_000);
        firmware.SetText(firmware.Metric("Zone"), "B", 2_000);
        firmware.SetArray(bands, levels, 2_000);
        firmware.SetNumber(firmware.Metric("OverrunCount"), -5, 2_000);
        SparkplugMessage data = host.Receive(Births.DataTopic, firmware.Data(1, Utc + 3_000, 3_000), 0, false)!;

        Assert.Empty(host.Violations);
        Assert.All(data.Metrics, metric => Assert.Equal(DateTime.UnixEpoch.AddMilliseconds(Utc + 2_000), metric.Time));
        IReadOnlyDictionary<string, SparkplugMetric> metrics = host.Nodes["plant/fan-1"].Metrics;
        Assert.Equal(-12.34f, metrics["Temperature/Value"].Value);
        Assert.Equal("B", metrics["Vibration/Zone"].Value);
        Assert.Equal(levels, metrics["Vibration/X/Band Levels"].Value);
        Assert.Equal(-5, metrics["Health/Overruns"].Value);

        firmware.SetNull(firmware.Metric("Temperature"), 4_000);
        host.Receive(Births.DataTopic, firmware.Data(2, Utc + 4_000, 4_000), 0, false);
        Assert.Empty(host.Violations);
        Assert.Null(metrics["Temperature/Value"].Value);
    }

    [Fact]
    public void Death_SurvivesBeingCarriedAsText()
    {
        using var firmware = new FirmwareMessages();
        for (int bdSeq = 1; bdSeq <= 127; bdSeq++)
        {
            Assert.All(firmware.Death(bdSeq), b => Assert.InRange(b, 1, 127));
        }
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Birth_IsTheSameToSparkplugPayload(bool explains)
    {
        using var firmware = new FirmwareMessages(explains);
        byte[] birth = firmware.Birth(77, Utc);
        using NodeScript script = NodeScript.Start("decode.js", "sparkplug-payload");
        script.Write(Convert.ToHexString(birth));
        JsonElement library = (await script.ReadAsync()).GetProperty("library");
        var host = new SparkplugHost();
        SparkplugMessage ours = host.Receive(Births.BirthTopic, birth, 0, false)!;

        Assert.Equal(0, library.GetProperty("seq").GetInt32());
        Assert.Equal(Utc, library.GetProperty("timestamp").GetInt64());
        JsonElement[] theirs = [.. library.GetProperty("metrics").EnumerateArray()];
        Assert.Equal(ours.Metrics.Count, theirs.Length);
        for (int i = 0; i < theirs.Length; i++)
        {
            Assert.Equal(ours.Metrics[i].Name, theirs[i].GetProperty("name").GetString());
            JsonElement value = theirs[i].GetProperty("value");
            switch (ours.Metrics[i].Value)
            {
                case null: Assert.Equal(JsonValueKind.Null, value.ValueKind); break;
                case string text: Assert.Equal(text, value.GetString()); break;
                case bool flag: Assert.Equal(flag, value.GetBoolean()); break;
                case float single: Assert.Equal(single, value.GetSingle()); break;
                case object number: Assert.Equal(Convert.ToInt64(number), value.GetInt64()); break;
            }
        }
    }

    [SkippableFact]
    public async Task DataAndDeath_AreTheSameToSparkplugPayload()
    {
        using var firmware = new FirmwareMessages();
        firmware.Birth(1, Utc);
        firmware.SetNumber(firmware.Metric("Temperature"), 2150, 1_000);
        using NodeScript script = NodeScript.Start("decode.js", "sparkplug-payload");
        script.Write(Convert.ToHexString(firmware.Data(200, Utc + 1_500, 1_500)));
        JsonElement data = (await script.ReadAsync()).GetProperty("raw");
        Assert.Equal(200, data.GetProperty("seq").GetInt32());
        JsonElement metric = Assert.Single(data.GetProperty("metrics").EnumerateArray());
        Assert.Equal(firmware.Metric("Temperature"), metric.GetProperty("alias").GetInt32());
        Assert.Equal(21.5f, metric.GetProperty("floatValue").GetSingle());
        Assert.Equal(Utc + 1_000, metric.GetProperty("timestamp").GetInt64());

        script.Write(Convert.ToHexString(firmware.Death(99)));
        JsonElement death = (await script.ReadAsync()).GetProperty("library");
        Assert.False(death.TryGetProperty("seq", out _));
        Assert.Equal(99, Assert.Single(death.GetProperty("metrics").EnumerateArray()).GetProperty("value").GetInt32());
    }
}
