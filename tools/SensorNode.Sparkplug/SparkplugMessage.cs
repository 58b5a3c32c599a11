namespace SensorNode.Sparkplug.Host;

/// <summary>One decoded message.</summary>
/// <param name="Topic">Where it came.</param>
/// <param name="Time">When the node sent it, or null.</param>
/// <param name="Sequence">0 to 255, or null.</param>
/// <param name="Metrics">Those that could be read.</param>
public sealed record SparkplugMessage(SparkplugTopic Topic, DateTime? Time, int? Sequence, IReadOnlyList<SparkplugMetric> Metrics);
