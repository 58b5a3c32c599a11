namespace SensorNode.Tool;

/// <summary>Ends the tool with one clear line on standard error: what is wrong, where, and what would be right.</summary>
public sealed class ToolException(string message, int exitCode = ExitCode.Failure) : Exception(message)
{
    /// <summary>One of <see cref="Tool.ExitCode"/>.</summary>
    public int ExitCode { get; } = exitCode;
}
