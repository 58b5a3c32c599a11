namespace SensorNode.Emulator.Machines;

/// <summary>What an accelerometer feels, in its own axes.</summary>
public interface IVibrationSource
{
    /// <summary>Acceleration at one moment, gravity included: a chip at rest with z up feels (0, 0, 1).</summary>
    /// <param name="timeNs">Nanoseconds on the world's timeline. Never goes back from call to call; it may jump forward.</param>
    /// <param name="x">In g; likewise y and z.</param>
    /// <param name="y">See x.</param>
    /// <param name="z">See x.</param>
    void Acceleration(long timeNs, out double x, out double y, out double z);
}
