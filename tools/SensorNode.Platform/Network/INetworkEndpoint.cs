namespace SensorNode.Platform;

/// <summary>Something in this process that nodes can connect to without a socket: the embedded broker.</summary>
/// <remarks>
/// Threads: called on the scheduler's dispatching thread of the connecting node, one call at a time per scheduler. Where several schedulers
/// share one endpoint (many nodes on scaled clocks) calls come from several threads, so the endpoint takes a lock of its own.
/// </remarks>
public interface INetworkEndpoint
{
    /// <summary>A node connects.</summary>
    /// <param name="peer">The way back to the node.</param>
    /// <returns>Where the node's bytes go; null refuses the connection.</returns>
    IEndpointConnection? Accept(IEndpointPeer peer);
}
