using SensorNode.Emulator.Mqtt;
using Xunit;

namespace SensorNode.Emulator.Tests.Mqtt;

public class BrokerFaultsTests
{
    private readonly ManualTimeline _timeline = new();

    private BrokerCore Core(string script, int seed = 1)
    {
        var faults = new BrokerFaults(seed);
        Assert.Null(faults.AddScript(script));
        return new BrokerCore(faults: faults);
    }

    [Fact]
    public void Refuse_IsForTheConnectionsNamed()
    {
        BrokerCore core = Core("refuse connection=2-3");
        Assert.NotNull(new BareClient(core, _timeline).Connection);
        Assert.Null(new BareClient(core, _timeline).Connection);
        Assert.Null(new BareClient(core, _timeline).Connection);
        Assert.NotNull(new BareClient(core, _timeline).Connection);
    }

    [Fact]
    public void NoConnack_LeavesTheClientWaiting()
    {
        var client = new BareClient(Core("no-connack"), _timeline);
        client.Connect("a");
        client.TakeNothing();
        Assert.False(client.IsClosedByBroker);
    }

    [Fact]
    public void Connack_GivesTheCodeAndCloses()
    {
        var client = new BareClient(Core("connack code=3 client=a"), _timeline);
        client.Connect("a");
        Assert.Equal(3, client.Take(MqttPacketType.ConnAck).Body[1]);
        Assert.True(client.IsClosedByBroker);
    }

    [Fact]
    public void NoPuback_LosesOnlyTheOneNamed_AndTheMessageIsDelivered()
    {
        BrokerCore core = Core("no-puback packet=2");
        BareClient subscriber = BareClient.Connected(core, _timeline, "s");
        subscriber.Subscribe("t");
        BareClient client = BareClient.Connected(core, _timeline, "p");
        for (int id = 1; id <= 3; id++)
        {
            client.Publish("t", "x", 1, packetId: id);
            subscriber.TakePublish();
        }

        Assert.Equal(1, client.Take(MqttPacketType.PubAck).Body[1]);
        Assert.Equal(3, client.Take(MqttPacketType.PubAck).Body[1]);
        client.TakeNothing();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(5, 0)]
    [InlineData(7, 0)]
    [InlineData(8, 1)]
    [InlineData(99, 1)]
    public void CutFromTheClient_CountsOnlyAWholePacket(int bytes, int delivered)
    {
        // The second PUBLISH, 8 bytes long, of connection 2.
        BrokerCore core = Core($"cut connection=2 direction=in type=publish packet=2 bytes={bytes}");
        BareClient subscriber = BareClient.Connected(core, _timeline, "s");
        subscriber.Subscribe("t");
        BareClient client = BareClient.Connected(core, _timeline, "p");
        client.Publish("t", "1", 1);
        client.Take(MqttPacketType.PubAck);
        subscriber.TakePublish();
        byte[] second = new PublishPacket(new MqttMessage("t", [1], 1, false), 2, false).ToBytes();
        Assert.Equal(8, second.Length);
        for (int given = 1; given <= second.Length; given++)
        {
            client.Give(second[given - 1]);
            Assert.Equal(given >= Math.Clamp(bytes, 1, second.Length), client.IsClosedByBroker);
        }

        Assert.True(client.IsClosedByBroker);
        client.TakeNothing();
        Assert.Equal(1 + delivered, core.ReadStatistics().MessagesSent);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void CutToTheClient_SendsExactlyThatMany(int bytes)
    {
        BrokerCore core = Core($"cut direction=out packet=2 bytes={bytes}");
        BareClient client = BareClient.Connected(core, _timeline, "p");
        client.Publish("t", "1", 1);
        Assert.True(client.IsClosedByBroker);
        Assert.Equal(4 + bytes, client.Bytes.Count);
    }

    [Fact]
    public void Cut_PublishesTheWill()
    {
        BrokerCore core = Core("cut direction=in type=pingreq bytes=1");
        BareClient watcher = BareClient.Connected(core, _timeline, "w");
        watcher.Subscribe("will");
        BareClient.Connected(core, _timeline, "a", will: new MqttMessage("will", [1], 0, false)).Give(0xC0, 0);
        watcher.TakePublish();
    }

    [Fact]
    public void SlowRead_TakesBytesAtTheRateGiven()
    {
        BrokerCore core = Core("slow-read connection=2 bytes=100");
        BareClient subscriber = BareClient.Connected(core, _timeline, "s");
        subscriber.Subscribe("t");
        var client = new BareClient(core, _timeline);
        client.Connect("a");
        client.Publish("t", new string('x', 497));
        client.TakeNothing();
        _timeline.Advance(1_000);
        client.Take(MqttPacketType.ConnAck);

        // 15 bytes of CONNECT and 503 of PUBLISH at 10 bytes in 100 ms: the 52nd step.
        _timeline.Advance(4_100);
        subscriber.TakeNothing();
        _timeline.Advance(100);
        subscriber.TakePublish();
    }

    [Fact]
    public void Duplicate_SendsAgainWithTheDupFlagForQos1()
    {
        BrokerCore core = Core("duplicate times=2");
        BareClient subscriber = BareClient.Connected(core, _timeline, "s");
        subscriber.Subscribe("t", 1);
        BareClient.Connected(core, _timeline, "p").Publish("t", "x", 1);
        PublishPacket first = subscriber.TakePublish();
        Assert.False(first.IsDuplicate);
        Assert.Equal(first with { IsDuplicate = true }, subscriber.TakePublish() with { Message = first.Message });
        Assert.True(subscriber.TakePublish().IsDuplicate);
        subscriber.TakeNothing();
    }

    [Fact]
    public void Oversize_ComesAfterThePacketNamed()
    {
        BrokerCore core = Core("oversize type=suback bytes=5000 topic=big");
        BareClient client = BareClient.Connected(core, _timeline, "a");
        client.Subscribe("x");
        PublishPacket packet = client.TakePublish();
        Assert.Equal("big", packet.Message.Topic);
        Assert.Equal(5_000, packet.Message.Payload.Length);
    }

    [Theory]
    [InlineData("in")]
    [InlineData("out")]
    public void Delay_HoldsThePacketAndKeepsTheOrder(string direction)
    {
        BrokerCore core = Core($"delay direction={direction} type={(direction == "in" ? "publish" : "puback")} packet=1 ms=500");
        BareClient client = BareClient.Connected(core, _timeline, "a");
        client.Publish("t", "1", 1, packetId: 1);
        _timeline.Advance(100);
        client.Publish("t", "2", 1, packetId: 2);
        _timeline.Advance(399);
        client.TakeNothing();
        _timeline.Advance(1);
        Assert.Equal(1, client.Take(MqttPacketType.PubAck).Body[1]);
        Assert.Equal(2, client.Take(MqttPacketType.PubAck).Body[1]);
    }

    [Fact]
    public void Drop_FromTheClient_IsNeverDelivered()
    {
        BrokerCore core = Core("drop direction=in type=publish packet=1");
        BareClient client = BareClient.Connected(core, _timeline, "a");
        client.Publish("t", "1", 1, packetId: 1);
        client.Publish("t", "2", 1, packetId: 2);
        Assert.Equal(2, client.Take(MqttPacketType.PubAck).Body[1]);
        client.TakeNothing();
    }

    [Theory]
    [InlineData("kept", 1, 1)]
    [InlineData("lost", 0, 0)]
    public void Restart_EndsAllConnectionsWithoutWills_AndRefusesForAWhile(string sessions, int present, int retained)
    {
        BrokerCore core = Core($"restart direction=in type=publish packet=1 sessions={sessions} ms=5000");
        BareClient watcher = BareClient.Connected(core, _timeline, "w", clean: false);
        watcher.Subscribe("#", 1);
        BareClient client = BareClient.Connected(core, _timeline, "a", will: new MqttMessage("will", [1], 1, false));
        client.Publish("t", "1", 1, retain: true);
        Assert.True(client.IsClosedByBroker && watcher.IsClosedByBroker);
        Assert.Equal(0, core.ReadStatistics().WillsPublished);
        Assert.Equal(retained, core.ReadRetained().Count);
        _timeline.Advance(4_999);
        Assert.Null(new BareClient(core, _timeline).Connection);
        _timeline.Advance(1);

        // The script counts on each connection, and this one publishes nothing.
        var again = new BareClient(core, _timeline);
        again.Connect("w", clean: false);
        Assert.Equal(present, again.Take(MqttPacketType.ConnAck).Body[0]);
    }

    [Fact]
    public void SameSeed_GivesTheSameFaults_AnotherSeedOthers()
    {
        string Run(int seed)
        {
            BrokerCore core = Core("no-puback chance=0.3; delay direction=in type=publish chance=0.2 ms=7", seed);
            BareClient client = BareClient.Connected(core, _timeline, "a");
            for (int i = 1; i <= 200; i++)
            {
                client.Publish("t", "x", 1, packetId: i);
                _timeline.Advance(1);
            }

            return Convert.ToHexString([.. client.Bytes]);
        }

        Assert.Equal(Run(1), Run(1));
        Assert.NotEqual(Run(1), Run(2));
    }

    [Theory]
    [InlineData("explode", "'explode' is no kind of fault; there are refuse, no-connack, connack, no-puback")]
    [InlineData("cut bytes", "'bytes' is not key=value")]
    [InlineData("cut bytes=-1", "must be a whole number from 0")]
    [InlineData("cut direction=up", "must be in (from the client) or out")]
    [InlineData("cut type=hello", "must be one of connect, connack")]
    [InlineData("cut type=", "must be one of connect, connack")]
    [InlineData("cut type=3", "must be one of connect, connack")]
    [InlineData("cut packet=0", "must be a count from 1")]
    [InlineData("cut packet=3-2", "must be a count from 1")]
    [InlineData("cut chance=2", "from 0 to 1")]
    [InlineData("cut speed=2", "is not known; keys are connection")]
    [InlineData("restart sessions=some", "must be kept or lost")]
    [InlineData("oversize topic=a/#", "no topic without wildcards")]
    [InlineData("refuse; drop\n\n# remark\ncut x=1", "fault rule 3 ('cut x=1')")]
    public void BadScript_NamesRuleAndKey(string script, string expected)
    {
        var faults = new BrokerFaults();
        Assert.Contains(expected, faults.AddScript(script));
        Assert.NotNull(new BareClient(new BrokerCore(faults: faults), _timeline).Connection);
    }
}
