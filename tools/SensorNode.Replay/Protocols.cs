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
