using System.Diagnostics;
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

    /// <summary>Power comes and goes at uneven times, in whatever the node happens to do; once in a while it runs long enough to connect.</summary>
    [Fact]
    public void PowerCycles_LeaveNothingBehind()
    {
        var broker = new BrokerCore();
        var random = new Random(7);
        using var world = new NodeWorld();
        EmulatedNode node = world.Add(Options(new TextConsole(), broker));
        long memory = 0;
        int threads = 0;
        for (int cycle = 0; cycle < 40; cycle++)
        {
            node.PowerOn();
            world.RunFor(TimeSpan.FromMilliseconds(random.Next(200, 5000)));
            node.PowerOff();
            Assert.Null(node.LastBoot?.UncaughtException);
            Assert.False(node.IsRunning);
            if (cycle == 10)
            {
                memory = Settle();
                threads = Process.GetCurrentProcess().Threads.Count;
            }
        }

        long memoryAfter = Settle();
        int threadsAfter = Process.GetCurrentProcess().Threads.Count;
        output.WriteLine($"threads {threads} -> {threadsAfter}, heap {memory / 1024} -> {memoryAfter / 1024} KB");
        Assert.InRange(threadsAfter, 0, threads + 8);
        Assert.InRange(memoryAfter, 0, memory + 3_000_000);
        Assert.True(broker.ReadStatistics().ConnectionsOpened > 3);
    }

    private static long Settle()
    {
        for (int i = 0; i < 10; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(20);
        }

        return GC.GetTotalMemory(true);
    }

    private static EmulatedNodeOptions Options(TextConsole console, BrokerCore broker)
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
