using System.Globalization;
using System.Text.RegularExpressions;
using SensorNode.CostMeter;
using SensorNode.Emulator;
using Xunit;

namespace SensorNode.Tool.Tests;

public sealed class SizeCommandTests
{
    [Fact]
    public async Task Report_AddsUp_AndWarnsOfWhatIsOverItsAim()
    {
        (int code, string output, _) = await ToolRun.RunAsync("size", "--types", "0");
        Assert.Equal(0, code);
        int[] rows = [.. Regex.Matches(output, @"^\| (?:SensorNode\.\S+|the platform's [^|]+) \| ([\d,]+) \|", RegexOptions.Multiline).Select(match => Number(match.Groups[1].Value))];
        int total = Number(Regex.Match(output, @"^\| everything deployed \| ([\d,]+)", RegexOptions.Multiline).Groups[1].Value);
        Assert.Equal(total, rows.Sum());
        Assert.Equal(DeployedSize.Estimate(FirmwareFolder.DefaultPath), total);
        Assert.Equal(total > DeployedSize.DeployedTargetBytes, output.Contains("warning: everything deployed takes", StringComparison.Ordinal));
        (code, _, _) = await ToolRun.RunAsync("size", "--strict");
        Assert.Equal(total > DeployedSize.DeployedTargetBytes ? 1 : 0, code);
    }

    [Fact]
    public async Task Types_AreTheLargestFirst_AndHoldTheirIl()
    {
        (_, string output, _) = await ToolRun.RunAsync("size", "--assembly", "SensorNode.App", "--types", "100");
        (int Bytes, int Il)[] types = [.. Regex.Matches(output, @"^\| SensorNode\.\S+ \| ([\d,]+) \| ([\d,]+) \| SensorNode\.App \|", RegexOptions.Multiline).Select(match => (Number(match.Groups[1].Value), Number(match.Groups[2].Value)))];
        Assert.Contains("| SensorNode.Node.Analysis |", output, StringComparison.Ordinal);
        Assert.DoesNotContain("SensorNode.Detection", output, StringComparison.Ordinal);
        Assert.Equal(types.OrderByDescending(type => type.Bytes), types);
        Assert.All(types, type => Assert.InRange(type.Il, 0, type.Bytes));
        int image = DeviceImageSize.Estimate(Path.Combine(FirmwareFolder.DefaultPath, "SensorNode.App.dll"));
        Assert.InRange(types.Sum(type => type.Bytes), image / 3, image);
    }

    [Theory]
    [InlineData("size: --types 1001: 0 to 1000 are expected", "--types", "1001")]
    [InlineData("size: --assembly Nothing: there is no such assembly; there are SensorNode.Analysis, ", "--assembly", "Nothing")]
    public async Task WrongWords_AreNamed(string message, params string[] arguments)
    {
        (int code, string output, string error) = await ToolRun.RunAsync(["size", .. arguments]);
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
