using System.Text;
using SensorNode.Emulator;
using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Machines;
using SensorNode.Emulator.Mqtt;
using SensorNode.Platform;
using SensorNode.Sparkplug.Host;

namespace SensorNode.Interop.Tests.Sparkplug;

/// <summary>The firmware's own Main on an emulated board, the embedded broker and the checker of Sparkplug sessions, on virtual time.</summary>
internal sealed class WiredNode : IDisposable
{
    public const string Host = "spBv1.0/STATE/scada";

    private readonly NodeWorld _world = new(ClockMode.Virtual);
    private readonly TextConsole _console = new();
    private readonly ManualSubscriber _subscriber;

    public WiredNode(string extraConfiguration = "", string faults = "")
    {
        string? fault = Faults.AddScript(faults);
        Core = new BrokerCore(faults: Faults);
        Recording = new RecordingEndpoint(new EndpointBroker(Core));
        _subscriber = new ManualSubscriber(Core, this);
        MachineParameters machine = MachinePresets.HealthyMotor();
        var bus = new EmulatedI2cBus();
        bus.Attach(0x6A, new Lsm6dsoModel(new RotatingMachine(machine), new MachineClimate(machine), seed: 1));
        bus.Attach(0x76, new Bme280Model(new MachineClimate(machine), seed: 2));
        var flash = new FlashFileSystem();
        flash.WriteAllBytes("node.conf", Encoding.ASCII.GetBytes(
            "sparkplug.group = plant\nsparkplug.node = fan-1\nmqtt.host = broker.test\nmqtt.security = plain-on-a-trusted-network\n"
            + (extraConfiguration.Contains("window.interval_ms", StringComparison.Ordinal) ? "" : "window.interval_ms = 5000\n")
            + "report.interval_s = 10\nreport.heartbeat_s = 30\n" + extraConfiguration));
        Node = _world.Add(new EmulatedNodeOptions
        {
            Flash = flash,
            I2cBuses = new Dictionary<int, EmulatedI2cBus> { [1] = bus },
            Network = new InMemoryNetwork().Add("broker.test", 1883, Recording),
            Console = _console,
        });
        Node.PowerOn();
        Xunit.Assert.Null(fault);
    }

    public BrokerCore Core { get; }

    public BrokerFaults Faults { get; } = new();

    public RecordingEndpoint Recording { get; }

    public EmulatedNode Node { get; }

    public SparkplugHost Checker { get; } = new();

    /// <summary>Message types as a host saw them, in order.</summary>
    public List<string> Seen { get; } = [];

    /// <summary>The same messages' payloads.</summary>
    public List<byte[]> Payloads { get; } = [];

    /// <summary>The same messages, decoded.</summary>
    public List<SparkplugMessage> Messages { get; } = [];

    public string Console => _console.Text;

    public NodeState State => Checker.Nodes["plant/fan-1"];

    public void Run(double seconds) => _world.RunFor(TimeSpan.FromSeconds(seconds));

    /// <summary>Runs until a host has seen so many messages of a type.</summary>
    public void RunUntilSeen(string type, int count = 1, double limitSeconds = 300)
    {
        bool came = _world.RunUntil(() => Seen.Count(seen => seen == type) >= count, TimeSpan.FromSeconds(limitSeconds), TimeSpan.FromMilliseconds(100));
        Xunit.Assert.True(came, $"no {type} number {count} within {limitSeconds} s; seen: {string.Join(' ', Seen)}; console:\n{Console}");
    }

    public void Command(byte[] payload) => Core.Publish(new MqttMessage("spBv1.0/plant/NCMD/fan-1", payload, 0, false));

    public void SayHost(bool online, long timestamp) =>
        Core.Publish(new MqttMessage(Host, Encoding.UTF8.GetBytes($$"""{"online":{{(online ? "true" : "false")}},"timestamp":{{timestamp}}}"""), 1, true));

    public void Dispose() => _world.Dispose();

    /// <summary>A host's subscription, straight at the broker.</summary>
    private sealed class ManualSubscriber : IBrokerTransport
    {
        private readonly WiredNode _owner;
        private readonly MqttFrameReader _reader = new(1 << 20);

        public ManualSubscriber(BrokerCore core, WiredNode owner)
        {
            _owner = owner;
            BrokerConnection connection = core.Accept("host", this)!;
            connection.Received(new ConnectPacket("host", true, 0, null, null, null).ToBytes());
            connection.Received(new SubscribePacket(1, ["spBv1.0/plant/#"], [1]).ToBytes());
        }

        public long NowMs => 0;

        public long UnsentBytes => 0;

        public void Send(byte[] bytes)
        {
            _reader.Append(bytes);
            while (_reader.TryRead(out MqttFrame frame))
            {
                if (frame.Type == MqttPacketType.Publish && PublishPacket.TryParse(frame, out PublishPacket? packet, out _))
                {
                    MqttMessage message = packet!.Message;
                    _owner.Seen.Add(message.Topic.Split('/')[2]);
                    _owner.Payloads.Add(message.Payload);
                    if (_owner.Checker.Receive(message.Topic, message.Payload, message.QualityOfService, message.Retain) is { } decoded)
                    {
                        _owner.Messages.Add(decoded);
                    }
                }
            }
        }

        public void Close()
        {
        }

        public void Schedule(long delayMs, Action action)
        {
        }
    }
}
