namespace SensorNode.Emulator.Machines;

/// <summary>Temperature, air pressure and relative humidity.</summary>
/// <param name="TemperatureC">Degrees Celsius.</param>
/// <param name="PressurePa">Pascal.</param>
/// <param name="HumidityPercent">Percent, 0 to 100.</param>
public readonly record struct Climate(double TemperatureC, double PressurePa = 101_325, double HumidityPercent = 45);
