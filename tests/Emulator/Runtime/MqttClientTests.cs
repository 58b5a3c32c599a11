using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SensorNode.Emulator.Mqtt;
using SensorNode.Platform;
using Xunit;

namespace SensorNode.Emulator.Tests;

/// <summary>The stand-in of the device's MQTT client, as firmware uses it, against the embedded broker.</summary>
public sealed class MqttClientTests
{
    private const string Start = "connect 0 True\nsubscribed 1\nreceived a/0 zero qos 0\n";
    private const string End = "closed\n";

    [Fact]
    public void MessagesGoBothWays_OnVirtualTime()
    {
        var broker = new BrokerCore();
        var network = new InMemoryNetwork();
        network.Add("broker", 1883, new EndpointBroker(broker));
        using var node = new TestNode("Mqtt", network: network);
        node.Node.PowerOn();
        node.World.RunFor(TimeSpan.FromSeconds(40));

        // Both orders of the acknowledge and the echo are right.
        Assert.StartsWith(Start, node.Text);
        Assert.Contains("published 3 True\n", node.Text);
        Assert.Contains("received a/1 one qos 1\n", node.Text);
        Assert.True(node.Node.IsRunning, "pings keep the connection: " + node.Text);

        network.ResetAll();
        node.World.RunFor(TimeSpan.FromSeconds(5));
        Assert.EndsWith(End, node.Text);
        Assert.Null(node.Node.LastBoot!.UncaughtException);
    }

    [Fact]
    public void PowerLoss_BringsTheWillAfterTheKeepAlive()
    {
        var broker = new BrokerCore();
        var network = new InMemoryNetwork();
        network.Add("broker", 1883, new EndpointBroker(broker));
        using var node = new TestNode("Mqtt", network: network);
        node.Node.PowerOn();
        node.World.RunFor(TimeSpan.FromSeconds(8));
        node.Node.PowerOff();

        // The broker finds out by the silence: one and a half keep-alive times of 10 s.
        Assert.Equal(0, broker.ReadStatistics().WillsPublished);
        node.World.RunFor(TimeSpan.FromSeconds(20));
        Assert.Equal(1, broker.ReadStatistics().WillsPublished);
    }

    [Fact]
    public void WillIsCutAtItsNul()
    {
        var endpoint = new SilentEndpoint();
        var network = new InMemoryNetwork();
        network.Add("broker", 1883, endpoint);
        using var node = new TestNode("Mqtt", network: network);
        node.Node.PowerOn();
        node.World.RunFor(TimeSpan.FromSeconds(5));
        Assert.EndsWith("0004" + "77696C6C" + "0002" + "6162", Convert.ToHexString(endpoint.Connect!));
    }

    [Fact]
    public void UnansweredMessage_IsRepeatedAndGivenUp()
    {
        var endpoint = new SilentEndpoint();
        var network = new InMemoryNetwork();
        network.Add("broker", 1883, endpoint);
        using var node = new TestNode("Mqtt", network: network);
        node.Node.PowerOn();
        node.World.RunFor(TimeSpan.FromSeconds(12));
        Assert.Contains("published 3 False\n", node.Text);
        Assert.Equal([0x32, 0x3A, 0x3A], endpoint.Headers.Where(h => (h & 0xF6) == 0x32));
        node.World.RunFor(TimeSpan.FromSeconds(60));
        Assert.EndsWith(End, node.Text);
    }

    [Fact]
    public void NobodyThere_IsAnExceptionOfTheConstructorOrOfConnect()
    {
        using var node = new TestNode("Mqtt", network: new InMemoryNetwork());
        node.Node.PowerOn();
        node.World.RunFor(TimeSpan.FromSeconds(30));
        Assert.Contains("SocketException", node.Node.LastBoot!.UncaughtException);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RealSockets_OnAScaledClock(bool isSecure)
    {
        using X509Certificate2 certificate = MakeCertificate();
        var server = new BrokerServer(new BrokerCore(), new BrokerServerOptions { Certificate = isSecure ? certificate : null });
        var flash = new FlashFileSystem();
        if (isSecure)
        {
            flash.WriteAllBytes("ca.pem", Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()));
        }

        using var node = new TestNode("Mqtt", ClockMode.Scaled, 0.5, network: new LocalNetwork(server.Port), flash: flash);
        node.Node.PowerOn();
        node.World.Start();
        await UntilAsync(node, () => node.Text.Contains("published 3 True"));

        // The client subscribes again where the answer takes longer than a second, and tells of both.
        Assert.StartsWith(Start, string.Join('\n', node.Text.Split('\n').Distinct()));
        await server.DisposeAsync();
        await UntilAsync(node, () => node.Text.EndsWith(End));
        node.World.Stop();
    }

    [Fact]
    public async Task CertificateOfAStranger_IsRefused()
    {
        using X509Certificate2 certificate = MakeCertificate();
        using X509Certificate2 stranger = MakeCertificate();
        await using var server = new BrokerServer(new BrokerCore(), new BrokerServerOptions { Certificate = stranger });
        var flash = new FlashFileSystem();
        flash.WriteAllBytes("ca.pem", Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()));
        using var node = new TestNode("Mqtt", ClockMode.Scaled, 5, network: new LocalNetwork(server.Port), flash: flash);
        node.Node.PowerOn();
        node.World.Start();
        await UntilAsync(node, () => node.Node.LastBoot != null);
        node.World.Stop();
        Assert.Contains("MqttConnectionException", node.Node.LastBoot!.UncaughtException);
    }

    private static async Task UntilAsync(TestNode node, Func<bool> condition)
    {
        for (DateTime end = DateTime.UtcNow.AddMinutes(4); !condition(); await Task.Delay(20))
        {
            Assert.True(DateTime.UtcNow < end, node.Text + node.Node.LastBoot);
        }
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=broker", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("broker");
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 made = request.CreateSelfSigned(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2036, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>"broker" is a port of this computer.</summary>
    private sealed class LocalNetwork(int serverPort) : INodeNetwork
    {
        private readonly SocketNetwork _sockets = new();

        public bool IsReachable => true;

        public string? Resolve(NodePlatform platform, string host) => _sockets.Resolve(platform, IPAddress.Loopback.ToString());

        public INodeStream? Connect(NodePlatform platform, string host, int port) => _sockets.Connect(platform, IPAddress.Loopback.ToString(), serverPort);
    }

    /// <summary>Accepts the connection and the subscription, answers nothing else.</summary>
    private sealed class SilentEndpoint : INetworkEndpoint, IEndpointConnection
    {
        private IEndpointPeer? _peer;

        public List<byte> Headers { get; } = [];

        public byte[]? Connect { get; private set; }

        public IEndpointConnection Accept(IEndpointPeer peer)
        {
            _peer = peer;
            return this;
        }

        public void Received(ReadOnlySpan<byte> bytes)
        {
            Headers.Add(bytes[0]);
            if (bytes[0] == 0x10)
            {
                Connect = bytes.ToArray();
                _peer!.Send([0x20, 2, 0, 0]);
            }
        }

        public void Closed(bool graceful)
        {
        }
    }
}
