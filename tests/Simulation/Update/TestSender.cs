using System.Buffers.Binary;
using SensorNode.Emulator.Mqtt;
using SensorNode.Update;

namespace SensorNode.Simulation.Tests.Update;

/// <summary>A sender at the plant's broker, with a table from release id to file and nothing else; answers can be spoilt.</summary>
internal sealed class TestSender : IBrokerTransport
{
    private const string Node = "sensornode/sim/node/update/";
    private readonly Dictionary<string, byte[]> _releases = [];
    private readonly MqttFrameReader _reader = new(1 << 20);
    private readonly BrokerCore _core;

    public TestSender(BrokerCore core)
    {
        _core = core;
        BrokerConnection connection = core.Accept("sender", this)!;
        connection.Received(new ConnectPacket("sender", true, 0, null, null, null).ToBytes());
        connection.Received(new SubscribePacket(1, [Node + "request", Node + "state/application"], [0, 0]).ToBytes());
    }

    /// <summary>Requests heard.</summary>
    public int Requests { get; private set; }

    /// <summary>Data bytes sent.</summary>
    public int Bytes { get; private set; }

    /// <summary>States of the application heard, oldest first.</summary>
    public List<byte[]> States { get; } = [];

    /// <summary>Reasons of the states, without repetitions.</summary>
    public List<int> Reasons { get; } = [];

    /// <summary>Changes a reply, or suppresses it with null.</summary>
    public Func<byte[], byte[], byte[]?> Spoil { get; set; } = (_, reply) => reply;

    /// <summary>Called at each request.</summary>
    public Action? Asked { get; set; }

    public long NowMs => 0;

    public long UnsentBytes => 0;

    public void Offer(byte[] release, bool isToGroup = false, Action<byte[]>? change = null)
    {
        _releases[Convert.ToHexString(TestRelease.Id(release))] = release;
        byte[] offer = TestRelease.Offer(release);
        change?.Invoke(offer);
        Publish((isToGroup ? "sensornode/sim/update/" : Node) + "offer/" + (release[40] == 1 ? "application" : "model"), offer, true);
    }

    public void Withdraw(string kind = "application") => Publish(Node + "offer/" + kind, [], true);

    public void Publish(string topic, byte[] payload, bool retain) => _core.Publish(new MqttMessage(topic, payload, 1, retain));

    public void Reply(byte[] payload) => Publish(Node + "reply", payload, false);

    public void Send(byte[] bytes)
    {
        _reader.Append(bytes);
        while (_reader.TryRead(out MqttFrame frame))
        {
            if (frame.Type == MqttPacketType.Publish && PublishPacket.TryParse(frame, out PublishPacket? packet, out _))
            {
                Take(packet!.Message.Topic, packet.Message.Payload);
            }
        }
    }

    public void Close()
    {
    }

    public void Schedule(long delayMs, Action action)
    {
    }

    private void Take(string topic, byte[] payload)
    {
        if (!topic.EndsWith("request", StringComparison.Ordinal))
        {
            if (States.Count == 0 || States[^1][7] != payload[7])
            {
                Reasons.Add(payload[7]);
            }

            States.Add(payload);
            return;
        }

        Requests++;
        Asked?.Invoke();
        byte[] release = _releases[Convert.ToHexString(payload[8..24])];
        int count = BinaryPrimitives.ReadUInt16LittleEndian(payload.AsSpan(6));
        int offset = BinaryPrimitives.ReadInt32LittleEndian(payload.AsSpan(24));
        Bytes += count;
        byte[] reply = [.. "SNRP"u8, 1, 0, payload[6], payload[7], .. payload[8..32], .. release[offset..(offset + count)]];
        if (Spoil(payload, reply) is { } sent)
        {
            Reply(sent);
        }
    }
}
