namespace SensorNode.Emulator.Machines;

/// <summary>One part of a machine's day.</summary>
/// <param name="Seconds">How long, the ramp into it included.</param>
/// <param name="ShaftHz">Turns a second; 0 is off.</param>
/// <param name="Load">0 idle to 1 full.</param>
public readonly record struct OperatingState(double Seconds, double ShaftHz, double Load);
