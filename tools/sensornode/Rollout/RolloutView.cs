using System.Globalization;
using SensorNode.Rollout;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace SensorNode.Tool.Rollout;

/// <summary>Shows a rollout: one line, a picture, a summary.</summary>
public static class RolloutView
{
    private const int RowsMax = 20;
    private const int BarCells = 60;

    /// <summary>One line for a log.</summary>
    public static string Line(RolloutSession session)
    {
        string counts = string.Join("  ", Counts(session.Plan).Select(count => $"{count.Words} {count.Count}"));
        return string.Create(CultureInfo.InvariantCulture, $"{counts}  sent {session.Server.Pieces} pieces, {session.Server.Bytes / 1000.0:0.0} kB");
    }

    /// <summary>The whole picture.</summary>
    public static IRenderable Render(RolloutSession session)
    {
        RolloutPlan plan = session.Plan;
        var bar = new BreakdownChart().Width(BarCells).ShowTagValues();
        foreach ((string words, int count, Color colour) in Counts(plan))
        {
            bar.AddItem(words, count, colour);
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("node", "result", "stored", "why");
        foreach (RolloutNode node in plan.Nodes.Where(node => node.Outcome is not (NodeOutcome.Waiting or NodeOutcome.Confirmed or NodeOutcome.LeftOut)).Take(RowsMax))
        {
            table.AddRow(Markup.Escape(node.Name), RolloutSession.Words(node.Outcome), node.Outcome == NodeOutcome.Fetching ? node.Percent + " %" : "", Markup.Escape(node.Reason));
        }

        return new Rows(new Text(Line(session)), bar, table);
    }

    /// <summary>What there is to say at the end.</summary>
    public static void Summarise(IAnsiConsole console, RolloutSession session)
    {
        RolloutPlan plan = session.Plan;
        string sent = string.Create(CultureInfo.InvariantCulture, $"{session.Server.Pieces} pieces, {session.Server.Bytes} bytes sent, {session.Server.PutOff} requests put off");
        if (plan.Nodes.Count == 0)
        {
            console.WriteLine(sent);
            return;
        }

        RolloutNode[] told = [.. plan.Nodes.Where(node => node.Outcome is not (NodeOutcome.Confirmed or NodeOutcome.Waiting))];
        foreach (RolloutNode node in told.Take(RowsMax))
        {
            console.WriteLine($"  {node.Name}: {RolloutSession.Words(node.Outcome)}{(node.Reason.Length > 0 ? ", " + node.Reason : "")}");
        }

        if (told.Length > RowsMax)
        {
            console.WriteLine($"  and {told.Length - RowsMax} more");
        }

        console.WriteLine($"{plan.Confirmed} of {plan.Wanted} nodes run it, {plan.Failed} failed, {plan.Nodes.Count - plan.Wanted} left out; {session.Waves} waves; {sent}; {session.OffersLeft} offers left at the broker");
    }

    private static IEnumerable<(string Words, int Count, Color Colour)> Counts(RolloutPlan plan)
    {
        foreach (NodeOutcome outcome in Enum.GetValues<NodeOutcome>())
        {
            int count = plan.Nodes.Count(node => node.Outcome == outcome);
            if (count > 0)
            {
                Color colour = outcome switch
                {
                    NodeOutcome.Confirmed => Color.Green,
                    NodeOutcome.Refused or NodeOutcome.WentBack or NodeOutcome.Silent => Color.Red,
                    NodeOutcome.OnTrial => Color.Yellow,
                    NodeOutcome.Fetching or NodeOutcome.Complete or NodeOutcome.Offered => Color.Blue,
                    _ => Color.Grey,
                };
                yield return (outcome == NodeOutcome.Complete ? "complete" : RolloutSession.Words(outcome), count, colour);
            }
        }
    }
}
