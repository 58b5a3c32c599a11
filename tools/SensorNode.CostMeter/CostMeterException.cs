namespace SensorNode.CostMeter;

/// <summary>The meter cannot count what it was given; the message says what and why.</summary>
public sealed class CostMeterException(string message) : Exception(message);
