namespace SensorNode.Replay;

/// <summary>One way of learning from and scoring a set of recordings: one or several models, each with a plan of its own.</summary>
/// <param name="Name">For the table.</param>
/// <param name="SetName">Folder of the set.</param>
/// <param name="Options">How recordings are cut when scored, and learned unless said otherwise.</param>
/// <param name="Models">Learn and score rows of each model: file, from, to.</param>
/// <param name="LearnOptions">How healthy recordings are cut, where it differs.</param>
/// <param name="Baseline">Floating-point baseline, as given with the recordings: 8 centroids over 16 and over 32 bands.</param>
public sealed record Protocol(
    string Name, string SetName, ReplayOptions Options, IReadOnlyList<IReadOnlyList<ProtocolRow>> Models, ReplayOptions? LearnOptions, string Baseline);

/// <summary>One row of a protocol's plan.</summary>
public sealed record ProtocolRow(bool IsLearn, string File, decimal From, decimal To);

/// <summary>What a protocol gives.</summary>
/// <remarks>In every rate a decision that the gate passed over counts as not alarmed: missed if faulty.</remarks>
public sealed record ProtocolOutcome(Protocol Protocol, int Learned, IReadOnlyList<(bool IsFaulty, Decision Decision)> Decisions)
{
    /// <summary>Decisions of one kind.</summary>
    public IReadOnlyList<Decision> Of(bool isFaulty) => [.. Decisions.Where(d => d.IsFaulty == isFaulty).Select(d => d.Decision)];

    /// <summary>Scores of one kind, gated ones below all others.</summary>
    public IEnumerable<double> Scores(bool isFaulty) => Of(isFaulty).Select(d => d.IsRunning ? d.Score : 0);

    /// <summary>Area under the curve.</summary>
    public double Area => Roc.Area(Scores(false), Scores(true));

    /// <summary>True positives at 1 % false positives.</summary>
    public double TruePositives => Roc.TruePositives(Scores(false), Scores(true), 0.01);

    /// <summary>Share of one kind over the node's own threshold, each decision by itself.</summary>
    public double Raw(bool isFaulty) => Share(isFaulty, d => d.IsRunning && d.ScoreQ8 > 0);

    /// <summary>Share of one kind with warning or alarm.</summary>
    public double Alarmed(bool isFaulty) => Share(isFaulty, d => d.IsRunning && d.Alarm > 0);

    /// <summary>Share of one kind that the gate passed over.</summary>
    public double Gated(bool isFaulty) => Share(isFaulty, d => !d.IsRunning);

    private double Share(bool isFaulty, Func<Decision, bool> what)
    {
        IReadOnlyList<Decision> all = Of(isFaulty);
        return all.Count == 0 ? double.NaN : all.Count(what) / (double)all.Count;
    }
}
