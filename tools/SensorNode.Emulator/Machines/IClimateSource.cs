namespace SensorNode.Emulator.Machines;

/// <summary>The climate at the place of a sensor.</summary>
public interface IClimateSource
{
    /// <summary>Takes the values at one moment. Time never goes back from call to call.</summary>
    Climate At(long timeNs);
}
