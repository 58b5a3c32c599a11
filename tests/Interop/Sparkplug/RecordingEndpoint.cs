using SensorNode.Emulator.Mqtt;
using SensorNode.Platform;

namespace SensorNode.Interop.Tests.Sparkplug;

/// <summary>Stands between a node and the broker and keeps every packet that the node sends, connection by connection.</summary>
internal sealed class RecordingEndpoint(INetworkEndpoint broker) : INetworkEndpoint
{
    /// <summary>The node's packets; one list a connection, in the order of sending.</summary>
    public List<List<MqttFrame>> Connections { get; } = [];

    public IEndpointConnection? Accept(IEndpointPeer peer)
    {
        IEndpointConnection? inner = broker.Accept(peer);
        if (inner == null)
        {
            return null;
        }

        var packets = new List<MqttFrame>();
        Connections.Add(packets);
        return new Tap(inner, packets);
    }

    private sealed class Tap(IEndpointConnection inner, List<MqttFrame> packets) : IEndpointConnection
    {
        private readonly MqttFrameReader _reader = new(1 << 20);

        public void Received(ReadOnlySpan<byte> bytes)
        {
            _reader.Append(bytes);
            while (_reader.TryRead(out MqttFrame frame))
            {
                packets.Add(frame);
            }

            inner.Received(bytes);
        }

        public void Closed(bool graceful) => inner.Closed(graceful);
    }
}
