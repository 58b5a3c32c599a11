namespace SensorNode.Replay;

/// <summary>Runs protocols through the firmware's own bits.</summary>
public static class ProtocolRunner
{
    /// <summary>Runs one.</summary>
    /// <exception cref="ReplayException">Data that does not fit.</exception>
    public static ProtocolOutcome Run(Protocol protocol, RecordingSet set)
    {
        var decisions = new List<(bool, Decision)>();
        int learned = 0;
        foreach (IReadOnlyList<ProtocolRow> model in protocol.Models)
        {
            var rows = new List<ReplayRow>();
            foreach (ProtocolRow row in model)
            {
                Recording recording = set.Find(row.File) ?? throw new ReplayException($"{set.Folder}: there is no {row.File}");
                rows.Add(ReplayPlan.Row(rows.Count + 2, row.IsLearn, recording, row.From, row.To));
            }

            ReplayResult result = ReplayEngine.Run(new ReplayPlan(protocol.Name, rows), protocol.Options, null, recording => Cut(protocol, recording));
            learned += result.LearnedWindows;
            decisions.AddRange(result.Rows.SelectMany(r => r.Decisions.Select(d => (r.Row.Recording.IsFaulty, d))));
        }

        return new ProtocolOutcome(protocol, learned, decisions);
    }

    private static ReplayOptions Cut(Protocol protocol, Recording recording) =>
        protocol.LearnOptions == null || recording.IsFaulty ? protocol.Options : protocol.LearnOptions;
}
