using System.Text.RegularExpressions;
using Xunit;

namespace SensorNode.Tool.Tests;

public class DemoUpdateCommandTests
{
    [Fact]
    public async Task GoodReleaseIsConfirmed_BadOneGoesBackAtOneNode_ModelIsTaken()
    {
        (int code, string output, string error) = await ToolRun.RunAsync("demo", "--update", "--speed", "100", "--plain");
        Assert.True(code == 0, output + error);
        int position = 0;
        foreach (string step in new[]
        {
            "a good release", "wave 1: 1 node", "fetching", "confirmed", "wave 2: 2 nodes", "3 of 3 run it, 0 failed",
            "a bad release", "wave 1: 1 node", "went back, crashed on trial", "stopped: 1 of 1 nodes", "0 of 3 run it, 1 failed",
            "a model", "2 of 2 run it, 0 failed",
        })
        {
            int found = output.IndexOf(step, position, StringComparison.Ordinal);
            Assert.True(found >= 0, $"no '{step}' where it belongs:\n{output}");
            position = found;
        }

        Assert.Equal(3, Regex.Count(output, @"^\s+motor-\d\s+0\.2\.0\s", RegexOptions.Multiline));
        Assert.Contains("The good release is in force everywhere;", output);
        Assert.Contains("No breach of the Sparkplug rules was seen.", output);
        Assert.DoesNotContain('\u001b', output);
    }

    [Theory]
    [InlineData("--update --for 5", "--for and --console do not go with --update")]
    [InlineData("--update --console", "--for and --console do not go with --update")]
    public async Task WrongUse_IsNamed(string arguments, string expected)
    {
        (int code, string output, string error) = await ToolRun.RunAsync(["demo", .. arguments.Split(' ')]);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(expected, error);
    }
}
