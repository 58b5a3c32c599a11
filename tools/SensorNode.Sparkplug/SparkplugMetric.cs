namespace SensorNode.Sparkplug.Host;

/// <summary>One metric of a message, its name and data type filled in from the birth where the message gives only an alias.</summary>
/// <param name="Name">Name.</param>
/// <param name="Alias">Alias, or null.</param>
/// <param name="Datatype">Data type.</param>
/// <param name="Value">See <see cref="MetricValue.TryRead"/>; null where the node says that there is none.</param>
/// <param name="Time">When it was measured, or null.</param>
/// <param name="IsHistorical">True for data that had to wait.</param>
public sealed record SparkplugMetric(string Name, ulong? Alias, SparkplugDatatype Datatype, object? Value, DateTime? Time, bool IsHistorical);
