namespace SensorNode.Replay;

/// <summary>One row of a plan: what to do with which part of a recording.</summary>
/// <param name="Line">Line of the plan, for messages.</param>
/// <param name="IsLearn">learn, otherwise score.</param>
/// <param name="Recording">The recording.</param>
/// <param name="First">First frame, or first segment where it has segments.</param>
/// <param name="End">One beyond the last.</param>
public sealed record ReplayRow(int Line, bool IsLearn, Recording Recording, int First, int End);

/// <summary>Which parts of which recordings to learn and which to score.</summary>
/// <param name="Path">File, for messages.</param>
/// <param name="Rows">In the order of the plan.</param>
public sealed record ReplayPlan(string Path, IReadOnlyList<ReplayRow> Rows)
{
    private const string Header = "action,file,from,to";

    /// <summary>Reads and checks a plan.</summary>
    /// <param name="path">CSV file with the header action,file,from,to.</param>
    /// <param name="set">The recordings it speaks of.</param>
    /// <exception cref="ReplayException">The first fault.</exception>
    public static ReplayPlan Read(string path, RecordingSet set)
    {
        CsvTable table = CsvTable.Read(path, "--plan", "a CSV file with the columns " + Header, Header);
        var rows = new List<ReplayRow>();
        for (int i = 0; i < table.Rows.Count; i++)
        {
            string action = table.Text(i, "action");
            if (action is not ("learn" or "score"))
            {
                throw table.Wrong(i, "action", action, "learn or score");
            }

            string file = table.Text(i, "file");
            Recording recording = set.Find(file) ?? throw table.Wrong(i, "file", file, $"a file of {System.IO.Path.Combine(set.Folder, "index.csv")}");
            decimal from = table.Number(i, "from", 0, 1);
            decimal to = table.Number(i, "to", 0, 1);
            if (to <= from)
            {
                throw table.Wrong(i, "to", table.Text(i, "to"), $"greater than from, {table.Text(i, "from")}");
            }

            rows.Add(Row(table.Rows[i].Line, action == "learn", recording, from, to));
        }

        if (!rows.Any(r => r.IsLearn))
        {
            throw new ReplayException($"--plan {path}: no learn row; without one there is nothing to judge by");
        }

        return new ReplayPlan(path, rows);
    }

    /// <summary>A row from fractions: exact, so that 0.29 of 100 is 29.</summary>
    public static ReplayRow Row(int line, bool isLearn, Recording recording, decimal from, decimal to)
    {
        int count = recording.SegmentLength == 0 ? recording.FrameCount : recording.SegmentCount;
        return new ReplayRow(line, isLearn, recording, (int)decimal.Floor(from * count), (int)decimal.Floor(to * count));
    }
}
