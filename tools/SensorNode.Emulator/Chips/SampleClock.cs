namespace SensorNode.Emulator.Chips;

/// <summary>The moments at which a chip's own oscillator takes samples. Exact to the nanosecond over any time.</summary>
public sealed class SampleClock
{
    private long _originNs;
    private double _periodNs;

    /// <summary>True while samples are taken.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Samples since <see cref="Start"/>.</summary>
    public long Count { get; private set; }

    /// <summary>When the next sample is due.</summary>
    public long NextNs => IsRunning ? _originNs + (long)((Count + 1) * _periodNs) : long.MaxValue;

    /// <summary>Output rate, in Hz.</summary>
    public double RateHz => IsRunning ? 1e9 / _periodNs : 0;

    /// <summary>Starts anew.</summary>
    /// <param name="nowNs">The first sample comes one period after this.</param>
    /// <param name="rateHz">True rate of this part.</param>
    public void Start(long nowNs, double rateHz)
    {
        _originNs = nowNs;
        _periodNs = 1e9 / rateHz;
        Count = 0;
        IsRunning = true;
    }

    /// <summary>Stops.</summary>
    public void Stop() => IsRunning = false;

    /// <summary>The next sample has been taken.</summary>
    public void Step() => Count++;

    /// <summary>Leaves out samples that nobody can ever see, so that a long silence costs nothing.</summary>
    /// <param name="nowNs">Present time.</param>
    /// <param name="keep">Samples before it that are still taken one by one.</param>
    /// <returns>Samples left out.</returns>
    public long SkipUntil(long nowNs, int keep)
    {
        if (!IsRunning)
        {
            return 0;
        }

        long due = (long)((nowNs - _originNs) / _periodNs) - Count;
        long skipped = Math.Max(0, due - keep);
        Count += skipped;
        return skipped;
    }
}
