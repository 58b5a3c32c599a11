namespace SensorNode.Tool.Demo;

/// <summary>One change of the node's state, as an operator saw it.</summary>
/// <param name="NodeTime">Since the node's power came on.</param>
/// <param name="What">birth, learning, normal, warning, alarm, death, ..</param>
/// <param name="Reason">The node's own words, or what else is to say.</param>
/// <param name="DominantHz">Strongest line of the vertical axis at that moment.</param>
/// <param name="Score">Score at that moment.</param>
public sealed record StateChange(TimeSpan NodeTime, string What, string Reason, double? DominantHz, double? Score);
