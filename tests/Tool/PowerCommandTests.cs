using SensorNode.Tool.Commands;
using SensorNode.Tool.Power;
using Xunit;

namespace SensorNode.Tool.Tests;

public class PowerCommandTests
{
    private static readonly Dictionary<string, double> s_numbers = PowerAssumption.All.ToDictionary(assumption => assumption.Option, assumption => assumption.Value);

    [Fact]
    public async Task Report_SaysThatItIsAnEstimate_AndIsWhatTheDocumentHas()
    {
        (int code, string output, string error) = await ToolRun.RunAsync("power");
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("Estimate, by arithmetic", output);
        Assert.Equal(PowerCommand.DefaultReport(), output);
        string document = await File.ReadAllTextAsync(RepositoryFile.Path("firmware/docs/power.md"));
        Assert.True(document.Contains(output, StringComparison.Ordinal), "firmware/docs/power.md: put the output of 'sensornode power' in place of its tables");
    }

    [Fact]
    public void Estimate_IsTheFormula_ByHand()
    {
        var estimate = new PowerEstimate(new Dictionary<string, double>(s_numbers)
        {
            ["--cpu-ma"] = 40, ["--radio-ma"] = 100, ["--send-ma"] = 200, ["--light-ma"] = 1, ["--deep-ma"] = 0.1, ["--sensor-ma"] = 2, ["--board-ma"] = 3,
            ["--sample-s"] = 1, ["--compute-s"] = 2, ["--connect-s"] = 10, ["--boot-s"] = 4, ["--send-share"] = 0.5,
        });
        Assert.Equal(155, estimate.Continuous(), 9);

        // 3 s at 40, 1 s at 2, 10 s at 150, 87 s at 1; then a fifth of the 10 s.
        Assert.Equal(((120 + 2 + 1500 + 87) / 100.0) + 3, estimate.Timed(100, 1)!.Value, 9);
        Assert.Equal(((120 + 2 + 300 + 95) / 100.0) + 3, estimate.Timed(100, 5)!.Value, 9);

        // 7 s at 40, 1 s at 2, a fifth of 10 s at 150, 91 s at 0.1.
        Assert.Equal(((280 + 2 + 300 + 9.1) / 100) + 3, estimate.Deep(100, 5)!.Value, 9);
        Assert.Null(estimate.Timed(12.9, 1));
        Assert.NotNull(estimate.Timed(13, 1));
        Assert.Null(estimate.Deep(16.9, 1));
    }

    [Fact]
    public void LongerIntervalsAndBatches_TakeLess_AndNeverLessThanSleep()
    {
        var estimate = new PowerEstimate(s_numbers);
        Assert.True(estimate.Continuous() > estimate.Timed(60, 1));
        Assert.True(estimate.Timed(60, 1) > estimate.Timed(600, 1));
        Assert.True(estimate.Timed(600, 1) > estimate.Timed(600, 6));
        Assert.True(estimate.Timed(86_400, 1) > s_numbers["--light-ma"]);
        Assert.True(estimate.Deep(600, 1) > estimate.Deep(600, 6));
        Assert.True(estimate.Deep(86_400, 1000) > s_numbers["--deep-ma"]);
    }

    [Fact]
    public async Task GivenNumbers_AreMarkedAsGiven()
    {
        (_, string output, _) = await ToolRun.RunAsync("power", "--interval", "1800", "--board-ma", "0.02", "--batch", "1");
        Assert.Contains("| `--board-ma` | 0.02 mA | regulator, USB chip, LED; always | given |\n", output);
        Assert.Contains("| deep sleep | 1800 s | 1800 s |", output);
        (_, output, _) = await ToolRun.RunAsync("power", "--interval", "5");
        Assert.Contains("| timed, light sleep | 5 s | 30 s | no time left to sleep | - | - | - |\n", output);
    }

    [Theory]
    [InlineData("--interval", "0", "--interval 0: 1 to 86400 seconds are expected")]
    [InlineData("--interval", "NaN", "--interval NaN: 1 to 86400")]
    [InlineData("--batch", "0", "--batch 0: 1 to 1000 windows are expected")]
    [InlineData("--cpu-ma", "-1", "--cpu-ma '-1' is not a number from 0 to 1000")]
    [InlineData("--send-share", "2", "--send-share '2' is not a number from 0 to 1")]
    [InlineData("--battery-mah", "0", "--battery-mah '0' is not a number from 1 to 1000000")]
    public async Task WrongNumbers_AreNamed(string option, string value, string expected)
    {
        (int code, string output, string error) = await ToolRun.RunAsync("power", option, value);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(expected, error);
    }
}
