using SensorNode.Emulator.Mqtt;
using SensorNode.Platform;

namespace SensorNode.Interop.Tests.Sparkplug;

/// <summary>Stands between a node and the broker and keeps every packet that the node sends, connection by connection.</summary>
internal sealed class RecordingEndpoint(INetworkEndpoint broker) : INetworkEndpoint
{
    /// <summary>The node's packets; one list a connection, in the order of sending.</summary>
    public List<List<MqttFrame>> Connections { get; } = [];

    /// <summary>Connections open now.</summary>
    public int Open { get; private set; }

    /// <summary>Most connections open at a time.</summary>
    public int OpenMost { get; private set; }

    public IEndpointConnection? Accept(IEndpointPeer peer)
    {
        IEndpointConnection? inner = broker.Accept(peer);
        if (inner == null)
        {
            return null;
        }

        var packets = new List<MqttFrame>();
        Connections.Add(packets);
        Open++;
        OpenMost = Math.Max(OpenMost, Open);
        return new Tap(inner, packets, () => Open--);
    }

    private sealed class Tap(IEndpointConnection inner, List<MqttFrame> packets, Action ended) : IEndpointConnection
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

        public void Closed(bool graceful)
        {
            ended();
            inner.Closed(graceful);
        }
    }
}
