namespace SensorNode.Replay;

/// <summary>Data or a plan is wrong. The message is one line: file, line, what is wrong, what would be right.</summary>
/// <param name="message">That line.</param>
/// <param name="isUsage">True where the command line, not the data, is at fault.</param>
public sealed class ReplayException(string message, bool isUsage = false) : Exception(message)
{
    /// <summary>The command line is at fault.</summary>
    public bool IsUsage { get; } = isUsage;
}
