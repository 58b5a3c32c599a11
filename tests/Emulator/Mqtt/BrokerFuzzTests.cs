using SensorNode.Emulator.Mqtt;
using Xunit;

namespace SensorNode.Emulator.Tests.Mqtt;

/// <summary>Random, mutated and cut input never throws, never upsets other clients, and is not kept.</summary>
public class BrokerFuzzTests
{
    private const int Seed = 20_260_724;

    [Fact]
    public void RandomBytes_NeverThrow()
    {
        var random = new Random(Seed);
        var timeline = new ManualTimeline();
        var core = new BrokerCore(new BrokerOptions { PacketBytesMax = 4096 });
        BareClient witness = BareClient.Connected(core, timeline, "witness");
        witness.Subscribe("#", 1);
        for (int round = 0; round < 4_000; round++)
        {
            var client = new BareClient(core, timeline);
            if (random.Next(4) > 0)
            {
                client.Connect($"fuzz{random.Next(5)}", random.Next(2) == 0);
            }

            for (int part = 0; part < 5 && !client.Connection!.IsClosed; part++)
            {
                byte[] bytes = random.Next(2) == 0 ? RandomBytes(random) : Mutated(random);
                GiveInPieces(random, client, bytes);
            }

            client.Connection!.Closed("end of round");
        }

        Assert.False(witness.Connection!.IsClosed);
        Assert.Equal(1, core.ReadStatistics().ConnectionsOpen);
        witness.Give(0xC0, 0);
    }

    [Fact]
    public void RandomBytes_FromABroker_NeverBreakTheReader()
    {
        var random = new Random(Seed);
        for (int round = 0; round < 20_000; round++)
        {
            var reader = new MqttFrameReader(4096);
            reader.Append(random.Next(2) == 0 ? RandomBytes(random) : Mutated(random));
            while (reader.TryRead(out MqttFrame frame))
            {
                PublishPacket.TryParse(frame, out _, out _);
                SubscribePacket.TryParse(frame, out _, out _);
                ConnectPacket.TryParse(frame.Body, out _, out _, out _);
            }
        }
    }

    [Fact]
    public void PacketsInAnyPieces_GiveTheSame()
    {
        var random = new Random(Seed);
        byte[] stream = Enumerable.Range(0, 200).SelectMany(_ => Valid(random)).ToArray();
        List<string> whole = Read(stream, stream.Length);
        Assert.Equal(200, whole.Count);
        for (int piece = 1; piece < 50; piece += 7)
        {
            Assert.Equal(whole, Read(stream, piece));
        }
    }

    private static List<string> Read(byte[] stream, int piece)
    {
        var reader = new MqttFrameReader(1 << 20);
        var found = new List<string>();
        for (int at = 0; at < stream.Length; at += piece)
        {
            reader.Append(stream.AsSpan(at, Math.Min(piece, stream.Length - at)));
            while (reader.TryRead(out MqttFrame frame))
            {
                found.Add($"{frame.Header:X2} {Convert.ToHexString(frame.Body)}");
            }
        }

        Assert.Null(reader.Fault);
        return found;
    }

    private static void GiveInPieces(Random random, BareClient client, byte[] bytes)
    {
        for (int at = 0; at < bytes.Length;)
        {
            int count = Math.Min(bytes.Length - at, random.Next(1, 40));
            client.Give(bytes.AsSpan(at, count).ToArray());
            at += count;
        }
    }

    private static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(1, 200)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Mutated(Random random)
    {
        byte[] bytes = Valid(random);
        for (int i = random.Next(4); i > 0; i--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return random.Next(5) == 0 ? bytes[..random.Next(1, bytes.Length + 1)] : bytes;
    }

    private static byte[] Valid(Random random)
    {
        string topic = $"t/{random.Next(9)}";
        var message = new MqttMessage(topic, new byte[random.Next(300)], random.Next(3), random.Next(2) == 0);
        return random.Next(6) switch
        {
            0 => new SubscribePacket(random.Next(1, 65536), [topic, "t/#"], [0, 1]).ToBytes(),
            1 => MqttPacketWriter.Acknowledge(MqttPacketType.PubAck, random.Next(1, 65536)),
            2 => MqttPacketWriter.Empty(MqttPacketType.PingReq),
            3 => new ConnectPacket("x", true, 10, message, "u", [1]).ToBytes(),
            _ => new PublishPacket(message, random.Next(1, 65536), false).ToBytes(),
        };
    }
}
