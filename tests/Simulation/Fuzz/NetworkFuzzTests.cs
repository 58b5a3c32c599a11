using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using SensorNode.Emulator.Mqtt;
using SensorNode.Release;
using SensorNode.Release.Lms;
using SensorNode.Sparkplug.Host;
using SensorNode.Sparkplug.Host.Wire;
using Xunit;
using Xunit.Abstractions;

namespace SensorNode.Simulation.Tests.Fuzz;

/// <summary>Mutated bytes into everything that reads what came over the network.</summary>
[Collection(MeasuresMemory.Name)]
public sealed class NetworkFuzzTests(ITestOutputHelper output) : FirmwareFuzz(output)
{
    private static readonly DateTime Now = DateTime.UnixEpoch.AddDays(20_000);

    private static byte[][] Commands =>
    [
        SparkplugCommands.Write(Now, "Config/mqtt.host", SparkplugDatatype.String, "broker.example"),
        SparkplugCommands.Write(Now, "Config/temperature.limit_cc", SparkplugDatatype.Int32, 6000),
        SparkplugCommands.Write(Now, "Config/report.interval_s", SparkplugDatatype.Int32, 30),
        SparkplugCommands.Write(Now, "Node Control/Snapshot", SparkplugDatatype.Boolean, true),
        SparkplugCommands.RequestRebirth(Now),
        Several(),
    ];

    [Fact]
    public void CommandReader()
    {
        object reader = New(Base, "SensorNode.Sparkplug.CommandReader");
        object metric = New(Base, "SensorNode.Sparkplug.CommandMetric");
        Func<object?[], object?> validate = Method(reader, "Validate");
        Fuzz("CommandReader", Commands, bytes => validate([bytes, bytes.Length, metric]) == null);
    }

    /// <summary>Settings included: what is refused leaves flash as it was.</summary>
    [Fact]
    public void CommandHandler()
    {
        var boards = Sandbox.Context.LoadFirmware("SensorNode.Esp32");
        Sandbox.Flash.WriteAllBytes("node.conf", "sparkplug.group = a\nsparkplug.node = b\nmqtt.host = c\n"u8.ToArray());
        object store = New(Base, "SensorNode.Configuration.ConfigurationStore", Files);
        object services = New(Base, "SensorNode.Contracts.NodeServices");
        Sandbox.Run(() => Set(services, "Configuration", Method(store, "Load")([NewArgument(store.GetType(), "Load", 0)])));
        Assert.NotNull(services.GetType().GetField("Configuration")!.GetValue(services));
        Set(services, "Settings", store);
        Set(services, "BoardRules", New(Sandbox.Context.LoadFirmware("SensorNode.Boot"), "SensorNode.Boot.BoardRules"));
        object clock = New(boards, "SensorNode.Esp32.DeviceClock");
        Set(services, "Log", New(boards, "SensorNode.Esp32.ConsoleLog", clock));
        Set(services, "Clock", clock);
        Set(services, "Files", Files);
        Set(services, "NodeName", "a-node-that-nobody-names");
        Set(services, "Panel", New(boards, "SensorNode.Esp32.BoardPanel", -1, false, -1));
        object floor = New(Base, "SensorNode.Storage.ClockFloor", Files);
        Sandbox.Run(() => Set(services, "Events", New(Base, "SensorNode.Storage.EventLog", Files, clock, floor)));
        object table = New(Base, "SensorNode.Sparkplug.MetricTable", New(Base, "SensorNode.Sparkplug.MetricCatalog"), services.GetType().GetField("Configuration")!.GetValue(services)!);
        object handler = New(Base, "SensorNode.Link.CommandHandler", services, table, New(Sandbox.Context.LoadFirmware("SensorNode.App"), "SensorNode.Node.NodeRequests"), New(Base, "SensorNode.Link.Snapshot"));
        Func<object?[], object?> handle = Method(handler, "Handle");
        FuzzOnNode("CommandHandler", Commands, (bytes, _) =>
        {
            long operations = Sandbox.Flash.OperationCount;
            string? answer = (string?)handle([bytes]);
            bool isRefused = answer != null && (answer.StartsWith("refused: ", StringComparison.Ordinal) || answer.Contains("no setting was changed", StringComparison.Ordinal));
            Assert.True(!isRefused || operations == Sandbox.Flash.OperationCount, answer);
            return !isRefused;
        });
    }

    [Fact]
    public void HostState()
    {
        object state = New(Base, "SensorNode.Sparkplug.HostState");
        Func<object?[], object?> take = Method(state, "Take");
        Action reset = state.GetType().GetMethod("Reset")!.CreateDelegate<Action>(state);
        Fuzz("HostState", ["""{"online":true,"timestamp":1700000000000}"""u8.ToArray(), """{ "timestamp" : 5, "online" : false }"""u8.ToArray()], bytes =>
        {
            reset();
            return (bool)take([bytes])!;
        });
    }

    [Fact]
    public void ReleaseParser_ManifestAndSignatureBlock()
    {
        byte[] release = Release(out _);
        object manifest = New(Base, "SensorNode.Update.ReleaseManifest");
        Type parser = Base.GetType("SensorNode.Update.ReleaseParser", true)!;
        Func<object?[], object?> parse = Method(parser, "TryParse");
        Func<object?[], object?> find = Method(parser, "TryFindSignature");
        Func<object?[], object?> assemblyAt = Method(manifest, "AssemblyAt");
        Func<object?[], object?> bytesOf = Method(manifest, "BytesOfChunk");
        Func<object?[], object?> isDigest = Method(manifest, "IsChunkDigest");
        byte[] digest = new byte[32];
        byte[] head = release[..ReleaseFile.Read(release).Manifest.ManifestBytes];
        Fuzz("ReleaseParser", [[.. head, 2, 7, 0, 3, 0, 1, 2, 3, 1, 0, 4, 0, 9, 9, 9, 9], [.. head, 1, 1, 0, 2, 0, 1, 2]], bytes =>
        {
            bool isManifest = (bool)parse([bytes, 0, bytes.Length, manifest, null])!;
            int end = isManifest ? (int)Get(manifest, "ManifestBytes")! : Math.Min(205, bytes.Length);
            find([bytes, end, bytes.Length - end, 1, 0, 0, 0]);
            for (int i = -1; isManifest && i < 4; i++)
            {
                assemblyAt([i, 0L, 0]);
                bytesOf([i]);
                isDigest([i, digest]);
            }

            return isManifest;
        });
    }

    [Fact]
    public void Signature()
    {
        byte[] release = Release(out byte[] key);
        ReleaseFile file = ReleaseFile.Read(release);
        byte[] message = release[..file.Manifest.ManifestBytes];
        byte[] signature = release[(file.HeadBytes - file.SignatureBytes)..file.HeadBytes];
        object verifier = New(Base, "SensorNode.Crypto.HssVerifier");
        Func<object?[], object?> verify = Method(verifier, "Verify");
        int valid = Convert.ToInt32(verify([key, 0, key.Length, message, 0, message.Length, signature, 0, signature.Length]));
        Assert.Equal("Valid", Enum.GetName(Base.GetType("SensorNode.Crypto.SignatureStatus", true)!, valid));
        Fuzz("HSS signature with its key", [[.. key, .. signature]], bytes =>
        {
            int keyBytes = Math.Min(key.Length, bytes.Length);
            bool isChanged = !bytes.AsSpan().SequenceEqual((ReadOnlySpan<byte>)[.. key, .. signature]);
            bool isGood = Convert.ToInt32(verify([bytes, 0, keyBytes, message, 0, message.Length, bytes, keyBytes, bytes.Length - keyBytes])) == valid;
            Assert.False(isGood && isChanged);
            return isGood;
        }, sizeBytesMax: 12_000);
    }

    /// <summary>The tools' own readers: MQTT packets at the embedded broker, and payloads at the host.</summary>
    [Fact]
    public void EmbeddedBroker()
    {
        byte[] connect = new ConnectPacket("client", true, 30, new MqttMessage("spBv1.0/a/NDEATH/b", [1, 2, 3], 1, false), "user", [1, 2]).ToBytes();
        byte[] subscribe = new SubscribePacket(1, ["spBv1.0/#", "a/+/b"], [1, 0]).ToBytes();
        byte[] publish = new PublishPacket(new MqttMessage("spBv1.0/a/NBIRTH/b", [1, 2, 3], 1, false), 7, false).ToBytes();
        var core = new BrokerCore();
        Fuzz("embedded broker", [[.. connect, .. subscribe, .. publish], connect, publish], bytes =>
        {
            var transport = new Silent();
            BrokerConnection? connection = core.Accept("fuzz", transport);
            connection?.Received(bytes);
            connection?.Closed("end of input");
            return !transport.IsClosed;
        }, bytesMax: 1_000_000);
    }

    [Fact]
    public void SparkplugHost()
    {
        Fuzz("Sparkplug host", Commands, bytes => new SparkplugHost().Receive("spBv1.0/a/NBIRTH/b", bytes, 0, false) != null, bytesMax: 1_000_000);
    }

    private static byte[] Several()
    {
        var payload = new Payload { Timestamp = 1 };
        payload.Metrics.Add(new Metric { Name = "Config/machine.class", Datatype = 12, StringValue = "group2-rigid" });
        payload.Metrics.Add(new Metric { Alias = 5, IntValue = 7 });
        payload.Metrics.Add(new Metric { Name = "Node Control/Relearn", Datatype = 11, BooleanValue = true });
        return payload.ToByteArray();
    }

    private static byte[] Release(out byte[] key)
    {
        var pair = new LmsKeyPair(5, 1, new byte[16], new byte[32]);
        key = [0, 0, 0, 1, .. pair.TreeKey()];
        byte[] payload = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("payload of the example. ", 25)));
        byte[] manifest = ReleasePacker.Manifest(
            new ReleaseContent
            {
                Product = "sensornode",
                Board = "esp32-devkitc",
                Kind = 1,
                Class = 2,
                Version = new Version(1, 2, 3, 4),
                SecurityCounter = 7,
                BaseVersion = new Version(1, 1),
                ChunkBytes = 512,
                Assemblies = [new("mscorlib", new Version(1, 17, 11, 0), 0xC3B1DF22), new("System.Net", new Version(1, 11, 60, 0), 0x12345678)],
            },
            payload,
            key);
        return ReleasePacker.File(manifest, [0, 0, 0, 0, .. pair.Sign(1, SHA256.HashData(manifest), manifest)], payload);
    }

    private sealed class Silent : IBrokerTransport
    {
        public bool IsClosed { get; private set; }

        public long NowMs => 0;

        public long UnsentBytes => 0;

        public void Send(byte[] bytes)
        {
        }

        public void Close() => IsClosed = true;

        public void Schedule(long delayMs, Action action)
        {
        }
    }
}
