using System.Diagnostics;

namespace SensorNode.Platform;

/// <summary>Real time times a speed, as nanoseconds on a timeline. Guarded by the scheduler's lock.</summary>
internal sealed class ScaledClock(double speed)
{
    private long _anchorNs;
    private long _anchorTicks = Stopwatch.GetTimestamp();

    /// <summary>What the timeline should show now.</summary>
    public long TargetNs => _anchorNs + (long)(Stopwatch.GetElapsedTime(_anchorTicks).TotalNanoseconds * speed);

    /// <summary>Makes the timeline show this now.</summary>
    public void Anchor(long timelineNs)
    {
        _anchorNs = timelineNs;
        _anchorTicks = Stopwatch.GetTimestamp();
    }

    /// <summary>Real milliseconds until the timeline should show this, rounded up; at least 1, at most a second.</summary>
    public int RealMsUntil(long timelineNs)
    {
        double ms = Math.Ceiling((timelineNs - TargetNs) / speed / 1e6);
        return (int)Math.Clamp(ms, 1, 1000);
    }
}
