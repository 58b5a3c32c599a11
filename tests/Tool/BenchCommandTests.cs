using System.Text.Json;
using Xunit;

namespace SensorNode.Tool.Tests;

public class BenchCommandTests
{
    private static readonly Lazy<Task<(int ExitCode, string Output, string Error)>> s_json = new(() => ToolRun.RunAsync("bench", "--plain", "--json"));

    /// <summary>One run for all tests that want its figures: it takes a while.</summary>
    internal static Task<(int ExitCode, string Output, string Error)> JsonAsync() => s_json.Value;

    [Fact]
    public async Task JsonWithoutAFile_IsAllThatStandardOutputHolds()
    {
        (int code, string output, string error) = await JsonAsync();

        Assert.True(code == 0, error);
        using JsonDocument json = JsonDocument.Parse(output);
        Assert.All(json.RootElement.EnumerateObject(), figure => Assert.Equal(JsonValueKind.Number, figure.Value.ValueKind));
        Assert.InRange(json.RootElement.GetProperty("fft1024.il").GetInt32(), 1, 100_000);
        Assert.Contains("measuring: ", error);
    }

    [Fact]
    public async Task JsonIntoAFile_LeavesTheTableOnStandardOutput_AndEstimatesSayThatTheyAre()
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            (int code, string output, string error) = await ToolRun.RunAsync("bench", "--plain", "--json", file);

            Assert.True(code == 0, error);
            Assert.Contains("window1024x3.il", output);
            Assert.Contains("Milliseconds are estimates for an ESP32 at 240 MHz that interprets 1.5 million IL instructions a second", output);
            using JsonDocument json = JsonDocument.Parse(await File.ReadAllTextAsync(file));
            Assert.True(json.RootElement.TryGetProperty("heap.peak.bytes", out _));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("--json /nowhere/at/all.json", "--json /nowhere/at/all.json: the folder /nowhere/at does not exist")]
    [InlineData("--jason x", "--jason")]
    public async Task WrongUse_IsNamed(string arguments, string expected)
    {
        (int code, string output, string error) = await ToolRun.RunAsync(["bench", .. arguments.Split(' ')]);

        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.StartsWith("sensornode: ", error);
        Assert.Contains(expected, error);
    }
}
