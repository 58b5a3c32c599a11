using SensorNode.Emulator.Mqtt;
using SensorNode.Sparkplug.Host;
using SensorNode.Sparkplug.Host.Wire;
using Xunit;

namespace SensorNode.Interop.Tests.Sparkplug;

/// <summary>What the whole node puts on the wire: firmware, its MQTT client's stand-in and the broker, packet by packet.</summary>
public class NodeOnTheWireTests
{
    private static readonly DateTime Now = new(2026, 6, 1, 0, 0, 0, DateTimeKind.Utc);

    private static ConnectPacket ConnectOf(WiredNode node, int connection)
    {
        MqttFrame first = node.Recording.Connections[connection][0];
        Assert.Equal(MqttPacketType.Connect, first.Type);
        Assert.True(ConnectPacket.TryParse(first.Body, out ConnectPacket? connect, out _, out string fault), fault);
        return connect!;
    }

    private static long WillSequence(WiredNode node, int connection) => (long)Assert.Single(Payload.Parser.ParseFrom(ConnectOf(node, connection).Will!.Payload).Metrics).LongValue;

    private static IEnumerable<PublishPacket> PublishesOf(WiredNode node, int connection)
    {
        foreach (MqttFrame frame in node.Recording.Connections[connection].Where(frame => frame.Type == MqttPacketType.Publish))
        {
            Assert.True(PublishPacket.TryParse(frame, out PublishPacket? packet, out string fault), fault);
            yield return packet!;
        }
    }

    private static void NoViolation(WiredNode node) => Assert.Empty(node.Checker.Violations);

    [Fact]
    public void Connect_HasACleanSessionAndTheDeathAsItsWill()
    {
        using var node = new WiredNode();
        node.RunUntilSeen("NBIRTH");
        ConnectPacket connect = ConnectOf(node, 0);
        Assert.True(connect.CleanSession);
        Assert.Equal(Births.DeathTopic, connect.Will!.Topic);
        Assert.Equal((1, false), (connect.Will.QualityOfService, connect.Will.Retain));
        Metric metric = Assert.Single(Payload.Parser.ParseFrom(connect.Will.Payload).Metrics);
        Assert.Equal(("bdSeq", 4u), (metric.Name, metric.Datatype));
        Assert.Equal(node.State.BirthDeathSequence, (long)metric.LongValue);
    }

    [Fact]
    public void Session_SubscribesThenBirthThenData_AndBreaksNoRule()
    {
        using var node = new WiredNode();
        node.RunUntilSeen("NDATA", 20, limitSeconds: 1_800);
        List<MqttFrame> packets = node.Recording.Connections[0];
        var subscribed = new List<(string Filter, int Quality)>();
        foreach (MqttFrame frame in packets.TakeWhile(frame => frame.Type != MqttPacketType.Publish).Where(frame => frame.Type == MqttPacketType.Subscribe))
        {
            Assert.True(SubscribePacket.TryParse(frame, out SubscribePacket? subscribe, out string fault), fault);
            subscribed.Add((Assert.Single(subscribe!.Filters), subscribe.Qualities[0]));
        }

        Assert.Contains(("spBv1.0/plant/NCMD/fan-1", 1), subscribed);

        ILookup<bool, PublishPacket> published = PublishesOf(node, 0).ToLookup(packet => packet.Message.Topic.StartsWith("spBv1.0/", StringComparison.Ordinal));
        Assert.Equal(Births.BirthTopic, published[true].First().Message.Topic);
        Assert.All(published[true].Skip(1), packet => Assert.Equal(Births.DataTopic, packet.Message.Topic));
        Assert.All(published[true], packet => Assert.Equal((0, false), (packet.Message.QualityOfService, packet.Message.Retain)));

        // What is not Sparkplug's stays outside its name space: delivery marks, and the state of updates.
        Assert.All(published[false], packet => Assert.StartsWith("sensornode/plant/fan-1/", packet.Message.Topic, StringComparison.Ordinal));
        Assert.Single(node.Recording.Connections);
        NoViolation(node);
    }

    [Fact]
    public void RebirthCommand_GivesABirthWithTheSameBdSeqAndSeq0()
    {
        using var node = new WiredNode();
        node.RunUntilSeen("NDATA", 3);
        long? before = node.State.BirthDeathSequence;
        node.Command(SparkplugCommands.RequestRebirth(Now));
        node.RunUntilSeen("NBIRTH", 2, limitSeconds: 5);
        Assert.Equal("NBIRTH", node.Seen[^1]);
        Assert.Equal(before, node.State.BirthDeathSequence);
        Assert.Equal(0, node.State.Sequence);
        node.RunUntilSeen("NDATA", 6);
        Assert.Single(node.Recording.Connections);
        NoViolation(node);
    }

    [Fact]
    public void LostConnection_GivesTheDeath_ThenABirthWithTheNextBdSeq()
    {
        using var node = new WiredNode();
        node.RunUntilSeen("NDATA");
        long first = WillSequence(node, 0);
        node.Core.Cut("plant-fan-1");
        Assert.Equal("NDEATH", node.Seen[^1]);
        node.RunUntilSeen("NBIRTH", 2);
        Assert.Equal(first + 1, WillSequence(node, 1));
        Assert.Equal(first + 1, node.State.BirthDeathSequence);
        NoViolation(node);
    }

    [Fact]
    public void PowerCut_GivesTheDeath_AndTheNextBdSeqAfterIt()
    {
        using var node = new WiredNode();
        node.RunUntilSeen("NDATA");
        node.Node.PowerOff();
        node.Run(200);
        Assert.Equal("NDEATH", node.Seen[^1]);
        node.Node.PowerOn();
        node.RunUntilSeen("NBIRTH", 2);
        Assert.Equal(WillSequence(node, 0) + 1, WillSequence(node, 1));
        NoViolation(node);
    }

    [Fact]
    public void PrimaryHost_IsWaitedFor()
    {
        using var node = new WiredNode("sparkplug.primary_host = scada\n");
        node.Core.Publish(new MqttMessage("spBv1.0/STATE/other", """{"online":true,"timestamp":1}"""u8.ToArray(), 1, true));
        node.Run(60);
        Assert.Contains(node.Recording.Connections[0], frame => frame.Type == MqttPacketType.Subscribe && SubscribePacket.TryParse(frame, out SubscribePacket? packet, out _) && packet!.Filters[0] == WiredNode.Host);
        Assert.Empty(PublishesOf(node, 0));
        node.SayHost(false, 1_000);
        node.Run(20);
        Assert.Empty(PublishesOf(node, 0));
        node.SayHost(true, 999);
        node.Run(20);
        Assert.Empty(PublishesOf(node, 0));
        node.SayHost(true, 1_000);
        node.RunUntilSeen("NBIRTH", limitSeconds: 5);
        NoViolation(node);
    }

    [Fact]
    public void PrimaryHostOffline_GivesDeathThenDisconnect_AndANewConnectionThatWaits()
    {
        using var node = new WiredNode("sparkplug.primary_host = scada\n");
        node.SayHost(true, 1_000);
        node.RunUntilSeen("NDATA");
        node.SayHost(false, 999);
        node.Run(30);
        Assert.DoesNotContain("NDEATH", node.Seen);

        node.SayHost(false, 1_000);
        node.RunUntilSeen("NDEATH", limitSeconds: 5);
        node.Run(120);
        List<MqttFrame> packets = node.Recording.Connections[0];
        Assert.Equal(MqttPacketType.Disconnect, packets[^1].Type);
        Assert.Equal(Births.DeathTopic, PublishesOf(node, 0).Last().Message.Topic);
        Assert.Equal(1, node.Seen.Count(seen => seen == "NDEATH"));
        Assert.True(node.Recording.Connections.Count >= 2);
        Assert.Equal(1, node.Seen.Count(seen => seen == "NBIRTH"));

        node.SayHost(true, 2_000);
        node.RunUntilSeen("NBIRTH", 2);
        NoViolation(node);
    }

    [Fact]
    public void OneConnectionAtATime()
    {
        using var node = new WiredNode();
        node.RunUntilSeen("NDATA");
        for (int births = 2; births <= 6; births++)
        {
            if (births % 2 == 0)
            {
                node.Command(SparkplugCommands.Write(Now, "Node Control/Next Server", SparkplugDatatype.Boolean, true));
            }
            else
            {
                node.Core.Cut("plant-fan-1");
            }

            node.RunUntilSeen("NBIRTH", births);
        }

        Assert.Equal(1, node.Recording.OpenMost);
        Assert.True(node.Recording.Connections.Count >= 6);
    }

    /// <summary>Data comes when something has changed; what has not changed is told again with a heartbeat only, 30 s here.</summary>
    [Fact]
    public void UnchangedValues_AreToldAgainOnlyWithAHeartbeat()
    {
        using var node = new WiredNode();
        node.Run(1_800);
        var told = new Dictionary<string, object?>();
        DateTime heartbeat = DateTime.MinValue;
        int messages = 0;
        foreach (SparkplugMessage message in node.Messages.Where(message => message.Topic.Type is SparkplugMessageType.NBirth or SparkplugMessageType.NData && !message.Metrics.Any(metric => metric.IsHistorical)))
        {
            bool isRepeat = message.Metrics.Any(metric => told.TryGetValue(metric.Name, out object? before) && Equals(before, metric.Value));
            bool isNews = message.Metrics.Any(metric => !told.TryGetValue(metric.Name, out object? before) || !Equals(before, metric.Value));
            if (isRepeat && messages > 0)
            {
                Assert.True(message.Time - heartbeat >= TimeSpan.FromSeconds(29), $"unchanged values at {message.Time:HH:mm:ss}, after {heartbeat:HH:mm:ss}");
                heartbeat = message.Time!.Value;
            }

            Assert.True(isNews || isRepeat, "an empty message");
            messages++;
            foreach (SparkplugMetric metric in message.Metrics)
            {
                told[metric.Name] = metric.Value;
            }
        }

        Assert.True(messages > 30, $"{messages} messages");
    }

    [Fact]
    public void TwoRuns_AreTheSameToTheByte()
    {
        string Run()
        {
            using var node = new WiredNode();
            node.Run(200);
            return string.Join('\n', node.Recording.Connections.SelectMany(packets => packets).Select(frame => $"{frame.Header:X2} {Convert.ToHexString(frame.Body)}"));
        }

        Assert.Equal(Run(), Run());
    }

    [Theory]
    [InlineData("no-connack connection=2")]
    [InlineData("connack connection=2 code=3")]
    [InlineData("refuse connection=2-4")]
    [InlineData("cut connection=2 direction=in type=connect bytes=20")]
    [InlineData("cut connection=2 direction=in type=publish packet=1 bytes=500")]
    [InlineData("cut connection=2 direction=out packet=1 bytes=2")]
    [InlineData("cut connection=2 direction=out packet=2 bytes=1")]
    [InlineData("drop connection=2 direction=out type=suback")]
    [InlineData("drop connection=2 direction=out type=pingresp packet=1")]
    [InlineData("slow-read connection=2 bytes=2000")]
    [InlineData("delay connection=2 direction=out ms=3000 packet=1-3")]
    [InlineData("restart connection=2 direction=in type=publish packet=3 sessions=lost ms=20000")]
    public void BrokerFault_DataComesAgainInTime(string script)
    {
        // Connection 1 is the host's own.
        using var node = new WiredNode(faults: script);
        bool isRestart = script.StartsWith("restart", StringComparison.Ordinal);
        node.Run(isRestart ? 120 : 600);
        int before = node.Core.ReadStatistics().Topics.GetValueOrDefault(Births.DataTopic).Messages is var messages ? (int)messages : 0;
        node.Run(120);
        int after = (int)node.Core.ReadStatistics().Topics.GetValueOrDefault(Births.DataTopic).Messages;
        Assert.True(after > before, $"no data after the fault; {before} before; console:\n{node.Console}");
        if (!isRestart)
        {
            NoViolation(node);
        }
    }
}
