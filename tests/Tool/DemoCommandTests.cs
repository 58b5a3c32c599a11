using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace SensorNode.Tool.Tests;

public class DemoCommandTests
{
    [Fact]
    public async Task WholeStory_BirthLearningNormalWarningAlarmDeath_AndTheDefectWithinOneBin()
    {
        // The story ends after some 1,100 s of node time, six real seconds at this speed.
        (int code, string output, string error) = await ToolRun.RunAsync("demo", "--for", "30", "--speed", "200", "--plain");

        Assert.True(code == 0, output + error);
        int position = 0;
        foreach (string state in new[] { "birth", "learning", "normal", "warning", "alarm", "death" })
        {
            Match match = new Regex($@"^\d\d:\d\d:\d\d  {state}(:|$)", RegexOptions.Multiline).Match(output, position);
            Assert.True(match.Success, $"no {state} where it belongs:\n{output}");
            position = match.Index;
        }

        Match bins = Regex.Match(output, @"outer race by geometry [\d.]+ Hz: ([\d.]+) bins apart");
        Assert.True(bins.Success, output);
        Assert.InRange(double.Parse(bins.Groups[1].Value, CultureInfo.InvariantCulture), 0, 1);
        Assert.DoesNotContain('\u001b', output);
        Assert.Contains("No breach of the Sparkplug rules was seen.", output);
    }

    [Fact]
    public async Task UnreachableBroker_IsOneLine()
    {
        (int code, _, string error) = await ToolRun.RunAsync("demo", "--for", "5", "--plain", "--broker", "127.0.0.1:1");
        Assert.Equal(1, code);
        Assert.Equal("sensornode: broker 127.0.0.1:1: Connection refused\n", error);
    }

    [Theory]
    [InlineData("--for 0", "--for '0' is not a number from 1 to 86400")]
    [InlineData("--speed nan", "--speed 'nan' is not a number from 0.1 to 200")]
    [InlineData("--broker x:99999", "--broker 'x:99999' is not HOST:PORT")]
    [InlineData("--fast", "'--fast'")]
    public async Task WrongUse_IsNamed(string arguments, string expected)
    {
        (int code, string output, string error) = await ToolRun.RunAsync(["demo", .. arguments.Split(' ')]);
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains(expected, error);
    }
}
