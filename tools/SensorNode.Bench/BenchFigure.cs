namespace SensorNode.Bench;

/// <summary>One figure of the benchmark.</summary>
/// <param name="Name">Dotted name, as in the JSON.</param>
/// <param name="Value">The number.</param>
/// <param name="Unit">IL, bytes or dB.</param>
/// <param name="Note">What it is, and for which input it was found.</param>
public sealed record BenchFigure(string Name, double Value, string Unit, string Note);
