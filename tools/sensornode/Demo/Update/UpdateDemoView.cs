using Spectre.Console;
using Spectre.Console.Rendering;

namespace SensorNode.Tool.Demo.Update;

/// <summary>Draws the update demo: the nodes as an operator sees them, and the last lines of what happens.</summary>
public sealed class UpdateDemoView
{
    private const int LinesMax = 18;
    private readonly List<string> _lines = [];

    /// <summary>Takes a line.</summary>
    public void Add(string line) => _lines.Add(line);

    /// <summary>The whole picture.</summary>
    public IRenderable Render(UpdateDemo demo) => new Rows(
        new Markup($"[bold]{demo.NodeTime:hh\\:mm\\:ss}[/] of node time"),
        Nodes(demo),
        new Panel(new Text(string.Join('\n', _lines.TakeLast(LinesMax)))).Header("what happens").Expand());

    /// <summary>What there is to say at the end.</summary>
    public static void Summarise(IAnsiConsole console, UpdateDemo demo)
    {
        console.WriteLine();
        console.Write(Nodes(demo));
        console.WriteLine($"{demo.NodeTime:hh\\:mm\\:ss} of node time, {demo.Boots} starts of the boards.");
        foreach (string broken in demo.Broken)
        {
            console.WriteLine("Not as it should be: " + broken + ".");
        }

        if (demo.Broken.Count == 0)
        {
            console.WriteLine("The good release is in force everywhere; the bad one was tried by one node, left, and offered to no other; the model is in force.");
        }

        console.WriteLine(demo.Violations.Count == 0 ? "No breach of the Sparkplug rules was seen." : $"{demo.Violations.Count} breaches of the Sparkplug rules, the first: {demo.Violations[0]}");
    }

    private static Table Nodes(UpdateDemo demo)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("node", "application", "update", "last decision", "model", "detector");
        foreach (string[] row in demo.Rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        return table;
    }
}
