namespace SensorNode.Emulator.Machines;

/// <summary>Speed and load over time: states in a row, repeated for ever, with smooth ramps between them.</summary>
public sealed class OperatingSchedule
{
    private readonly OperatingState[] _states;
    private readonly double _rampSeconds;
    private readonly double _cycleSeconds;

    /// <summary>Makes a schedule.</summary>
    /// <param name="rampSeconds">Length of each ramp, shorter than each state.</param>
    /// <param name="states">At least one. Before the first cycle the machine is in the last state.</param>
    public OperatingSchedule(double rampSeconds, params OperatingState[] states)
    {
        if (states.Length == 0 || states.Any(state => state.Seconds <= rampSeconds))
        {
            throw new ArgumentException("A schedule needs states, each longer than the ramp.", nameof(states));
        }

        _states = states;
        _rampSeconds = rampSeconds;
        _cycleSeconds = states.Sum(state => state.Seconds);
    }

    /// <summary>One state for ever.</summary>
    public static OperatingSchedule Steady(double shaftHz, double load = 1) => new(0, new OperatingState(1, shaftHz, load));

    /// <summary>Speed and load at a time.</summary>
    public void At(double seconds, out double shaftHz, out double load)
    {
        double left = seconds - Math.Floor(seconds / _cycleSeconds) * _cycleSeconds;
        int index = 0;
        while (index < _states.Length - 1 && left >= _states[index].Seconds)
        {
            left -= _states[index].Seconds;
            index++;
        }

        OperatingState now = _states[index];
        shaftHz = now.ShaftHz;
        load = now.Load;
        if (left < _rampSeconds && seconds >= _rampSeconds)
        {
            OperatingState before = _states[(index + _states.Length - 1) % _states.Length];
            double part = (1 - Math.Cos(Math.PI * left / _rampSeconds)) / 2;
            shaftHz = before.ShaftHz + part * (now.ShaftHz - before.ShaftHz);
            load = before.Load + part * (now.Load - before.Load);
        }
    }
}
