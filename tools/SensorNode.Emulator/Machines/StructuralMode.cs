namespace SensorNode.Emulator.Machines;

/// <summary>One resonance of the structure between bearing and sensor.</summary>
/// <param name="FrequencyHz">Where. Keep it below half the rate of the sensor: a sampled model has no filter before it.</param>
/// <param name="DampingRatio">1 is aperiodic; housings have 0.01 to 0.1.</param>
/// <param name="NoiseRmsG">What friction and flow excite in it at nominal speed and full load, in g RMS.</param>
/// <param name="Gain">By direction: horizontal, vertical, axial.</param>
public sealed record StructuralMode(double FrequencyHz, double DampingRatio, double NoiseRmsG, double[] Gain);
