using SensorNode.Emulator.Mqtt;
using Xunit;

namespace SensorNode.Emulator.Tests.Mqtt;

/// <summary>The client's end of an in-memory connection: sends what a test says, keeps what the broker sends.</summary>
internal sealed class BareClient : IBrokerTransport
{
    private readonly ManualTimeline _timeline;
    private readonly MqttFrameReader _reader = new(int.MaxValue);
    private readonly Queue<MqttFrame> _frames = new();

    public BareClient(BrokerCore core, ManualTimeline timeline, string name = "test")
    {
        _timeline = timeline;
        Connection = core.Accept(name, this);
    }

    /// <summary>Null where the broker refused.</summary>
    public BrokerConnection? Connection { get; }

    public bool IsClosedByBroker { get; private set; }

    public List<byte> Bytes { get; } = [];

    public long NowMs => _timeline.NowMs;

    public long UnsentBytes { get; set; }

    /// <summary>Connects, and takes the CONNACK.</summary>
    public static BareClient Connected(BrokerCore core, ManualTimeline timeline, string clientId, bool clean = true, int keepAliveSeconds = 0, MqttMessage? will = null)
    {
        var client = new BareClient(core, timeline);
        client.Connect(clientId, clean, keepAliveSeconds, will);
        MqttFrame answer = client.Take(MqttPacketType.ConnAck);
        Assert.Equal(0, answer.Body[1]);
        return client;
    }

    public void Connect(string clientId, bool clean = true, int keepAliveSeconds = 0, MqttMessage? will = null, string? user = null, byte[]? password = null) =>
        Give(new ConnectPacket(clientId, clean, keepAliveSeconds, will, user, password).ToBytes());

    public void Give(params byte[] bytes) => Connection!.Received(bytes);

    public void Publish(string topic, string text, int quality = 0, bool retain = false, int packetId = 1, bool duplicate = false) =>
        Give(new PublishPacket(new MqttMessage(topic, Text(text), quality, retain), packetId, duplicate).ToBytes());

    /// <summary>Subscribes, and gives the granted QoS.</summary>
    public int Subscribe(string filter, int quality = 0)
    {
        Give(new SubscribePacket(7, [filter], [quality]).ToBytes());
        return Take(MqttPacketType.SubAck).Body[2];
    }

    /// <summary>The next packet, which must be of a type.</summary>
    public MqttFrame Take(MqttPacketType type)
    {
        Assert.True(_frames.TryDequeue(out MqttFrame frame), $"nothing came, {type} expected; closed: {Connection?.CloseReason ?? "no"}");
        Assert.Equal(type, frame.Type);
        return frame;
    }

    public PublishPacket TakePublish()
    {
        Assert.True(PublishPacket.TryParse(Take(MqttPacketType.Publish), out PublishPacket? packet, out string fault), fault);
        return packet!;
    }

    public void TakeNothing() => Assert.Empty(_frames);

    public static byte[] Text(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    public void Send(byte[] bytes)
    {
        Bytes.AddRange(bytes);
        _reader.Append(bytes);
        while (_reader.TryRead(out MqttFrame frame))
        {
            _frames.Enqueue(frame);
        }
    }

    public void Close() => IsClosedByBroker = true;

    public void Schedule(long delayMs, Action action) => _timeline.Schedule(delayMs, action);
}
