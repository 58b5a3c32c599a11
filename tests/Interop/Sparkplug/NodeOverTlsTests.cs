using System.Security.Cryptography.X509Certificates;
using System.Text;
using SensorNode.Emulator;
using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Machines;
using SensorNode.Emulator.Mqtt;
using SensorNode.Platform;
using Xunit;

namespace SensorNode.Interop.Tests.Sparkplug;

/// <summary>The whole node over real sockets and TLS with a client certificate: right, wrong and expired ones.</summary>
public class NodeOverTlsTests
{
    [Theory]
    [InlineData("right", true)]
    [InlineData("server of another authority", false)]
    [InlineData("server expired", false)]
    [InlineData("server of another name", false)]
    [InlineData("client of another authority", false)]
    [InlineData("client expired", false)]
    public async Task Birth_ComesOnlyWithTheRightCertificates(string which, bool isExpected)
    {
        using X509Certificate2 authority = TestCertificates.Authority("CN=site");
        using X509Certificate2 other = TestCertificates.Authority("CN=other");
        using X509Certificate2 server = TestCertificates.Issue(which == "server of another authority" ? other : authority, "CN=broker", which == "server expired", which == "server of another name" ? "elsewhere.example" : "localhost");
        using X509Certificate2 client = TestCertificates.Issue(which == "client of another authority" ? other : authority, "CN=node", which == "client expired", null);
        var core = new BrokerCore();
        await using var broker = new BrokerServer(core, new BrokerServerOptions { Certificate = server, ClientAuthority = authority });

        using var world = new NodeWorld(ClockMode.Scaled, 10);
        var flash = new FlashFileSystem();
        var console = new TextConsole();
        EmulatedNode node = world.Add(Options(broker.Port, authority, client, flash, console));
        node.PowerOn();
        world.Start();
        for (DateTime end = DateTime.UtcNow.AddMinutes(4); Births(core) == 0 && (isExpected || LinkLines.FailedAttempts(console) < 4); await Task.Delay(50))
        {
            Assert.True(DateTime.UtcNow < end, console.Text);
        }

        world.Stop();
        node.PowerOff();
        Assert.Equal(isExpected, Births(core) > 0);

        // The start, and what the handshake said: the broker of this test looks at a client's certificate after it.
        Assert.Equal(which.StartsWith("server", StringComparison.Ordinal) ? 2 : 1, flash.ReadAllBytes("events.b").Length / 16);
    }

    private static long Births(BrokerCore core) => core.ReadStatistics().Topics.GetValueOrDefault(BirthTopic).Messages;

    private const string BirthTopic = "spBv1.0/plant/NBIRTH/fan-1";

    private static EmulatedNodeOptions Options(int port, X509Certificate2 authority, X509Certificate2 client, FlashFileSystem flash, TextConsole console)
    {
        var climate = new ConstantClimate(new Climate(20));
        var bus = new EmulatedI2cBus();
        bus.Attach(0x6A, new Lsm6dsoModel(new SteadyVibration(), climate, 1));
        bus.Attach(0x76, new Bme280Model(climate, 2));
        flash.WriteAllBytes("ca.pem", Encoding.ASCII.GetBytes(authority.ExportCertificatePem()));
        flash.WriteAllBytes("node.pem", Encoding.ASCII.GetBytes(client.ExportCertificatePem()));
        flash.WriteAllBytes("node.key", Encoding.ASCII.GetBytes(TestCertificates.KeyPem(client)));
        flash.WriteAllBytes("node.conf", Encoding.ASCII.GetBytes(
            $"sparkplug.group = plant\nsparkplug.node = fan-1\nmqtt.host = localhost\nmqtt.port = {port}\nmqtt.ca_file = ca.pem\nmqtt.cert_file = node.pem\nmqtt.key_file = node.key\n"));
        return new EmulatedNodeOptions
        {
            Flash = flash,
            I2cBuses = new Dictionary<int, EmulatedI2cBus> { [1] = bus },
            Network = new SocketNetwork(),
            Time = new NodeTime { UtcAtStart = DateTime.UtcNow },
            Console = console,
        };
    }
}
