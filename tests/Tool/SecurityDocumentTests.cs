using System.Text.RegularExpressions;
using Xunit;

namespace SensorNode.Tool.Tests;

/// <summary>The page on security names tests as proof: each of them is there, and every row has a state and says why.</summary>
public partial class SecurityDocumentTests
{
    private static readonly string s_document = File.ReadAllText(RepositoryFile.Path("firmware/docs/security.md"));

    [Fact]
    public void EveryTestThatIsNamed_Exists()
    {
        Dictionary<string, string> tests = Directory.EnumerateFiles(RepositoryFile.Path("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .GroupBy(file => Path.GetFileNameWithoutExtension(file), file => File.ReadAllText(file)).ToDictionary(group => group.Key, group => string.Concat(group));
        var missing = new List<string>();
        MatchCollection names = TestName().Matches(s_document);
        foreach (Match name in names)
        {
            string type = name.Groups[1].Value;
            string method = name.Groups[2].Value;
            if (!tests.TryGetValue(type, out string? text) || (method.Length > 0 && !text.Contains($" {method}(", StringComparison.Ordinal)))
            {
                missing.Add(name.Value);
            }
        }

        Assert.True(names.Count > 30, $"only {names.Count} tests are named");
        Assert.True(missing.Count == 0, $"firmware/docs/security.md names tests that are not there: {string.Join(", ", missing)}");
    }

    [Fact]
    public void EveryDemand_HasAStateAndAReason()
    {
        string[] rows = [.. s_document[s_document.IndexOf("## Demands", StringComparison.Ordinal)..].Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.Contains("| state |", StringComparison.Ordinal))];
        Assert.True(rows.Length > 60, $"only {rows.Length} rows");
        foreach (string row in rows)
        {
            string[] cells = [.. row.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];
            Assert.True(cells[^2] is "yes" or "partly" or "no" or "-", row);
            Assert.True(cells[^1].Length > 0 || cells[^2] == "-", row);
        }
    }

    [GeneratedRegex(@"`([A-Z]\w+Tests)(?:\.(\w+))?`")]
    private static partial Regex TestName();
}
