using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace SensorNode.Tool.Tests;

/// <summary>The README's table is a promise about what bench prints.</summary>
public class ReadmeFiguresTests
{
    [Fact]
    public async Task EveryFigureInTheReadme_Holds()
    {
        (int code, string output, string error) = await BenchCommandTests.JsonAsync();
        Assert.True(code == 0, error);
        using JsonDocument json = JsonDocument.Parse(output);
        MatchCollection rows = Regex.Matches(await File.ReadAllTextAsync(RepositoryFile.Path("README.md")), @"^\| `([\w.-]+)` \|.*\| at (most|least) ([\d,]+) \|$", RegexOptions.Multiline);
        Assert.True(rows.Count >= 8, $"{rows.Count} rows of figures were recognised");
        foreach (Match row in rows)
        {
            double promise = double.Parse(row.Groups[3].Value, CultureInfo.InvariantCulture);
            double figure = json.RootElement.GetProperty(row.Groups[1].Value).GetDouble();
            bool holds = row.Groups[2].Value == "most" ? figure <= promise : figure >= promise;
            Assert.True(holds, $"README.md: {row.Groups[1].Value} is {figure}, promised is at {row.Groups[2].Value} {promise}");
        }
    }
}
