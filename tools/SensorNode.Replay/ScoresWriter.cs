using System.Globalization;

namespace SensorNode.Replay;

/// <summary>Writes SCORES.csv: one line a decision, the same bytes for the same input everywhere.</summary>
public static class ScoresWriter
{
    /// <summary>Its header.</summary>
    public const string Header = "file,decision,start_frame,running,state,score,alarm";

    /// <summary>Writes all rows.</summary>
    public static void Write(TextWriter writer, IEnumerable<ScoredRow> rows)
    {
        writer.Write(Header + "\n");
        foreach (ScoredRow row in rows)
        {
            string file = row.Row.Recording.File;
            string name = file.AsSpan().IndexOfAny(',', '"') < 0 ? file : "\"" + file.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
            foreach (Decision d in row.Decisions)
            {
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"{name},{d.Index},{d.StartFrame},{(d.IsRunning ? 1 : 0)},{d.State},{d.ScoreText},{d.AlarmText}\n"));
            }
        }
    }
}
