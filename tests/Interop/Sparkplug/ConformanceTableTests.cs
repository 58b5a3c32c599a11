using System.Text.RegularExpressions;
using Xunit;

namespace SensorNode.Interop.Tests.Sparkplug;

/// <summary>firmware/docs/sparkplug.md says what is so: its figures add up, its tests exist, and it knows every rule that the checker names.</summary>
public partial class ConformanceTableTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(NodeScript.Metadata("InteropFolder"), "..", ".."));
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Root, "firmware", "docs", "sparkplug.md"));

    private static List<string[]> Rows => Lines.Where(line => line.StartsWith('|')).Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())
        .Where(cells => cells.Length == 4 && cells[0] is not ("assertion" or "---")).ToList();

    [Fact]
    public void EveryAssertionOfTheKit_StandsOnce_AndNoOther()
    {
        string[] kit = [.. File.ReadAllLines(Path.Combine(Root, "tests", "Interop", "Sparkplug", "edge-assertions.txt")).Where(line => line.Length > 0 && line[0] != '#')];
        Assert.Equal(164 + 36, kit.Length);
        Assert.Equal(kit.Order(StringComparer.Ordinal), Rows.Select(cells => cells[0]).Order(StringComparer.Ordinal));
        Assert.All(Rows, cells => Assert.All(cells, cell => Assert.NotEqual("", cell)));
    }

    [Theory]
    [InlineData("met (or checked when node.conf is read)", 2, "met|checked")]
    [InlineData("deviates", 2, "deviates")]
    [InlineData("not met yet", 2, "not met")]
    [InlineData("not used by this node", 2, "not used")]
    [InlineData("up to whoever provisions", 2, "in the hands")]
    [InlineData("proved by a test now", 3, "(?!planned|-$)")]
    [InlineData("test planned", 3, "planned")]
    public void Figures_AddUp(string label, int column, string beginning)
    {
        string line = Assert.Single(Lines, line => line.StartsWith($"| {label} |", StringComparison.Ordinal));
        int counted = Rows.Count(cells => Regex.IsMatch(cells[column], $"^({beginning})"));
        Assert.Equal($"| {label} | {counted} |", line);
    }

    [Fact]
    public void EveryTestNamed_Exists()
    {
        string[] named = Lines.SelectMany(line => TestName().Matches(line)).Select(match => match.Value).ToArray();
        Assert.NotEmpty(named);
        foreach (string name in named)
        {
            string[] parts = name.Split('.');
            Type? type = typeof(ConformanceTableTests).Assembly.GetTypes().SingleOrDefault(type => type.Name == parts[0]);
            Assert.True(type?.GetMethod(parts[1]) != null, $"{name} does not exist");
        }
    }

    [Fact]
    public void EveryRuleOfTheChecker_IsInTheTable()
    {
        HashSet<string> known = [.. Rows.Select(cells => "tck-id-" + cells[0])];
        string[] kinds = ["nbirth", "ndata", "dbirth", "ddata", "ddeath"];
        foreach (string file in Directory.GetFiles(Path.Combine(Root, "tools", "SensorNode.Sparkplug"), "*.cs"))
        {
            foreach (string rule in RuleName().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            {
                Assert.All(kinds.Select(kind => rule.Replace("{kind}", kind)), name => Assert.True(known.Contains(name), $"{name} of {Path.GetFileName(file)} is not in the table"));
            }
        }
    }

    [GeneratedRegex(@"(?<=`)\w+Tests\.\w+(?=`)")]
    private static partial Regex TestName();

    [GeneratedRegex("\"(tck-id-[A-Za-z0-9{}-]+)\"")]
    private static partial Regex RuleName();
}
