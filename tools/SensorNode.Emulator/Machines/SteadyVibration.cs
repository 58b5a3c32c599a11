namespace SensorNode.Emulator.Machines;

/// <summary>Gravity and one pure tone on each axis: the test signal of the laboratory.</summary>
public sealed class SteadyVibration : IVibrationSource
{
    /// <summary>Constant part, in g: x, y, z.</summary>
    public double[] OffsetG { get; init; } = [0, 0, 1];

    /// <summary>Peak of the tone, in g: x, y, z.</summary>
    public double[] PeakG { get; init; } = [0, 0, 0];

    /// <summary>Frequency of the tone, in Hz.</summary>
    public double FrequencyHz { get; init; }

    /// <inheritdoc/>
    public void Acceleration(long timeNs, out double x, out double y, out double z)
    {
        double tone = FrequencyHz == 0 ? 0 : Math.Sin(2 * Math.PI * Math.IEEERemainder(timeNs * 1e-9 * FrequencyHz, 1));
        x = OffsetG[0] + PeakG[0] * tone;
        y = OffsetG[1] + PeakG[1] * tone;
        z = OffsetG[2] + PeakG[2] * tone;
    }
}
