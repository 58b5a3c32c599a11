using System.Text;
using SensorNode.Emulator;
using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Machines;
using SensorNode.Emulator.Mqtt;
using SensorNode.Platform;
using SensorNode.Simulation;
using SensorNode.Sparkplug.Host;
using Xunit;

namespace SensorNode.Interop.Tests.Node;

/// <summary>The firmware's own Main on real sockets, ten times as fast as a clock, and a host that hears it through the same broker.</summary>
internal sealed class LiveNode : IAsyncDisposable
{
    /// <summary>Node seconds in a real second.</summary>
    public const double Speed = 10;

    public const string CommandTopic = "spBv1.0/plant/NCMD/fan-1";

    private const int RamRecords = 5;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);
    private readonly NodeWorld _world = new(ClockMode.Scaled, Speed);
    private readonly TextConsole _console = new();
    private readonly Lock _lock = new();
    private readonly List<(DateTime, DateTime, EndReason)> _boots = [];
    private readonly List<SparkplugMessage> _messages = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly HistoryWitness _history = new(TimeSpan.FromSeconds(10), RamRecords);
    private readonly NodeTime _time = new() { UtcAtStart = DateTime.UtcNow };
    private readonly int _watchPort;
    private SparkplugHost _checker = new();
    private MqttSubscriber? _subscriber;
    private Task _watching = Task.CompletedTask;

    private LiveNode(int nodePort, int watchPort, string configuration, IReadOnlyDictionary<string, string> files)
    {
        _watchPort = watchPort;
        var climate = new ConstantClimate(new Climate(20));
        var bus = new EmulatedI2cBus();
        bus.Attach(0x6A, new Lsm6dsoModel(new SteadyVibration(), climate, 1));
        bus.Attach(0x76, new Bme280Model(climate, 2));
        var flash = new FlashFileSystem();
        foreach ((string name, string content) in files)
        {
            flash.WriteAllBytes(name, Encoding.ASCII.GetBytes(content));
        }

        flash.WriteAllBytes("node.conf", Encoding.ASCII.GetBytes(
            $"sparkplug.group = plant\nsparkplug.node = fan-1\nmqtt.host = localhost\nmqtt.port = {nodePort}\nwindow.points = 128\nwindow.interval_ms = 5000\n"
            + $"report.interval_s = 10\nreport.heartbeat_s = 10\njournal.ram_records = {RamRecords}\n{configuration}"));
        Node = _world.Add(new EmulatedNodeOptions
        {
            Flash = flash,
            I2cBuses = new Dictionary<int, EmulatedI2cBus> { [1] = bus },
            Network = Network,
            Time = _time,
            Console = _console,
        });
        Node.BootEnded += (_, boot) => _boots.Add((_time.UtcAt(boot.BeganNs), _time.UtcAt(boot.EndedNs), boot.Reason));
    }

    public EmulatedNode Node { get; }

    /// <summary>What the node reaches brokers by.</summary>
    public SocketNetwork Network { get; } = new();

    public int Births => Count(SparkplugMessageType.NBirth);

    public int Data => Count(SparkplugMessageType.NData);

    public int Records
    {
        get
        {
            lock (_lock)
            {
                return _history.RecordCount;
            }
        }
    }

    /// <summary>Times that the link said on the console why it has no connection.</summary>
    public int FailedAttempts => LinkLines.FailedAttempts(_console);

    public string Console => string.Join('\n', _console.Text.Split('\n').TakeLast(30));

    /// <summary>Starts the host's subscription, then the node.</summary>
    /// <param name="nodePort">Broker or proxy, as the node knows it.</param>
    /// <param name="watchPort">The broker's plain port.</param>
    /// <param name="configuration">More of node.conf.</param>
    /// <param name="files">Certificates in flash.</param>
    /// <param name="isWatched">False: the broker is not there yet; call <see cref="ReturnAsync"/>.</param>
    public static async Task<LiveNode> StartAsync(int nodePort, int watchPort, string configuration = "mqtt.security = plain-on-a-trusted-network\n", IReadOnlyDictionary<string, string>? files = null, bool isWatched = true)
    {
        var live = new LiveNode(nodePort, watchPort, configuration, files ?? new Dictionary<string, string>());
        if (isWatched)
        {
            await live.WatchAsync();
        }

        live.Node.PowerOn();
        live._world.Start();
        return live;
    }

    /// <summary>Connects the host to a broker that was away, then lets the node reach it too: so the host hears all that the node says. The network is unreachable before.</summary>
    public async Task ReturnAsync()
    {
        Assert.False(Network.IsReachable);
        await WatchAsync();
        Network.IsReachable = true;
    }

    /// <summary>Connects the host. What the host knew of nodes is forgotten.</summary>
    public async Task WatchAsync()
    {
        await _watching;
        _subscriber = await MqttSubscriber.ConnectAsync(new MqttSubscriberOptions { Host = "127.0.0.1", Port = _watchPort });
        await _subscriber.SubscribeAsync("spBv1.0/plant/#", 1);
        lock (_lock)
        {
            _checker = new SparkplugHost();
        }

        _watching = ListenAsync(_subscriber);
    }

    public Task CommandAsync(byte[] payload, int quality = 0) => _subscriber!.PublishAsync(CommandTopic, payload, quality);

    public object? Value(string metric)
    {
        lock (_lock)
        {
            return _checker.Nodes.GetValueOrDefault("plant/fan-1")?.Metrics.GetValueOrDefault(metric)?.Value;
        }
    }

    /// <summary>Waits until so much of the node's time is gone: on a busy machine that takes longer than by the clock.</summary>
    public Task PassAsync(double nodeSeconds)
    {
        TimeSpan end = _world.Now + TimeSpan.FromSeconds(nodeSeconds);
        return ExpectAsync(() => _world.Now >= end, $"{nodeSeconds} s of the node's time");
    }

    /// <summary>Waits in real time.</summary>
    public async Task ExpectAsync(Func<bool> condition, string what)
    {
        for (DateTime end = DateTime.UtcNow + s_limit; !condition(); await Task.Delay(20))
        {
            Assert.True(DateTime.UtcNow < end, $"{what}: not within {s_limit}; {Births} births, {Data} data; console:\n{Console}");
        }
    }

    /// <summary>Waits for so many more data messages.</summary>
    public Task ExpectDataAsync(int more = 3)
    {
        int before = Data;
        return ExpectAsync(() => Data >= before + more, $"{more} more data messages");
    }

    /// <summary>Stops the node and judges: no rule broken, no interval untold.</summary>
    /// <param name="isWhole">False where the broker itself lost what it had taken: then only order and sameness of records count.</param>
    public async Task JudgeAsync(bool isWhole = true)
    {
        await ExpectAsync(() => Value("Health/Backlog") is { } backlog && Convert.ToInt32(backlog) <= RamRecords + 1, "records sent");
        _world.Stop();
        Node.PowerOff();
        lock (_lock)
        {
            string[] late = ["tck-id-payloads-ndeath-bdseq"];
            Assert.DoesNotContain(_checker.Violations, violation => !late.Contains(violation.Rule));
            Assert.Empty(isWhole ? _history.Judge(_boots, 0) : _history.Faults);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _world.Dispose();
        await _stop.CancelAsync();
        await _watching;
        if (_subscriber != null)
        {
            await _subscriber.DisposeAsync();
        }

        _stop.Dispose();
    }

    private int Count(SparkplugMessageType type)
    {
        lock (_lock)
        {
            return _messages.Count(message => message.Topic.Type == type);
        }
    }

    private async Task ListenAsync(MqttSubscriber subscriber)
    {
        try
        {
            await foreach (MqttMessage message in subscriber.Messages.ReadAllAsync(_stop.Token))
            {
                lock (_lock)
                {
                    if (_checker.Receive(message.Topic, message.Payload, message.QualityOfService, message.Retain) is { } decoded)
                    {
                        _messages.Add(decoded);
                        _history.Take(decoded);
                    }
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or MqttException)
        {
        }
    }
}
