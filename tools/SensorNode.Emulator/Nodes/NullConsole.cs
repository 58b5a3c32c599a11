using SensorNode.Platform;

namespace SensorNode.Emulator;

/// <summary>A console nobody reads.</summary>
public sealed class NullConsole : INodeConsole
{
    /// <inheritdoc/>
    public void Write(long nowNs, string text)
    {
    }
}
