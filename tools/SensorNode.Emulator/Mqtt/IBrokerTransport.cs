namespace SensorNode.Emulator.Mqtt;

/// <summary>What the broker needs from whatever carries one connection: TCP, TLS, or memory under a node's own time.</summary>
/// <remarks>
/// Threads: called while the broker's lock is held, so no member may block, and none may call back into the broker at once.
/// Time:    each connection has its own timeline; the broker never compares the times of two transports.
/// </remarks>
public interface IBrokerTransport
{
    /// <summary>Milliseconds on the timeline of this connection. Never goes back.</summary>
    long NowMs { get; }

    /// <summary>Bytes given to <see cref="Send"/> that have not left yet; 0 where the transport cannot tell.</summary>
    long UnsentBytes { get; }

    /// <summary>Sends bytes, in order. The array is not changed afterwards.</summary>
    void Send(byte[] bytes);

    /// <summary>Closes the connection after everything sent before has left.</summary>
    void Close();

    /// <summary>Calls back once on this connection's timeline; may be left out after the connection is closed.</summary>
    void Schedule(long delayMs, Action action);
}
