namespace SensorNode.Files;

/// <summary>A file cannot be read or written: one line that says which, what is wrong, and what would be right.</summary>
/// <param name="message">That line.</param>
/// <param name="isInUse">True where another program has it open.</param>
public sealed class FileException(string message, bool isInUse) : Exception(message)
{
    /// <summary>Another program has it open.</summary>
    public bool IsInUse { get; } = isInUse;
}
