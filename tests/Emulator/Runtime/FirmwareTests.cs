using System.Text;
using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Machines;
using SensorNode.Emulator.Mqtt;
using SensorNode.Platform;
using Xunit;
using Xunit.Abstractions;

namespace SensorNode.Emulator.Tests;

/// <summary>The firmware of this build, started at its own Main, against chip models and the embedded broker.</summary>
public sealed class FirmwareTests(ITestOutputHelper output)
{
    private const string Configuration = """
        sparkplug.group = test
        sparkplug.node = n1
        mqtt.host = broker
        mqtt.security = plain-on-a-trusted-network
        window.interval_ms = 1000
        report.interval_s = 5
        """;

    [Fact]
    public void Main_ConnectsAndSaysWhatItIs_OnVirtualTime()
    {
        var broker = new BrokerCore();
        var console = new TextConsole();
        using var world = new NodeWorld();
        EmulatedNode node = world.Add(Options(console, broker));
        node.PowerOn();
        world.RunFor(TimeSpan.FromSeconds(60));
        output.WriteLine(console.Text);
        foreach (KeyValuePair<string, TopicCount> topic in broker.ReadStatistics().Topics)
        {
            output.WriteLine($"{topic.Key} {topic.Value}");
        }

        Assert.Null(node.LastBoot);
        Assert.Contains("spBv1.0/test/NBIRTH/n1", broker.ReadStatistics().Topics.Keys);
    }

    [Fact]
    public void TwoRunsOnVirtualTime_AreEqual()
    {
        string Run()
        {
            var broker = new BrokerCore();
            var console = new TextConsole();
            using var world = new NodeWorld();
            world.Add(Options(console, broker)).PowerOn();
            world.RunFor(TimeSpan.FromMinutes(3));
            BrokerStatistics statistics = broker.ReadStatistics();
            return $"{console.Text}{statistics.BytesReceived} {statistics.MessagesReceived} {world.Scheduler.SwitchCount}";
        }

        Assert.Equal(Run(), Run());
    }

    internal static EmulatedNodeOptions Options(TextConsole console, BrokerCore broker)
    {
        var bus = new EmulatedI2cBus();
        var climate = new ConstantClimate(new Climate(31.5, 100_000, 45));
        var machine = new SteadyVibration { PeakG = [0.5, 0.2, 0.1], FrequencyHz = 50 };
        bus.Attach(0x6A, new Lsm6dsoModel(machine, climate, seed: 1));
        bus.Attach(0x76, new Bme280Model(climate, seed: 1));
        var flash = new FlashFileSystem();
        flash.WriteAllBytes("node.conf", Encoding.UTF8.GetBytes(Configuration));
        return new EmulatedNodeOptions
        {
            Name = "n1",
            Console = console,
            Flash = flash,
            I2cBuses = new Dictionary<int, EmulatedI2cBus> { [1] = bus },
            Network = new InMemoryNetwork().Add("broker", 1883, new EndpointBroker(broker))
        };
    }
}
