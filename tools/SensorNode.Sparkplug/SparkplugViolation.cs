namespace SensorNode.Sparkplug.Host;

/// <summary>One rule that a message broke.</summary>
/// <param name="Rule">Identifier of the assertion in the Sparkplug 3.0 specification (tck-id-..), or one of ours (sensornode-..).</param>
/// <param name="Topic">Topic of the message.</param>
/// <param name="MessageNumber">Which message since the checker was made, from 1.</param>
/// <param name="Text">What is wrong, with the value found and the value expected.</param>
public sealed record SparkplugViolation(string Rule, string Topic, int MessageNumber, string Text)
{
    /// <summary>One line.</summary>
    public override string ToString() => $"message {MessageNumber} on {Topic}: {Text} ({Rule})";
}
