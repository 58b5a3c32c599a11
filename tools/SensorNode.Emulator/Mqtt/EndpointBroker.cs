using SensorNode.Platform;

namespace SensorNode.Emulator.Mqtt;

/// <summary>Front end for nodes in this process: the broker lives on each node's own timeline, so keep-alive and delays follow virtual time.</summary>
public sealed class EndpointBroker(BrokerCore core) : INetworkEndpoint
{
    private int _count;

    /// <inheritdoc/>
    public IEndpointConnection? Accept(IEndpointPeer peer)
    {
        BrokerConnection? connection = core.Accept($"node {Interlocked.Increment(ref _count)}", new Transport(peer));
        return connection == null ? null : new Endpoint(connection);
    }

    private sealed class Transport(IEndpointPeer peer) : IBrokerTransport
    {
        public long NowMs => peer.NowNs / 1_000_000;

        public long UnsentBytes => 0;

        public void Send(byte[] bytes) => peer.Send(bytes);

        public void Close() => peer.Close();

        // Rounded up: a callback on a millisecond's end never comes before the time it was meant for.
        public void Schedule(long delayMs, Action action) => peer.Schedule(Math.Max(0, (NowMs + delayMs) * 1_000_000 - peer.NowNs), action);
    }

    private sealed class Endpoint(BrokerConnection connection) : IEndpointConnection
    {
        public void Received(ReadOnlySpan<byte> bytes) => connection.Received(bytes);

        public void Closed(bool graceful) => connection.Closed(graceful ? "the node closed the connection without DISCONNECT" : "connection lost");
    }
}
