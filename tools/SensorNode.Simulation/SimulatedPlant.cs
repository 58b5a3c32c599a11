using System.Text;
using SensorNode.Emulator;
using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Machines;
using SensorNode.Emulator.Mqtt;
using SensorNode.Platform;
using SensorNode.Sparkplug.Host;

namespace SensorNode.Simulation;

/// <summary>One node, its machine, its network and its broker, on one virtual timeline; and a host that hears all that the broker passes on.</summary>
public sealed class SimulatedPlant : IDisposable
{
    /// <summary>MQTT client id of the node.</summary>
    public const string ClientId = "sim-node";

    /// <summary>Topic of commands to it.</summary>
    public const string CommandTopic = "spBv1.0/sim/NCMD/node";

    /// <summary>Makes it, without power.</summary>
    /// <param name="seed">For chips and the node's random numbers.</param>
    /// <param name="configuration">Added to the profile's node.conf.</param>
    /// <param name="console">Where the node's console goes; null throws it away.</param>
    /// <param name="firmware">Null for the firmware of this build.</param>
    /// <param name="sharesFirmware">See <see cref="EmulatedNodeOptions.SharesFirmware"/>: boots cost less, and nothing else changes.</param>
    /// <param name="windowIntervalMs">Time from window to window.</param>
    public SimulatedPlant(int seed, string configuration, INodeConsole? console = null, FirmwareFolder? firmware = null, bool sharesFirmware = false, int windowIntervalMs = 60_000)
    {
        Core = new BrokerCore(faults: Faults);
        Network.Add("broker", 1883, new EndpointBroker(Core)).Add("second", 1883, new EndpointBroker(Core));
        var climate = new ConstantClimate(new Climate(21.5));
        Bus.Attach(0x6A, new Lsm6dsoModel(Vibration, climate, (ulong)seed));
        Bus.Attach(0x76, new Bme280Model(climate, (ulong)seed + 1));
        Flash.WriteAllBytes("node.conf", Encoding.ASCII.GetBytes($"""
            sparkplug.group = sim
            sparkplug.node = node
            mqtt.host = broker, second
            mqtt.security = plain-on-a-trusted-network
            sensor.rate_hz = 1667
            window.points = 128
            window.interval_ms = {windowIntervalMs}
            detector.learn_windows = 30
            report.interval_s = 60
            report.heartbeat_s = 60

            """ + configuration));
        Node = World.Add(new EmulatedNodeOptions
        {
            Name = "sim",
            Firmware = firmware,
            SharesFirmware = sharesFirmware,
            Flash = Flash,
            I2cBuses = new Dictionary<int, EmulatedI2cBus> { [1] = Bus },
            Network = Network,
            Wifi = Wifi,
            Gpio = Gpio,
            Time = Time,
            Console = console,
            Seed = seed,
        });
        _ = new HostConnection(this);
    }

    /// <summary>Timeline.</summary>
    public NodeWorld World { get; } = new();

    /// <summary>The board.</summary>
    public EmulatedNode Node { get; }

    /// <summary>Its files.</summary>
    public FlashFileSystem Flash { get; } = new();

    /// <summary>What its accelerometer feels; the peaks may be changed as it runs.</summary>
    public SteadyVibration Vibration { get; } = new() { FrequencyHz = 24.5, PeakG = [0.01, 0.02, 0.03] };

    /// <summary>Its bus.</summary>
    public EmulatedI2cBus Bus { get; } = new();

    /// <summary>Its network.</summary>
    public InMemoryNetwork Network { get; } = new();

    /// <summary>Its access point.</summary>
    public WifiState Wifi { get; } = new();

    /// <summary>Its button and LED.</summary>
    public GpioState Gpio { get; } = new();

    /// <summary>Its time server.</summary>
    public NodeTime Time { get; } = new();

    /// <summary>Faults of the broker.</summary>
    public BrokerFaults Faults { get; } = new();

    /// <summary>The broker.</summary>
    public BrokerCore Core { get; }

    /// <summary>The specification's rules.</summary>
    public SparkplugHost Checker { get; } = new();

    /// <summary>True UTC now.</summary>
    public DateTime UtcNow => Time.UtcAt(World.Scheduler.NowNs);

    /// <summary>Each message of the node that the host has heard, decoded.</summary>
    public event Action<SparkplugMessage>? Heard;

    /// <summary>Sends a command to the node.</summary>
    public void Command(byte[] payload) => Core.Publish(new MqttMessage(CommandTopic, payload, 1, false));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Node.IsPowered)
        {
            Node.PowerOff();
        }

        World.Dispose();
    }

    /// <summary>A subscription straight at the broker.</summary>
    private sealed class HostConnection : IBrokerTransport
    {
        private readonly SimulatedPlant _plant;
        private readonly MqttFrameReader _reader = new(1 << 20);

        public HostConnection(SimulatedPlant plant)
        {
            _plant = plant;
            BrokerConnection connection = plant.Core.Accept("host", this)!;
            connection.Received(new ConnectPacket("host", true, 0, null, null, null).ToBytes());
            connection.Received(new SubscribePacket(1, ["spBv1.0/#"], [0]).ToBytes());
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
                    if (_plant.Checker.Receive(message.Topic, message.Payload, message.QualityOfService, message.Retain) is { } decoded)
                    {
                        _plant.Heard?.Invoke(decoded);
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
