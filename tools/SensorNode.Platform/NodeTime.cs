namespace SensorNode.Platform;

/// <summary>The time of day in the world, and whether a node can ask for it. Outlives reboots.</summary>
public sealed class NodeTime
{
    /// <summary>UTC when the timeline stood at 0.</summary>
    public DateTime UtcAtStart { get; set; } = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Whether the time server answers.</summary>
    public bool IsServerReachable { get; set; } = true;

    /// <summary>Time for an answer of the time server.</summary>
    public long AnswerNs { get; set; } = 50_000_000;

    /// <summary>How much too fast a board's clock goes while it sleeps, in millionths: it then runs from an oscillator that drifts with temperature.</summary>
    public int SleepErrorPpm { get; set; }

    /// <summary>How far the counter of ticks since boot is ahead of the timeline: for what comes after months.</summary>
    public TimeSpan TicksAhead { get; set; }

    /// <summary>True UTC at a time on the timeline, in ticks of 100 ns since year 1.</summary>
    public long UtcTicksAt(long nowNs) => UtcAt(nowNs).Ticks;

    /// <summary>True UTC at a time on the timeline.</summary>
    public DateTime UtcAt(long nowNs) => UtcAtStart.AddTicks(nowNs / 100);
}
