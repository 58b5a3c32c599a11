using SensorNode.Emulator.Mqtt;
using Xunit;

namespace SensorNode.Emulator.Tests.Mqtt;

public class BrokerCoreTests
{
    private readonly ManualTimeline _timeline = new();
    private readonly BrokerCore _core = new();
    private readonly List<string> _log = [];

    public BrokerCoreTests() => _core.Logged += _log.Add;

    private BareClient Connected(string id, bool clean = true, int keepAliveSeconds = 0, MqttMessage? will = null) =>
        BareClient.Connected(_core, _timeline, id, clean, keepAliveSeconds, will);

    private static MqttMessage Will(bool retain = false) => new("gone/a", BareClient.Text("dead"), 1, retain);

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 1)]
    public void Message_ComesWithTheLowerQosOfPublisherAndSubscriber(int published, int subscribed, int expected)
    {
        BareClient subscriber = Connected("s");
        Assert.Equal(subscribed, subscriber.Subscribe("a/b", subscribed));
        Connected("p").Publish("a/b", "x", published);

        PublishPacket packet = subscriber.TakePublish();
        Assert.Equal(expected, packet.Message.QualityOfService);
        Assert.Equal("x"u8.ToArray(), packet.Message.Payload);
        Assert.False(packet.Message.Retain);
    }

    [Fact]
    public void SubscribeWithQos2_IsGrantedQos1() => Assert.Equal(1, Connected("s").Subscribe("a", 2));

    [Fact]
    public void PublishWithQos1_IsAcknowledgedWithItsId()
    {
        BareClient client = Connected("p");
        client.Publish("a", "x", 1, packetId: 0x1234);
        Assert.Equal(new byte[] { 0x12, 0x34 }, client.Take(MqttPacketType.PubAck).Body);
    }

    [Fact]
    public void PublishWithQos2_SentTwice_IsDeliveredOnce()
    {
        BareClient subscriber = Connected("s");
        subscriber.Subscribe("a");
        BareClient client = Connected("p");
        client.Publish("a", "x", 2, packetId: 5);
        client.Publish("a", "x", 2, packetId: 5, duplicate: true);
        client.Take(MqttPacketType.PubRec);
        client.Take(MqttPacketType.PubRec);
        client.Give(0x62, 2, 0, 5);
        client.Take(MqttPacketType.PubComp);
        client.Publish("a", "y", 2, packetId: 5);

        Assert.Equal("x"u8.ToArray(), subscriber.TakePublish().Message.Payload);
        Assert.Equal("y"u8.ToArray(), subscriber.TakePublish().Message.Payload);
        subscriber.TakeNothing();
    }

    [Fact]
    public void OverlappingFilters_GiveOneCopyWithTheHighestQos()
    {
        BareClient subscriber = Connected("s");
        subscriber.Subscribe("a/#", 0);
        subscriber.Subscribe("a/+", 1);
        Connected("p").Publish("a/b", "x", 1);
        Assert.Equal(1, subscriber.TakePublish().Message.QualityOfService);
        subscriber.TakeNothing();
    }

    [Fact]
    public void RetainedMessage_ComesToLaterSubscriber_AndIsRemovedByAnEmptyOne()
    {
        BareClient publisher = Connected("p");
        publisher.Publish("a/b", "kept", retain: true);
        BareClient first = Connected("s1");
        first.Subscribe("a/+");
        PublishPacket packet = first.TakePublish();
        Assert.True(packet.Message.Retain);
        Assert.Equal("kept"u8.ToArray(), packet.Message.Payload);

        publisher.Publish("a/b", "", retain: true);
        Assert.Empty(first.TakePublish().Message.Payload);
        BareClient second = Connected("s2");
        second.Subscribe("a/+");
        second.TakeNothing();
    }

    [Fact]
    public void RetainedDollarTopic_DoesNotComeToALeadingWildcard()
    {
        Connected("p").Publish("$SYS/x", "1", retain: true);
        BareClient subscriber = Connected("s");
        subscriber.Subscribe("#");
        subscriber.Subscribe("+/x");
        subscriber.TakeNothing();
        subscriber.Subscribe("$SYS/#");
        subscriber.TakePublish();
    }

    [Fact]
    public void Unsubscribe_EndsDelivery()
    {
        BareClient subscriber = Connected("s");
        subscriber.Subscribe("a");
        subscriber.Give(0xA2, 5, 0, 9, 0, 1, (byte)'a');
        Assert.Equal(new byte[] { 0, 9 }, subscriber.Take(MqttPacketType.UnsubAck).Body);
        Connected("p").Publish("a", "x");
        subscriber.TakeNothing();
    }

    [Fact]
    public void LostConnection_PublishesTheWill()
    {
        BareClient watcher = Connected("w");
        watcher.Subscribe("gone/#", 1);
        Connected("a", will: Will()).Connection!.Closed("lost");
        Assert.Equal("dead"u8.ToArray(), watcher.TakePublish().Message.Payload);
        Assert.Equal(1, _core.ReadStatistics().WillsPublished);
    }

    [Fact]
    public void Disconnect_DropsTheWill()
    {
        BareClient watcher = Connected("w");
        watcher.Subscribe("gone/#", 1);
        BareClient client = Connected("a", will: Will());
        client.Give(0xE0, 0);
        Assert.True(client.IsClosedByBroker);
        watcher.TakeNothing();
    }

    [Fact]
    public void RetainedWill_IsKept()
    {
        Connected("a", will: Will(retain: true)).Connection!.Closed("lost");
        Assert.Equal("gone/a", Assert.Single(_core.ReadRetained()).Topic);
    }

    [Fact]
    public void TakeOver_ClosesTheFormerConnection_AndPublishesItsWillFirst()
    {
        BareClient watcher = Connected("w");
        watcher.Subscribe("#", 1);
        BareClient former = Connected("a", will: Will());
        BareClient newer = Connected("a");
        Assert.True(former.IsClosedByBroker);
        Assert.Contains("taken over", former.Connection!.CloseReason);
        Assert.Equal("gone/a", watcher.TakePublish().Message.Topic);
        Assert.False(newer.Connection!.IsClosed);
        Assert.Equal(2, _core.ReadStatistics().ConnectionsOpen);
    }

    [Fact]
    public void SilentClient_IsClosedAfterOneAndAHalfKeepAlives_AndItsWillPublished()
    {
        BareClient watcher = Connected("w");
        watcher.Subscribe("gone/#", 0);
        BareClient client = Connected("a", keepAliveSeconds: 10, will: Will());
        _timeline.Advance(14_999);
        Assert.False(client.IsClosedByBroker);
        client.Give(0xC0, 0);
        client.Take(MqttPacketType.PingResp);
        _timeline.Advance(14_999);
        Assert.False(client.IsClosedByBroker);
        _timeline.Advance(1);
        Assert.True(client.IsClosedByBroker);
        watcher.TakePublish();
    }

    [Fact]
    public void KeepAliveZero_NeverEnds()
    {
        BareClient client = Connected("a");
        _timeline.Advance(1_000_000_000);
        Assert.False(client.IsClosedByBroker);
    }

    [Fact]
    public void ConnectThatDoesNotCome_ClosesTheConnection()
    {
        var client = new BareClient(_core, _timeline);
        _timeline.Advance(10_000);
        Assert.True(client.IsClosedByBroker);
        Assert.Contains("no CONNECT within 10000 ms", client.Connection!.CloseReason);
    }

    [Fact]
    public void PersistentSession_KeepsQos1MessagesAndSubscriptions()
    {
        BareClient client = Connected("a", clean: false);
        client.Subscribe("t", 1);
        client.Give(0xE0, 0);
        BareClient publisher = Connected("p");
        publisher.Publish("t", "1", 1);
        publisher.Publish("t", "lost", 0);
        publisher.Publish("t", "2", 1);

        var again = new BareClient(_core, _timeline);
        again.Connect("a", clean: false);
        Assert.Equal(1, again.Take(MqttPacketType.ConnAck).Body[0]);
        Assert.Equal("1"u8.ToArray(), again.TakePublish().Message.Payload);
        Assert.Equal("2"u8.ToArray(), again.TakePublish().Message.Payload);
        again.TakeNothing();
    }

    [Fact]
    public void UnacknowledgedMessage_ComesAgainAsDuplicateWithTheSameId()
    {
        BareClient client = Connected("a", clean: false);
        client.Subscribe("t", 1);
        Connected("p").Publish("t", "1", 1);
        int packetId = client.TakePublish().PacketId;
        client.Connection!.Closed("lost");

        BareClient again = Connected("a", clean: false);
        PublishPacket packet = again.TakePublish();
        Assert.True(packet.IsDuplicate);
        Assert.Equal(packetId, packet.PacketId);
        again.Give(0x40, 2, (byte)(packetId >> 8), (byte)packetId);
        again.Connection!.Closed("lost");
        Connected("a", clean: false).TakeNothing();
    }

    [Fact]
    public void CleanSession_ThrowsTheFormerSessionAway()
    {
        Connected("a", clean: false).Subscribe("t", 1);
        var again = new BareClient(_core, _timeline);
        again.Connect("a", clean: true);
        Assert.Equal(0, again.Take(MqttPacketType.ConnAck).Body[0]);
        Connected("p").Publish("t", "x", 1);
        again.TakeNothing();
    }

    [Fact]
    public void InflightWindow_HoldsBackUntilAcknowledged_InOrder()
    {
        var core = new BrokerCore(new BrokerOptions { InflightMax = 2 });
        BareClient subscriber = BareClient.Connected(core, _timeline, "s");
        subscriber.Subscribe("t", 1);
        BareClient publisher = BareClient.Connected(core, _timeline, "p");
        for (int i = 0; i < 5; i++)
        {
            publisher.Publish("t", i.ToString(), 1);
        }

        Assert.Equal(2, core.ReadStatistics().MessagesSent);
        for (int i = 0; i < 5; i++)
        {
            PublishPacket packet = subscriber.TakePublish();
            Assert.Equal(BareClient.Text(i.ToString()), packet.Message.Payload);
            subscriber.Give(0x40, 2, (byte)(packet.PacketId >> 8), (byte)packet.PacketId);
        }
    }

    [Fact]
    public void FullQueue_DropsAndCounts()
    {
        var core = new BrokerCore(new BrokerOptions { QueuedMax = 3 });
        BareClient.Connected(core, _timeline, "s", clean: false).Subscribe("t", 1);
        core.Cut("s");
        BareClient publisher = BareClient.Connected(core, _timeline, "p");
        for (int i = 0; i < 5; i++)
        {
            publisher.Publish("t", "x", 1);
        }

        Assert.Equal(2, core.ReadStatistics().MessagesDropped);
    }

    [Fact]
    public void SlowClient_LosesQos0OnceItsWayOutIsFull()
    {
        BareClient subscriber = Connected("s");
        subscriber.Subscribe("t", 0);
        subscriber.UnsentBytes = 5 * 1024 * 1024;
        Connected("p").Publish("t", "x");
        subscriber.TakeNothing();
        Assert.Equal(1, _core.ReadStatistics().MessagesDropped);
    }

    [Theory]
    [InlineData(null, null, 5)]
    [InlineData("node", "wrong", 4)]
    [InlineData("other", "secret", 4)]
    [InlineData("node", "secret", 0)]
    public void Accounts_AreChecked(string? user, string? password, int returnCode)
    {
        var core = new BrokerCore(new BrokerOptions { Users = new Dictionary<string, string> { ["node"] = "secret" } });
        var client = new BareClient(core, _timeline);
        client.Connect("a", user: user, password: password == null ? null : BareClient.Text(password));
        Assert.Equal(returnCode, client.Take(MqttPacketType.ConnAck).Body[1]);
        Assert.Equal(returnCode != 0, client.IsClosedByBroker);
    }

    [Fact]
    public void EmptyClientId_NeedsACleanSession()
    {
        var client = new BareClient(_core, _timeline);
        client.Connect("", clean: false);
        Assert.Equal(2, client.Take(MqttPacketType.ConnAck).Body[1]);
        Connected("");
    }

    [Fact]
    public void OtherProtocolLevel_IsAnsweredWithCode1()
    {
        var client = new BareClient(_core, _timeline);
        client.Give(0x10, 13, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 5, 2, 0, 0, 0, 1, (byte)'a');
        Assert.Equal(1, client.Take(MqttPacketType.ConnAck).Body[1]);
        Assert.True(client.IsClosedByBroker);
    }

    [Fact]
    public void Statistics_CountByTopic()
    {
        BareClient publisher = Connected("p");
        publisher.Publish("a", "12345");
        publisher.Publish("a", "1");
        publisher.Publish("b", "");
        BrokerStatistics statistics = _core.ReadStatistics();
        Assert.Equal(new TopicCount(2, 6, 5 + 5 + 1 + 5), statistics.Topics["a"]);
        Assert.Equal(new TopicCount(1, 0, 5), statistics.Topics["b"]);
        Assert.Equal(3, statistics.MessagesReceived);
    }

    [Fact]
    public void OfflineSessions_AreBounded()
    {
        var core = new BrokerCore(new BrokerOptions { OfflineSessionsMax = 2 });
        for (int i = 0; i < 3; i++)
        {
            BareClient.Connected(core, _timeline, $"c{i}", clean: false).Give(0xE0, 0);
        }

        var oldest = new BareClient(core, _timeline);
        oldest.Connect("c0", clean: false);
        Assert.Equal(0, oldest.Take(MqttPacketType.ConnAck).Body[0]);
        var newest = new BareClient(core, _timeline);
        newest.Connect("c2", clean: false);
        Assert.Equal(1, newest.Take(MqttPacketType.ConnAck).Body[0]);
    }

    [Fact]
    public void ThousandReconnects_LeaveNothingBehind()
    {
        for (int i = 0; i < 1_000; i++)
        {
            BareClient client = Connected("a", will: Will());
            client.Subscribe($"t/{i}", 1);
            client.Connection!.Closed("lost");
        }

        Assert.Equal(0, _core.ReadStatistics().ConnectionsOpen);
        Assert.Equal(1_000, _core.ReadStatistics().WillsPublished);
    }
}
