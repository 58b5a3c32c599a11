using System.Globalization;
using System.Text;
using SensorNode.Emulator;
using SensorNode.Emulator.Machines;
using SensorNode.Emulator.Mqtt;
using SensorNode.Platform;

namespace SensorNode.Bench;

/// <summary>What a steady machine costs on the wire in a day, against twelve numbers a minute as JSON.</summary>
/// <remarks>
/// Node: the default configuration, the firmware as it is, 24 hours of virtual time from the end of learning on. Counted is every MQTT byte in both
/// directions between node and broker: data, heartbeats, the QoS 1 messages that confirm delivery with their answers, and pings.
/// JSON: one QoS 0 message a minute on a topic of the same length, twelve values with keys of one to three letters and a time stamp.
/// Neither counts TCP and IP, of which the node's fewer messages would need less.
/// </remarks>
internal static class DayBench
{
    private const string Topic = "spBv1.0/bench/NDATA/node";

    private const string JsonExample = """{"t":1767225600,"vx":0.512,"vy":0.634,"vz":0.871,"ax":0.0213,"ay":0.0248,"az":0.0311,"px":0.081,"py":0.094,"pz":0.122,"T":38.25,"s":-1.52,"r":1}""";

    private const string Configuration = """
        sparkplug.group = bench
        sparkplug.node = node
        mqtt.host = broker
        mqtt.security = plain-on-a-trusted-network

        """;

    /// <summary>Adds day.bytes, day.messages and day.json.bytes.</summary>
    internal static void Run(BenchReport report, Action<string> progress)
    {
        progress("24 hours of a steady machine on the wire");
        var core = new BrokerCore();
        using var world = new NodeWorld();
        var network = new InMemoryNetwork().Add("broker", 1883, new EndpointBroker(core));
        EmulatedNode node = world.Add(StandardNode.Create("bench", Configuration, MachinePresets.HealthyMotor(), network, 1, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)));
        node.PowerOn();
        world.RunFor(TimeSpan.FromHours(2));
        BrokerStatistics before = core.ReadStatistics();
        world.RunFor(TimeSpan.FromHours(24));
        BrokerStatistics after = core.ReadStatistics();
        node.PowerOff();
        long bytes = after.BytesReceived + after.BytesSent - before.BytesReceived - before.BytesSent;
        long messages = after.MessagesReceived - before.MessagesReceived;
        int json = 1440 * new PublishPacket(new MqttMessage(Topic, Encoding.ASCII.GetBytes(JsonExample), 0, false), 0, false).ToBytes().Length;
        report.Add("day.messages", messages, "", "messages of the node in 24 hours, steady machine, default configuration");
        report.Add("day.bytes", bytes, "bytes", "all MQTT bytes between node and broker in these 24 hours");
        report.Add("day.json.bytes", json, "bytes", string.Create(CultureInfo.InvariantCulture, $"12 values a minute as JSON of {JsonExample.Length} bytes"));
    }
}
