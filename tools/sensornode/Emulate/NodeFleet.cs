using SensorNode.Emulator;
using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Machines;
using SensorNode.Platform;

namespace SensorNode.Tool.Emulate;

/// <summary>The emulated nodes of one run. Each has a timeline and a machine of its own.</summary>
public sealed class NodeFleet : IDisposable
{
    private const string AuthorityName = "ca.pem";
    private const string CertificateName = "client.pem";
    private const string KeyName = "client.key";

    private readonly List<(NodeWorld World, EmulatedNode Node)> _nodes = [];

    /// <summary>Makes the nodes, without power.</summary>
    /// <param name="settings">What was asked for.</param>
    /// <param name="host">Broker, as the nodes know it.</param>
    /// <param name="port">Its port.</param>
    /// <param name="utcAtStart">Time of day on every timeline's beginning.</param>
    public NodeFleet(EmulateSettings settings, string host, int port, DateTime utcAtStart)
    {
        for (int i = 1; i <= settings.Nodes; i++)
        {
            var world = new NodeWorld(ClockMode.Scaled, settings.Speed);
            var network = new FadingNetwork();
            EmulatedNodeOptions options = StandardNode.Create(NameOf(i), Configuration(settings, NameOf(i), host, port), MachineOf(i), network, seed: i, utcAtStart, sharesFirmware: true);
            AddFiles(options.Flash, settings);
            if (settings.Faults.Contains(NodeFault.Bus))
            {
                options.I2cBuses[1].Faults = new I2cFaultPlan((ulong)i).Randomly(1 / 2000.0, I2cFault.AddressNotAcknowledged);
            }

            if (settings.Faults.Contains(NodeFault.Network))
            {
                network.StartFading(world.Scheduler);
            }

            _nodes.Add((world, world.Add(options)));
        }
    }

    /// <summary>Gives power to all.</summary>
    public void Start()
    {
        foreach ((NodeWorld world, EmulatedNode node) in _nodes)
        {
            node.PowerOn();
            world.Start();
        }
    }

    /// <summary>Takes the power of one node and gives it back.</summary>
    /// <param name="index">Any number; counts round.</param>
    public void CutPower(int index)
    {
        (NodeWorld world, EmulatedNode node) = _nodes[index % _nodes.Count];
        world.Stop();
        node.PowerOff();
        node.PowerOn();
        world.Start();
    }

    /// <summary>Takes the power of all.</summary>
    public void Stop()
    {
        foreach ((NodeWorld world, EmulatedNode node) in _nodes)
        {
            world.Stop();
            node.PowerOff();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _nodes.ForEach(entry => entry.World.Dispose());

    private static string NameOf(int number) => $"node-{number:000}";

    private static MachineParameters MachineOf(int number) => (number % 5) switch
    {
        1 => MachinePresets.HealthyMotor((ulong)number),
        2 => MachinePresets.FanDay((ulong)number),
        3 => MachinePresets.DegradingBearing(1_200, 1_200, (ulong)number),
        4 => MachinePresets.MisalignedPump(1_200, 1_200, (ulong)number),
        _ => MachinePresets.UnbalancedFan(1_200, 1_200, (ulong)number),
    };

    private static string Configuration(EmulateSettings settings, string name, string host, int port)
    {
        string security = !settings.UseTls ? "mqtt.security = plain-on-a-trusted-network\n"
            : "mqtt.security = tls\n" + (settings.AuthorityFile == null ? "" : $"mqtt.ca_file = {AuthorityName}\n")
                + (settings.CertificateFile == null ? "" : $"mqtt.cert_file = {CertificateName}\nmqtt.key_file = {KeyName}\n");
        string user = settings.User == null ? "" : $"mqtt.user = {settings.User}\nmqtt.password = {settings.Password}\n";
        return $"sparkplug.group = {settings.Group}\nsparkplug.node = {name}\nmqtt.host = {host}\nmqtt.port = {port}\n{security}{user}"
            + "detector.learn_windows = 60\nreport.interval_s = 10\nreport.heartbeat_s = 60\n";
    }

    private static void AddFiles(FlashFileSystem flash, EmulateSettings settings)
    {
        foreach ((string name, string? file) in new[] { (AuthorityName, settings.AuthorityFile), (CertificateName, settings.CertificateFile), (KeyName, settings.KeyFile), ("release.key.pub", settings.ReleaseKeyFile) })
        {
            if (file != null)
            {
                flash.WriteAllBytes(name, InputFile.ReadBytes(file, null, "it was there when the nodes began"));
            }
        }
    }
}
