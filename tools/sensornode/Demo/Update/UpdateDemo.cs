using System.Text;
using SensorNode.Emulator;
using SensorNode.Emulator.Machines;
using SensorNode.Emulator.Mqtt;
using SensorNode.Platform;
using SensorNode.Rollout;
using SensorNode.Sparkplug.Host;

namespace SensorNode.Tool.Demo.Update;

/// <summary>Three nodes learn, get a good release, a bad one and a model, by the same rollout that the tool does at a plant.</summary>
/// <param name="speed">Node seconds in one real second.</param>
/// <param name="broker">A real broker, or null for an embedded one.</param>
public sealed class UpdateDemo(double speed, BrokerAddress? broker)
{
    /// <summary>Node seconds in one real second, unless said otherwise.</summary>
    public const double Speed = 40;

    private const int NodeCount = 3;
    private const string Group = "demo-update";
    private static readonly TimeSpan s_learnLimit = TimeSpan.FromMinutes(20);

    // Real time, not the nodes'.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_hearing = TimeSpan.FromMinutes(1);

    private readonly DemoReleases _releases = new();
    private readonly SparkplugHost _host = new();
    private readonly List<EmulatedNode> _nodes = [];
    private NodeWorld? _world;
    private MqttSubscriber? _subscriber;
    private Action _tick = () => { };

    /// <summary>One line for people, as it happens.</summary>
    public event Action<string>? Happened;

    /// <summary>What was promised and did not come true.</summary>
    public List<string> Broken { get; } = [];

    /// <summary>Breaches of the Sparkplug rules.</summary>
    public IReadOnlyList<SparkplugViolation> Violations => _host.Violations;

    /// <summary>Time of the nodes.</summary>
    public TimeSpan NodeTime => _world?.Now ?? TimeSpan.Zero;

    /// <summary>What an operator knows of each node: name, version, update, model, restarts.</summary>
    public IEnumerable<string[]> Rows => _host.Nodes.Values.OrderBy(node => node.Name).Select(node => new[]
    {
        NameOf(node), Text(node, "Properties/Firmware Version"), Text(node, "Update/State"), Text(node, "Update/Reason"), Text(node, "Update/Model Reason"), Text(node, "Detector/Phase"),
    });

    /// <summary>Starts of the boards.</summary>
    public int Boots => _nodes.Sum(node => node.BootCount);

    /// <summary>The whole story.</summary>
    /// <param name="tick">Called some times a second.</param>
    /// <param name="cancel">Ends early.</param>
    public async Task RunAsync(Action tick, CancellationToken cancel)
    {
        using var embedded = new EmbeddedBroker(broker);
        await using MqttSubscriber subscriber = await MqttSubscriber.ConnectAsync(embedded.SubscriberOptions, cancel);
        await subscriber.SubscribeAsync($"spBv1.0/{Group}/#", 1, cancel);
        _subscriber = subscriber;
        _tick = tick;
        using NodeWorld world = PowerOn(embedded);
        try
        {
            await LearnAsync(cancel);
            await GoodAsync(embedded, cancel);
            await BadAsync(embedded, cancel);
            await ModelAsync(embedded, cancel);
        }
        finally
        {
            world.Stop();
        }
    }

    private NodeWorld PowerOn(EmbeddedBroker embedded)
    {
        var world = new NodeWorld(ClockMode.Scaled, speed);
        _world = world;
        for (int i = 1; i <= NodeCount; i++)
        {
            string configuration = DemoScenario.Configuration(embedded.HostForNode, embedded.Port, Group, "motor-" + i).Replace("learn_windows = 120", "learn_windows = 30", StringComparison.Ordinal);
            EmulatedNodeOptions options = StandardNode.Create("motor-" + i, configuration, MachinePresets.HealthyMotor((ulong)i), embedded.Network, i, DateTime.UtcNow);
            options.Flash.WriteAllBytes("release.key.pub", Encoding.ASCII.GetBytes(_releases.PublicKeyText));
            _nodes.Add(world.Add(options));
        }

        _nodes.ForEach(node => node.PowerOn());
        world.Start();
        return world;
    }

    private async Task LearnAsync(CancellationToken cancel)
    {
        Say($"{NodeCount} nodes start and learn their machines; releases wait for that");
        TimeSpan end = NodeTime + s_learnLimit;
        while (NodeTime < end && _host.Nodes.Values.Count(node => Text(node, "Detector/Phase") == "watching") < NodeCount)
        {
            cancel.ThrowIfCancellationRequested();
            Tick();
            await Task.Delay(50, CancellationToken.None);
        }

        Expect(NodeTime < end, "not every node has learned its machine");
    }

    private async Task GoodAsync(EmbeddedBroker embedded, CancellationToken cancel)
    {
        Say("a good release: application 0.2.0, first to one node, then to the others");
        RolloutSession session = await RollOutAsync(embedded, _releases.Application("0.2.0", crashes: false), [], cancel);
        Expect(session.Plan.Confirmed == NodeCount && await HearAsync("0.2.0"), "application 0.2.0 does not run on every node");
    }

    private async Task BadAsync(EmbeddedBroker embedded, CancellationToken cancel)
    {
        Say("a bad release: application 0.3.0, signed and whole, but it crashes when it starts");
        RolloutSession session = await RollOutAsync(embedded, _releases.Application("0.3.0", crashes: true), [], cancel);
        RolloutNode? back = session.Plan.Nodes.SingleOrDefault(node => node.Outcome == NodeOutcome.WentBack);
        Expect(back != null && session.Plan.Failed == 1 && session.Plan.Begun == 1 && session.Plan.StopReason != null, "the bad release was not stopped at its first node");
        Expect(await HearAsync("0.2.0"), "a node does not run 0.2.0 after the bad release");
    }

    private async Task ModelAsync(EmbeddedBroker embedded, CancellationToken cancel)
    {
        Say("a model: what motor-1 has learned, signed, for motor-2 and motor-3");
        _world!.Stop();
        byte[] baseline = _nodes[0].Options.Flash.ReadAllBytes("baseline");
        _world.Start();
        RolloutSession session = await RollOutAsync(embedded, _releases.Model(baseline, "1.0.0"), ["motor-2", "motor-3"], cancel);
        Expect(session.Plan.Confirmed == 2, "the model is not in force on both nodes");
    }

    private async Task<RolloutSession> RollOutAsync(EmbeddedBroker embedded, RolloutRelease release, string[] nodes, CancellationToken cancel)
    {
        await using var session = new RolloutSession(new RolloutSettings
        {
            Release = release,
            Broker = embedded.SubscriberOptions,
            Group = Group,
            Nodes = nodes,
            WaveShare = 1,
            Settle = TimeSpan.FromMilliseconds(500),
            Patience = s_patience,
            BytesPerSecond = 100_000 * speed,
        });
        session.Happened += line => Say("  " + line);
        await session.PrepareAsync(cancel);
        await session.RunAsync(Tick, cancel);
        cancel.ThrowIfCancellationRequested();
        Say($"  {session.Plan.Confirmed} of {session.Plan.Wanted} run it, {session.Plan.Failed} failed; {session.Server.Pieces} pieces, {session.Server.Bytes} bytes sent");
        for (TimeSpan end = NodeTime + TimeSpan.FromSeconds(30); NodeTime < end; await Task.Delay(50, CancellationToken.None))
        {
            Tick();
        }

        return session;
    }

    /// <summary>Waits for births of every node with a version of the application: they come by another connection than the rollout's.</summary>
    private async Task<bool> HearAsync(string version)
    {
        for (DateTime end = DateTime.UtcNow + s_hearing; Versions(version) < NodeCount && DateTime.UtcNow < end; await Task.Delay(50, CancellationToken.None))
        {
            Tick();
        }

        return Versions(version) == NodeCount;
    }

    private void Tick()
    {
        while (_subscriber!.Messages.TryRead(out MqttMessage? message))
        {
            if (_host.Receive(message.Topic, message.Payload, message.QualityOfService, message.Retain) is { Topic.Type: SparkplugMessageType.NBirth } birth)
            {
                NodeState node = _host.Nodes[birth.Topic.EdgeNode];
                Say($"  {NameOf(node)} is born with application {Text(node, "Properties/Firmware Version")}, last restart: {Text(node, "Health/Restart Reason")}");
            }
        }

        if (_subscriber.Ended is { } ended)
        {
            throw new ToolException(ended.Message);
        }

        _tick();
    }

    private int Versions(string version) => _host.Nodes.Values.Count(node => Text(node, "Properties/Firmware Version") == version);

    private static string NameOf(NodeState node) => node.Name[(node.Name.IndexOf('/') + 1)..];

    private static string Text(NodeState node, string metric) => node.Metrics.GetValueOrDefault(metric)?.Value as string ?? "-";

    private void Expect(bool isTrue, string broken)
    {
        if (!isTrue)
        {
            Broken.Add(broken);
        }
    }

    private void Say(string line) => Happened?.Invoke($"{NodeTime:hh\\:mm\\:ss}  {line}");
}
