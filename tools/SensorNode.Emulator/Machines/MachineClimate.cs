namespace SensorNode.Emulator.Machines;

/// <summary>The temperature of a machine's housing: it follows load, damage and the day with the lag of its mass.</summary>
/// <remarks>Has a time of its own, so that sensors on different buses may ask at different moments. Each sensor gets one of its own.</remarks>
public sealed class MachineClimate(MachineParameters parameters) : IClimateSource
{
    private double _seconds = double.NaN;
    private double _temperatureC;

    /// <inheritdoc/>
    public Climate At(long timeNs)
    {
        double seconds = timeNs * 1e-9;
        if (double.IsNaN(_seconds))
        {
            // Cold at the beginning of world time: the machine has not run before.
            _seconds = 0;
            _temperatureC = AmbientC(0);
        }

        // Steps of a sixtieth of the time constant, fewer and longer ones over a long silence.
        double step = Math.Max(parameters.ThermalSeconds / 60, (seconds - _seconds) / 1000);
        while (_seconds < seconds)
        {
            double next = Math.Min(seconds, _seconds + step);
            double goal = GoalC(next);
            _temperatureC = goal + (_temperatureC - goal) * Math.Exp(-(next - _seconds) / parameters.ThermalSeconds);
            _seconds = next;
        }

        return new Climate(_temperatureC);
    }

    private double AmbientC(double seconds) => parameters.AmbientC + parameters.AmbientSwingC * Math.Sin(2 * Math.PI * seconds / 86_400);

    private double GoalC(double seconds)
    {
        parameters.Schedule.At(seconds, out double shaftHz, out double load);
        double speed = shaftHz / parameters.NominalShaftHz;
        double damage = 0;
        foreach (BearingDefect defect in parameters.Defects)
        {
            damage += defect.Growth.At(seconds);
        }

        return AmbientC(seconds) + speed * (parameters.LoadRiseC * (0.3 + 0.7 * load) + parameters.DamageRiseC * damage);
    }
}
