namespace SensorNode.Replay;

/// <summary>The decisions of one score row.</summary>
public sealed record ScoredRow(ReplayRow Row, IReadOnlyList<Decision> Decisions);

/// <summary>What a replay gives.</summary>
/// <param name="Rows">Score rows in the order of the plan.</param>
/// <param name="Learned">Decisions of the learn rows.</param>
/// <param name="LearnedWindows">Running windows that the baseline was learned from.</param>
/// <param name="Warnings">One line each.</param>
public sealed record ReplayResult(IReadOnlyList<ScoredRow> Rows, IReadOnlyList<ScoredRow> Learned, int LearnedWindows, IReadOnlyList<string> Warnings);

/// <summary>Runs a plan: learn rows first, in the order of the plan, then score rows against the frozen baseline.</summary>
public static class ReplayEngine
{
    /// <summary>Running windows below which the node would go on learning.</summary>
    public const int NodeLearnWindows = 300;

    private const int GateBadWindow = 3;

    /// <summary>Runs a plan.</summary>
    /// <param name="plan">Rows.</param>
    /// <param name="options">How recordings are cut.</param>
    /// <param name="progress">Called after each decision with rows begun, rows in all, decisions made; may be null.</param>
    /// <param name="cut">How a recording is cut, where not all are cut alike; null: as the options say. Window, average and channels must be the same.</param>
    /// <exception cref="ReplayException">Data that does not fit.</exception>
    public static ReplayResult Run(ReplayPlan plan, ReplayOptions options, Action<int, int, int>? progress = null, Func<Recording, ReplayOptions>? cut = null)
    {
        options.Check();
        CheckRows(plan, options);
        cut ??= _ => options;
        Recording reference = plan.Rows.First(r => r.IsLearn).Recording;
        int nanoGPerCount = plan.Rows.Max(r => r.Recording.NanoGPerCount);
        int[] channels = options.ChannelIndexes(reference);
        var warnings = new List<string>();
        using var analysis = new FirmwareAnalysis(options.Window, channels.Length, reference.RateMilliHz, nanoGPerCount, options.Average);
        var learned = new List<ScoredRow>();
        var scored = new List<ScoredRow>();
        int decisionCount = 0;
        var cache = new SampleCache(options, reference, nanoGPerCount, channels.Length, warnings);
        foreach (ReplayRow row in plan.Rows.Where(r => r.IsLearn))
        {
            learned.Add(Play(analysis, cache, row, cut(row.Recording), warnings, Tell));
        }

        if (!analysis.FinishLearning())
        {
            throw new ReplayException($"{plan.Path}: not one of {learned.Sum(r => r.Decisions.Count)} decisions in the learn rows could be learned: {Why(learned)}");
        }

        List<Decision> bad = [.. learned.SelectMany(r => r.Decisions).Where(d => d.Gate == GateBadWindow)];
        if (bad.Count > 0)
        {
            warnings.Add($"{bad.Count} of {learned.Sum(r => r.Decisions.Count)} decisions in the learn rows were not learned: {BadWords(bad)}");
        }

        int count = analysis.LearnedWindows;
        if (count < NodeLearnWindows)
        {
            warnings.Add($"learned from {count} running decisions; a node learns from at least {NodeLearnWindows}");
        }

        foreach (ReplayRow row in plan.Rows.Where(r => !r.IsLearn))
        {
            scored.Add(Play(analysis, cache, row, cut(row.Recording), warnings, Tell));
        }

        return new ReplayResult(scored, learned, count, warnings);

        void Tell() => progress?.Invoke(learned.Count + scored.Count + 1, plan.Rows.Count, ++decisionCount);
    }

    private static ScoredRow Play(FirmwareAnalysis analysis, SampleCache cache, ReplayRow row, ReplayOptions options, List<string> warnings, Action decided)
    {
        analysis.Restart();
        short[][] samples = cache.Read(row.Recording);
        var decisions = new List<Decision>();
        int length = row.Recording.SegmentLength;
        if (length == 0)
        {
            PlayStretch(analysis, samples, row.First, row.End, options, decisions, decided);
        }
        else
        {
            for (int segment = row.First; segment < row.End; segment++)
            {
                PlayStretch(analysis, samples, segment * length, (segment + 1) * length, options, decisions, decided);
            }
        }

        if (decisions.Count == 0)
        {
            warnings.Add($"line {row.Line} of the plan, {row.Recording.File}: too short for a decision of {options.Average} windows of {options.Window}");
        }

        return new ScoredRow(row, decisions);
    }

    // One contiguous stretch: groups of windows do not overlap, and an incomplete group is dropped.
    private static void PlayStretch(FirmwareAnalysis analysis, short[][] samples, int first, int end, ReplayOptions options, List<Decision> decisions, Action decided)
    {
        long span = ((options.Average - 1L) * options.Hop) + options.Window;
        for (long start = first; start + span <= end; start += (long)options.Average * options.Hop)
        {
            analysis.Begin();
            for (int k = 0; k < options.Average; k++)
            {
                analysis.AddWindow(samples, (int)start + (k * options.Hop));
            }

            decisions.Add(analysis.Decide(decisions.Count, (int)start));
            decided();
        }
    }

    // A window that no stretch of a recording can hold is a mistake; a row that is too short for a group is only said.
    private static void CheckRows(ReplayPlan plan, ReplayOptions options)
    {
        foreach (ReplayRow row in plan.Rows)
        {
            bool hasSegments = row.Recording.SegmentLength > 0;
            int room = hasSegments ? row.Recording.SegmentLength : row.Recording.FrameCount;
            if (room < options.Window)
            {
                string where = hasSegments ? "its segments have" : "it has";
                throw new ReplayException($"{plan.Path}:{row.Line}: {row.Recording.File}: a window of {options.Window} frames does not fit, {where} {room}");
            }
        }
    }

    private static string Why(List<ScoredRow> learned)
    {
        List<Decision> all = [.. learned.SelectMany(r => r.Decisions)];
        List<Decision> bad = [.. all.Where(d => d.Gate == GateBadWindow)];
        return all.Count == 0 ? "the rows are too short" : bad.Count > 0 ? $"{bad.Count} have bad samples ({BadWords(bad)})" : "they are unsteady from first to last";
    }

    private static string BadWords(IEnumerable<Decision> bad)
    {
        int bits = bad.Aggregate(0, (b, d) => b | d.Quality);
        return string.Join(", ", new[] { (8, "clipped"), (16, "a channel is constant") }.Where(w => (bits & w.Item1) != 0).Select(w => w.Item2));
    }
}
