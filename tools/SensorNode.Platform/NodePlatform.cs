namespace SensorNode.Platform;

/// <summary>Everything that one boot of a node can reach outside itself. Its stand-ins find it in a static field of their own copy.</summary>
public sealed class NodePlatform
{
    /// <summary>I2C buses by number, 1 and up.</summary>
    public required IReadOnlyDictionary<int, EmulatedI2cBus> I2cBuses { get; init; }

    /// <summary>The network; null for a node without one.</summary>
    public INodeNetwork? Network { get; init; }

    /// <summary>Wi-Fi as the world has it.</summary>
    public required WifiState Wifi { get; init; }

    /// <summary>The console.</summary>
    public required INodeConsole Console { get; init; }
}
