namespace SensorNode.Platform;

/// <summary>The node at the other end of a connection, seen from the endpoint. May be called from any thread; never blocks.</summary>
public interface IEndpointPeer
{
    /// <summary>Time on the timeline of the node's scheduler: for keep-alive and retry times under virtual time.</summary>
    long NowNs { get; }

    /// <summary>Bytes to the node. They are copied.</summary>
    void Send(ReadOnlySpan<byte> bytes);

    /// <summary>Closes the connection.</summary>
    void Close();

    /// <summary>Calls back on the node's timeline, also when the connection is closed or the node is without power by then.</summary>
    /// <param name="delayNs">From now.</param>
    /// <param name="action">Called like <see cref="IEndpointConnection.Received"/>.</param>
    void Schedule(long delayNs, Action action);
}
