namespace SensorNode.Replay;

/// <summary>The protocols of the recordings' own description: what is learned, what is scored.</summary>
public static class Protocols
{
    private static readonly string[] Speeds = ["low", "med", "high"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Protocol> All(Func<string, RecordingSet> set) =>
    [
        new("fan, ONE model for off, low, med, high", "fan-msa301", Fan, [[.. Half("off_0_weight.bin"), .. Speeds.SelectMany(Speed)]], null, ".940/.659, .978/.746"),
        new("fan, one model per speed", "fan-msa301", Fan, [.. Speeds.Select(s => Speed(s).ToList())], null, ".996/.882, .997/.946"),
        new("fan, base moved while healthy", "fan-msa301", Fan,
            [[.. Half("low_0_weight.bin"), .. Half("low_0_weight-moving.bin"), new(false, "low_1_weight.bin", 0, 1)]], null, ".739/.000, .754/.000"),
        new("gearbox, loads 0 20 40 60 80 % learned, 10 30 50 70 90 % scored", "gearbox-spectraquest", Whole, [Gearbox()], null, "1.000/1.000, 1.000/1.000"),
        new("cwru, faults recorded at 48 kHz", "cwru-load0", Whole, [Cwru(set("cwru-load0"))], Whole with { Hop = 256 }, "1.000/1.000, 1.000/1.000")
    ];

    /// <summary>The same machines with less to learn from, other orders, axes, windows and rates of decision: what must not matter much.</summary>
    public static IReadOnlyList<Protocol> Variations(Func<string, RecordingSet> set)
    {
        List<ProtocolRow> one = [.. Half("off_0_weight.bin"), .. Speeds.SelectMany(Speed)];
        List<ProtocolRow> Learned(decimal share) => [.. one.Select(r => r.IsLearn ? r with { To = share } : r)];
        List<ProtocolRow> cwru = Cwru(set("cwru-load0"));
        return
        [
            new("fan, ONE model, learned in reverse order", "fan-msa301", Fan, [[.. one.AsEnumerable().Reverse()]], null, ""),
            new("fan, ONE model, learned from a quarter of each", "fan-msa301", Fan, [Learned(0.25m)], null, ""),
            new("fan, ONE model, learned from 5 % of each", "fan-msa301", Fan, [Learned(0.05m)], null, ""),
            new("fan, ONE model, a decision from one window", "fan-msa301", Fan with { Hop = 128, Average = 1 }, [one], null, ""),
            .. new[] { "x", "y", "z", "x,y" }.Select(c => new Protocol($"fan, ONE model, {c} only", "fan-msa301", Fan with { Channels = c.Split(',') }, [one], null, "")),
            .. new[] { 256, 512, 2048 }.Select(n => new Protocol($"gearbox, windows of {n}", "gearbox-spectraquest", new ReplayOptions(n, n, 1, []), [Gearbox()], null, "")),
            new("gearbox, windows of 256, four averaged", "gearbox-spectraquest", new ReplayOptions(256, 256, 4, []), [Gearbox()], null, ""),
            new("gearbox, windows of 512, a2 only", "gearbox-spectraquest", new ReplayOptions(512, 512, 1, ["a2"]), [Gearbox()], null, ""),
            .. new[] { 128, 256, 512 }.Select(n => new Protocol($"cwru, windows of {n}", "cwru-load0", new ReplayOptions(n, n, 1, []), [cwru], null, "")),
            .. new[] { "DE", "FE" }.Select(c => new Protocol($"cwru, windows of 512, {c} only", "cwru-load0", new ReplayOptions(512, 512, 1, [c]), [cwru], null, ""))
        ];
    }

    /// <summary>A decision is a record of one second: two windows of 128, their powers averaged.</summary>
    private static ReplayOptions Fan => new(128, 72, 2, []);

    private static ReplayOptions Whole => new(1024, 1024, 1, []);

    private static IEnumerable<ProtocolRow> Half(string file) => [new(true, file, 0, 0.5m), new(false, file, 0.5m, 1)];

    private static IEnumerable<ProtocolRow> Speed(string speed) => [.. Half(speed + "_0_weight.bin"), new(false, speed + "_1_weight.bin", 0, 1)];

    private static List<ProtocolRow> Gearbox()
    {
        IEnumerable<int> loads = Enumerable.Range(0, 10).Select(i => i * 10);
        return
        [
            .. loads.Select(l => new ProtocolRow(l % 20 == 0, $"h30hz{l}.bin", 0, 1)),
            .. loads.Select(l => new ProtocolRow(false, $"b30hz{l}.bin", 0, 1))
        ];
    }

    // One model of the one healthy recording; only faults whose original rate is the same, so that rates are not what is found.
    private static List<ProtocolRow> Cwru(RecordingSet set) =>
    [
        .. Half(set.Recordings.First(r => !r.IsFaulty).File),
        .. set.Recordings.Where(r => r.IsFaulty && r.Origin.Contains("fs 48000", StringComparison.Ordinal)).Select(r => new ProtocolRow(false, r.File, 0, 1))
    ];
}
