using SensorNode.Platform;
using Xunit;

namespace SensorNode.Bench.Tests;

public sealed class MessageTapTests
{
    [Fact]
    public void MessagesAreFoundHoweverTheirBytesArrive()
    {
        // PINGREQ, PUBLISH "ab" with 3 bytes, PUBLISH QoS 1 "t" with 200 bytes.
        byte[] stream = [0xC0, 0, 0x30, 7, 0, 2, (byte)'a', (byte)'b', 1, 2, 3, 0x32, 0xCD, 0x01, 0, 1, (byte)'t', 0, 9, .. new byte[200]];
        for (int piece = 1; piece <= stream.Length; piece++)
        {
            var broker = new Sink();
            var tap = new MessageTap(broker);
            IEndpointConnection connection = tap.Accept(null!)!;
            for (int at = 0; at < stream.Length; at += piece)
            {
                connection.Received(stream.AsSpan(at, Math.Min(piece, stream.Length - at)));
            }

            Assert.Equal([("ab", 3, 9), ("t", 200, 208)], tap.Messages);
            Assert.Equal(stream, broker.Bytes);
        }
    }

    [Fact]
    public void ARefusedConnectionStaysRefused() => Assert.Null(new MessageTap(new Refuses()).Accept(null!));

    private sealed class Sink : INetworkEndpoint, IEndpointConnection
    {
        internal List<byte> Bytes { get; } = [];

        public IEndpointConnection? Accept(IEndpointPeer peer) => this;

        public void Received(ReadOnlySpan<byte> bytes) => Bytes.AddRange(bytes);

        public void Closed(bool graceful)
        {
        }
    }

    private sealed class Refuses : INetworkEndpoint
    {
        public IEndpointConnection? Accept(IEndpointPeer peer) => null;
    }
}
