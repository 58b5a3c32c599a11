using SensorNode.Emulator.Machines;

namespace SensorNode.Emulator.Tests.Chips;

/// <summary>One count more on x at each sample, on y the same reversed, on z the round: so each sample says which one it is.</summary>
internal sealed class CountingVibration(double gPerCount) : IVibrationSource
{
    public const int Round = 400;
    private long _count;

    public void Acceleration(long timeNs, out double x, out double y, out double z)
    {
        x = _count % Round * gPerCount;
        y = -x;
        z = _count / Round % Round * gPerCount;
        _count++;
    }

    /// <summary>The number of a sample.</summary>
    public static int NumberOf(short x, short z) => z * Round + x;
}
