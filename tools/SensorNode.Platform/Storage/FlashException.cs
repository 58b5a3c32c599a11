namespace SensorNode.Platform;

/// <summary>A file operation failed; the stand-ins turn it into the device's IOException.</summary>
public sealed class FlashException(FlashError error, string path) : Exception($"{error}: {path}")
{
    /// <summary>Why.</summary>
    public FlashError Error { get; } = error;
}
