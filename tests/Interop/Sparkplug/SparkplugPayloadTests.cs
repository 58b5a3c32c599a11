using System.Text.Json;
using Google.Protobuf;
using SensorNode.Sparkplug.Host;
using SensorNode.Sparkplug.Host.Wire;
using Xunit;

namespace SensorNode.Interop.Tests.Sparkplug;

/// <summary>Payloads decoded by npm sparkplug-payload, which shares nothing with our encoders.</summary>
public class SparkplugPayloadTests
{
    private static async Task<JsonElement> DecodeAsync(byte[] payload)
    {
        using NodeScript script = NodeScript.Start("decode.js", "sparkplug-payload");
        script.Write(Convert.ToHexString(payload));
        JsonElement answer = await script.ReadAsync();
        Assert.False(answer.TryGetProperty("error", out JsonElement error), error.ToString());
        return answer;
    }

    [SkippableFact]
    public async Task Birth_FromTheHostLibrary()
    {
        JsonElement answer = (await DecodeAsync(Births.Birth().ToByteArray())).GetProperty("library");
        Assert.Equal(0, answer.GetProperty("seq").GetInt32());
        Assert.Equal(Births.T0, answer.GetProperty("timestamp").GetUInt64());
        JsonElement[] metrics = [.. answer.GetProperty("metrics").EnumerateArray()];
        Assert.Equal(["bdSeq", "Node Control/Rebirth", "Speed", "Vibration/RMS", "Bands"], metrics.Select(metric => metric.GetProperty("name").GetString()));
        Assert.Equal(5, metrics[0].GetProperty("value").GetInt32());
        Assert.False(metrics[1].GetProperty("value").GetBoolean());
        Assert.Equal(-7, metrics[2].GetProperty("value").GetInt32());
        Assert.Equal("Int32", metrics[2].GetProperty("type").GetString());
        Assert.Equal(1.5, metrics[3].GetProperty("value").GetDouble());
        Assert.Equal("mm/s", metrics[3].GetProperty("properties").GetProperty("engUnit").GetProperty("value").GetString());
        Assert.Equal(JsonValueKind.Null, metrics[4].GetProperty("value").ValueKind);
    }

    [SkippableFact]
    public async Task Command_FromTheHostLibrary()
    {
        DateTime now = DateTime.UnixEpoch.AddMilliseconds(Births.T0);
        JsonElement answer = (await DecodeAsync(SparkplugCommands.RequestRebirth(now))).GetProperty("library");
        JsonElement metric = answer.GetProperty("metrics")[0];
        Assert.Equal("Node Control/Rebirth", metric.GetProperty("name").GetString());
        Assert.True(metric.GetProperty("value").GetBoolean());
        Assert.Equal("Boolean", metric.GetProperty("type").GetString());
    }

    [SkippableFact]
    public async Task Data_FromTheHostLibrary()
    {
        // The library wants a data type in each metric; the plain fields are compared.
        JsonElement answer = (await DecodeAsync(Births.Data(7).ToByteArray())).GetProperty("raw");
        Assert.Equal(7, answer.GetProperty("seq").GetInt32());
        Assert.Equal(2, answer.GetProperty("metrics")[0].GetProperty("alias").GetInt32());
        Assert.Equal(12, answer.GetProperty("metrics")[0].GetProperty("intValue").GetInt32());
        Assert.Equal([0xD0, 0x8A, 0x30, 0x75], answer.GetProperty("metrics")[1].GetProperty("bytesValue").EnumerateArray().Select(b => b.GetInt32()));
    }
}
