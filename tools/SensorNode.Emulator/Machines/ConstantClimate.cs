namespace SensorNode.Emulator.Machines;

/// <summary>A climate that changes only when somebody changes it.</summary>
public sealed class ConstantClimate(Climate climate) : IClimateSource
{
    /// <summary>The climate from now on.</summary>
    public Climate Climate { get; set; } = climate;

    /// <inheritdoc/>
    public Climate At(long timeNs) => Climate;
}
