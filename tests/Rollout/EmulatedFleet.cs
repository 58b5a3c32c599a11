using System.Buffers.Binary;
using System.Text;
using SensorNode.Emulator;
using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Machines;
using SensorNode.Emulator.Mqtt;
using SensorNode.Platform;
using SensorNode.Update;
using Xunit;

namespace SensorNode.Rollout.Tests;

/// <summary>Nodes that run the real firmware over sockets, each on a timeline of its own, thirty times as fast as a clock; and what they tell a broker.</summary>
internal sealed class EmulatedFleet : IAsyncDisposable
{
    public const string Group = "plant";

    /// <summary>For what takes seconds on an idle machine. Long enough for a busy one.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private const double Speed = 30;

    private readonly List<(NodeWorld World, EmulatedNode Node, TextConsole Console)> _nodes = [];
    private readonly Dictionary<string, NodeUpdateState> _states = [];
    private readonly HashSet<string> _pieces = [];
    private readonly Dictionary<string, int> _asked = [];
    private MqttSubscriber? _watch;
    private Task _watching = Task.CompletedTask;

    /// <summary>Pieces that were sent, of all nodes and senders; one that was sent twice counts once.</summary>
    public int Pieces => _pieces.Count;

    /// <summary>Requests for a piece that lies before one that the node had asked for: it asks for the next only when it has all before.
    /// The same piece may be asked for again: at this speed, a reply that takes half a second is late for a node.</summary>
    public List<string> StepsBack { get; } = [];

    /// <summary>Nodes that were ever offered something of their own.</summary>
    public HashSet<string> Offered { get; } = [];

    /// <summary>Offers that stand at the broker now.</summary>
    public HashSet<string> Standing { get; } = [];

    /// <summary>Starts nodes that trust a key, and waits until each has learned its machine and told its state.</summary>
    public static async Task<EmulatedFleet> StartAsync(int count, int port, string publicKey)
    {
        var fleet = new EmulatedFleet { _watch = await MqttSubscriber.ConnectAsync(new MqttSubscriberOptions { Host = "127.0.0.1", Port = port, UserName = "watch", Password = "x" }) };
        await fleet._watch.SubscribeAsync($"sensornode/{Group}/#", 0);
        fleet._watching = fleet.WatchAsync();
        for (int i = 1; i <= count; i++)
        {
            fleet.Add(i, port, publicKey);
        }

        await fleet.UntilAsync(() => fleet.HasLearned && fleet._states.Count == count, "nodes learn and tell their states");
        return fleet;
    }

    public string Console(int number)
    {
        string[] lines = _nodes[number - 1].Console.Text.Split('\n');
        return string.Join('\n', lines.TakeLast(15));
    }

    public int Boots(string name) => _nodes[int.Parse(name[5..], System.Globalization.CultureInfo.InvariantCulture) - 1].Node.BootCount;

    public NodeUpdateState State(string name)
    {
        lock (_states)
        {
            return _states[name];
        }
    }

    public async Task UntilAsync(Func<bool> condition, string what)
    {
        for (DateTime end = DateTime.UtcNow + Limit; ; await Task.Delay(20))
        {
            lock (_states)
            {
                if (condition())
                {
                    return;
                }
            }

            Assert.True(DateTime.UtcNow < end, $"{what}: not within {Limit}\n{string.Join("\n--\n", Enumerable.Range(1, _nodes.Count).Select(Console))}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach ((NodeWorld world, _, _) in _nodes)
        {
            world.Dispose();
        }

        await _watch!.DisposeAsync();
        await _watching;
    }

    private bool HasLearned => _nodes.All(entry => entry.Node.Options.Flash.FileExists("baseline"));

    private void Add(int number, int port, string publicKey)
    {
        var climate = new ConstantClimate(new Climate(20));
        var bus = new EmulatedI2cBus();
        bus.Attach(0x6A, new Lsm6dsoModel(new SteadyVibration { FrequencyHz = 24.5, PeakG = [0.01, 0.02, 0.03] }, climate, (ulong)number));
        bus.Attach(0x76, new Bme280Model(climate, (ulong)number + 100));
        var flash = new FlashFileSystem();
        flash.WriteAllBytes("release.key.pub", Encoding.ASCII.GetBytes(publicKey));
        flash.WriteAllBytes("node.conf", Encoding.ASCII.GetBytes(
            $"sparkplug.group = {Group}\nsparkplug.node = node-{number}\nmqtt.host = localhost\nmqtt.port = {port}\nmqtt.security = plain-on-a-trusted-network\nmqtt.user = node-{number}\nmqtt.password = x\nwindow.points = 128\n"
            + "window.interval_ms = 2000\ndetector.learn_windows = 30\nreport.interval_s = 30\nreport.heartbeat_s = 60\n"));
        var world = new NodeWorld(ClockMode.Scaled, Speed);
        var console = new TextConsole();
        EmulatedNode node = world.Add(new EmulatedNodeOptions
        {
            Name = $"node-{number}",
            Flash = flash,
            I2cBuses = new Dictionary<int, EmulatedI2cBus> { [1] = bus },
            Network = new SocketNetwork(),
            Time = new NodeTime { UtcAtStart = DateTime.UtcNow },
            Console = console,
            Seed = number,
            SharesFirmware = true,
        });
        _nodes.Add((world, node, console));
        node.PowerOn();
        world.Start();
    }

    private async Task WatchAsync()
    {
        try
        {
            await foreach (MqttMessage message in _watch!.Messages.ReadAllAsync())
            {
                Take(message.Topic.Split('/'), message.Payload);
            }
        }
        catch (MqttException)
        {
            // The broker's end, which is a test's own doing.
        }
    }

    private void Take(string[] levels, byte[] payload)
    {
        lock (_states)
        {
            if (levels is [_, _, var name, "update", "state", "application"] && NodeUpdateState.Parse(payload) is { } state)
            {
                _states[name] = state;
            }
            else if (levels is [_, _, var node, "update", "offer", _])
            {
                _ = payload.Length == 0 ? Standing.Remove(node) : Standing.Add(node);
                _ = payload.Length > 0 && Offered.Add(node);
            }
            else if (levels is [_, _, "update", "offer", _])
            {
                _ = payload.Length == 0 ? Standing.Remove("") : Standing.Add("");
            }
            else if (levels is [_, _, var asking, "update", "request"])
            {
                (string release, int offset) = PieceOf(payload);
                string delivery = $"{asking} {release}";
                if (offset < _asked.GetValueOrDefault(delivery))
                {
                    StepsBack.Add($"{delivery}: {offset} after {_asked[delivery]}");
                }

                _asked[delivery] = offset;
            }
            else if (levels is [_, _, var served, "update", "reply"] && payload.Length > UpdateMessages.ReplyHeaderBytes)
            {
                _pieces.Add($"{served} {PieceOf(payload)}");
            }
        }
    }

    /// <summary>Release id and offset: they lie at the same place in a request and in its reply.</summary>
    private static (string Release, int Offset) PieceOf(byte[] message) => (Convert.ToHexString(message, 8, 16), BinaryPrimitives.ReadInt32LittleEndian(message.AsSpan(24)));
}
