namespace SensorNode.Platform;

/// <summary>The way from a node to other machines. Stand-ins open connections through this; faults of the network live behind it.</summary>
/// <remarks>Threads: called by the thread that holds the node's baton; may block that thread on the scheduler, never on the operating system.</remarks>
public interface INodeNetwork
{
    /// <summary>Whether addresses can be resolved and reached now. Wi-Fi itself is <see cref="WifiState"/>.</summary>
    bool IsReachable { get; }

    /// <summary>Resolves a name, as the device does: every thread of the node waits meanwhile.</summary>
    /// <returns>The address in dotted form, or null where the name is unknown or the network is away.</returns>
    string? Resolve(NodePlatform platform, string host);

    /// <summary>Opens a connection.</summary>
    /// <param name="platform">The node that connects.</param>
    /// <param name="host">Name or address.</param>
    /// <param name="port">TCP port.</param>
    /// <returns>The open stream, or null where nobody answers.</returns>
    INodeStream? Connect(NodePlatform platform, string host, int port);
}
