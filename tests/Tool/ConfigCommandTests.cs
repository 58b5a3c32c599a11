using System.Globalization;
using SensorNode.Tool.Commands;
using SensorNode.Tool.Configuration;
using Xunit;

namespace SensorNode.Tool.Tests;

public sealed class ConfigCommandTests : IDisposable
{
    private const string Least = "sparkplug.group = plant\nmqtt.host = broker\n";

    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public static TheoryData<string> Keys()
    {
        using var firmware = new FirmwareConfiguration();
        return [.. firmware.Describe().Select(setting => setting.Name)];
    }

    [Fact]
    public async Task RightFile_IsSaidToBeRight_WithEitherLineEnd()
    {
        Assert.Equal((0, _file + ": nothing wrong\n", ""), await CheckAsync(Least));
        Assert.Equal((0, _file + ": nothing wrong\n", ""), await CheckAsync(Least.Replace("\n", "\r\n", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Show_PrintsEverySettingInForce_AndReadsBack_ButNoSecret()
    {
        (int code, string output, string error) = await CheckAsync(Least + "mqtt.user = u\nmqtt.password = apricot\nwindow.points = 512\n", "--show");
        Assert.True(code == 0, error);
        Assert.Equal(Keys().Count, output.TrimEnd('\n').Split('\n').Length);
        Assert.Contains("window.points = 512\n", output);
        Assert.Contains("# mqtt.password is set, and not shown\n", output);
        Assert.DoesNotContain("apricot", output);
        Assert.Equal(0, (await CheckAsync(output)).ExitCode);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task EachKey_RefusesAWrongValue_WithLineKeyAndReason(string key)
    {
        using var firmware = new FirmwareConfiguration();
        Setting setting = firmware.Describe().Single(s => s.Name == key);
        string[] wrong = setting.Kind switch
        {
            "Choice" => ["no-such-word", ""],
            "Number" => [(setting.Minimum - 1).ToString(CultureInfo.InvariantCulture), (setting.Maximum + 1L).ToString(CultureInfo.InvariantCulture), "99999999999", "1.5", "x", ""],
            _ => [new string('a', setting.Maximum + 1), "sm\u00f8r"],
        };
        foreach (string value in wrong)
        {
            string rest = string.Concat(Least.Split('\n').Where(line => line.Length > 0 && !line.StartsWith(key + " ", StringComparison.Ordinal)).Select(line => line + "\n"));
            (int code, string output, string error) = await CheckAsync($"{key} = {value}\n{rest}");
            Assert.Equal(1, code);
            Assert.Empty(output);
            Assert.StartsWith($"{_file}: line 1, {key}: ", error);
            Assert.Single(error.TrimEnd('\n').Split('\n'));
        }
    }

    [Theory]
    [InlineData("", ": sparkplug.group: is missing and has no default")]
    [InlineData(Least + "colour = blue", ": line 3, 'colour': there is no such key")]
    [InlineData(Least + "mqtt.host = b", ": line 3, mqtt.host: is already set in line 2")]
    [InlineData(Least + "mqtt.port", ": line 3: 'mqtt.port' is not followed by '='")]
    [InlineData(Least + "board = toaster", ": board: 'toaster' is not one of esp32-devkitc")]
    [InlineData(Least + "window.points = 2048", ": window.points: 2048 is too much for esp32-devkitc")]
    [InlineData(Least + "mqtt.user = u\nmqtt.password = changeme", ": mqtt.password: is a placeholder")]
    [InlineData(Least + "sensor.rate_hz = 1000", ": sensor.rate_hz: 1000 is not a rate of lsm6dso")]
    [InlineData(Least + "sensor.part = kx134\nsensor.rate_hz = 6400", ": sensor.rate_hz: the FIFO of kx134 holds 84 samples, 13.1 ms at 6400 Hz;")]
    [InlineData("\0\u0001\u0002", ": line 1: '???' is not followed by '='")]
    public async Task WrongFile_IsNamed(string text, string expected)
    {
        (int code, _, string error) = await CheckAsync(text);
        Assert.Equal(1, code);
        Assert.Contains(_file + expected, error);
    }

    [Fact]
    public async Task MissingFileFolderOrGiant_IsNamed()
    {
        Assert.Equal((1, "", "sensornode: /nowhere/node.conf: there is no such file; give a node.conf\n"), await ToolRun.RunAsync("config", "check", "/nowhere/node.conf"));
        Assert.Equal((1, "", $"sensornode: {_file}: there is no such file; give a node.conf\n"), await ToolRun.RunAsync("config", "check", _file));
        Assert.Equal((1, "", $"sensornode: {Path.GetTempPath()}: is a folder; give a node.conf\n"), await ToolRun.RunAsync("config", "check", Path.GetTempPath()));
        (int code, _, string error) = await CheckAsync(new string('#', 4097));
        Assert.Equal((1, $"{_file}: node.conf has 4097 bytes; at most 4096 are read\n"), (code, error));
        (code, _, error) = await ToolRun.RunAsync("config", "check");
        Assert.Equal(2, code);
        Assert.EndsWith("Try: sensornode config check --help\n", error);
    }

    [Fact]
    public void Document_HasTheTableThatTheToolPrints()
    {
        string document = File.ReadAllText(RepositoryFile.Path("firmware/docs/configuration.md"));
        Assert.True(document.Contains(ConfigCommand.KeysTable(), StringComparison.Ordinal), "firmware/docs/configuration.md: put the output of 'sensornode config keys' in place of its table");
    }

    public void Dispose() => File.Delete(_file);

    private async Task<(int ExitCode, string Output, string Error)> CheckAsync(string text, params string[] options)
    {
        await File.WriteAllTextAsync(_file, text);
        return await ToolRun.RunAsync(["config", "check", _file, .. options]);
    }
}
