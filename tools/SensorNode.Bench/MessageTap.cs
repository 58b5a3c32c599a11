using SensorNode.Platform;

namespace SensorNode.Bench;

/// <summary>Stands between a node and an endpoint, and notes each MQTT message that the node publishes, from its bytes on the wire.</summary>
internal sealed class MessageTap(INetworkEndpoint endpoint) : INetworkEndpoint
{
    /// <summary>Topic and payload bytes of each message, in order.</summary>
    internal List<(string Topic, int PayloadBytes, int WireBytes)> Messages { get; } = [];

    /// <inheritdoc/>
    public IEndpointConnection? Accept(IEndpointPeer peer) => endpoint.Accept(peer) is { } connection ? new Connection(this, connection) : null;

    private sealed class Connection(MessageTap tap, IEndpointConnection inner) : IEndpointConnection
    {
        private const int PublishType = 3;

        private readonly List<byte> _pending = [];

        public void Received(ReadOnlySpan<byte> bytes)
        {
            _pending.AddRange(bytes);
            while (TryTakePacket(out byte[]? packet, out int headerBytes))
            {
                if (packet[0] >> 4 == PublishType)
                {
                    int topicBytes = (packet[headerBytes] << 8) | packet[headerBytes + 1];
                    string topic = System.Text.Encoding.UTF8.GetString(packet, headerBytes + 2, topicBytes);
                    int identifierBytes = (packet[0] & 6) != 0 ? 2 : 0;
                    tap.Messages.Add((topic, packet.Length - headerBytes - 2 - topicBytes - identifierBytes, packet.Length));
                }
            }

            inner.Received(bytes);
        }

        public void Closed(bool graceful) => inner.Closed(graceful);

        private bool TryTakePacket([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out byte[]? packet, out int headerBytes)
        {
            packet = null;
            int length = 0;
            for (headerBytes = 1; headerBytes < _pending.Count && headerBytes < 5; headerBytes++)
            {
                length |= (_pending[headerBytes] & 127) << (7 * (headerBytes - 1));
                if (_pending[headerBytes] < 128)
                {
                    headerBytes++;
                    if (_pending.Count < headerBytes + length)
                    {
                        return false;
                    }

                    packet = [.. _pending.Take(headerBytes + length)];
                    _pending.RemoveRange(0, packet.Length);
                    return true;
                }
            }

            return false;
        }
    }
}
