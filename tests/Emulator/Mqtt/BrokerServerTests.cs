using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SensorNode.Emulator.Mqtt;
using Xunit;

namespace SensorNode.Emulator.Tests.Mqtt;

/// <summary>Broker and subscriber over real sockets on the loopback.</summary>
public class BrokerServerTests
{
    private static MqttSubscriberOptions Options(int port, string? id = null) => new() { Host = "127.0.0.1", Port = port, ClientId = id, TimeoutMs = 60_000 };

    [Fact]
    public async Task Messages_GoBothWays()
    {
        await using var server = new BrokerServer(new BrokerCore());
        await using MqttSubscriber subscriber = await MqttSubscriber.ConnectAsync(Options(server.Port, "s"));
        Assert.Equal(1, await subscriber.SubscribeAsync("a/#", 1));
        await using MqttSubscriber publisher = await MqttSubscriber.ConnectAsync(Options(server.Port));
        var payload = new byte[100_000];
        new Random(1).NextBytes(payload);
        for (int i = 0; i < 100; i++)
        {
            await publisher.PublishAsync($"a/{i}", i == 50 ? payload : [(byte)i], i % 2);
        }

        // Order holds for each QoS (MQTT 3.1.1, 4.6): one with QoS 0 may pass those that wait for an acknowledgement.
        int[] next = [0, 1];
        for (int i = 0; i < 100; i++)
        {
            MqttMessage message = await Next(subscriber);
            int expected = next[message.QualityOfService];
            next[message.QualityOfService] += 2;
            Assert.Equal($"a/{expected}", message.Topic);
            Assert.Equal(expected == 50 ? payload : [(byte)expected], message.Payload);
        }

        Assert.Equal([100, 101], next);
    }

    [Fact]
    public async Task Dispose_SendsDisconnect_AndTheWillIsDropped()
    {
        await using var server = new BrokerServer(new BrokerCore());
        await using MqttSubscriber watcher = await MqttSubscriber.ConnectAsync(Options(server.Port));
        await watcher.SubscribeAsync("#", 1);
        var will = new MqttMessage("will", [1], 1, false);
        MqttSubscriber client = await MqttSubscriber.ConnectAsync(Options(server.Port, "a") with { Will = will });
        await client.DisposeAsync();
        await watcher.PublishAsync("after", [], 1);
        Assert.Equal("after", (await Next(watcher)).Topic);
    }

    [Fact]
    public async Task BrokerStops_SubscriberSaysSo()
    {
        var server = new BrokerServer(new BrokerCore());
        await using MqttSubscriber subscriber = await MqttSubscriber.ConnectAsync(Options(server.Port));
        await server.DisposeAsync();
        MqttException exception = await Assert.ThrowsAsync<MqttException>(() => Next(subscriber));
        Assert.Contains($"broker 127.0.0.1:{server.Port}", exception.Message);
        await Assert.ThrowsAsync<MqttException>(() => subscriber.PublishAsync("t", []));
    }

    [Fact]
    public async Task NobodyListens_IsOneClearLine()
    {
        MqttException exception = await Assert.ThrowsAsync<MqttException>(() => MqttSubscriber.ConnectAsync(Options(1)));
        Assert.Equal("broker 127.0.0.1:1: Connection refused", exception.Message);
    }

    [Fact]
    public async Task SilentBroker_TimesOut()
    {
        var faults = new BrokerFaults();
        faults.AddScript("no-connack");
        await using var server = new BrokerServer(new BrokerCore(faults: faults));
        using var socket = new TcpClient("127.0.0.1", server.Port);
        MqttException exception = await Assert.ThrowsAsync<MqttException>(() => MqttSubscriber.ConnectAsync(socket.GetStream(), Options(server.Port) with { TimeoutMs = 200 }));
        Assert.Contains("no CONNACK within 200 ms", exception.Message);
    }

    [Fact]
    public async Task BrokerThatAnswersNoPing_IsGivenUp()
    {
        // A broker that answers CONNECT and then only listens.
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Task<TcpClient> accepting = listener.AcceptTcpClientAsync();
        using var socket = new TcpClient("127.0.0.1", port);
        using TcpClient broker = await accepting;
        listener.Stop();
        await broker.GetStream().WriteAsync(new byte[] { 0x20, 2, 0, 0 });
        await using MqttSubscriber subscriber = await MqttSubscriber.ConnectAsync(socket.GetStream(), Options(port) with { KeepAliveSeconds = 1, TimeoutMs = 1_500 });
        MqttException exception = await Assert.ThrowsAsync<MqttException>(() => Next(subscriber));
        Assert.Equal($"broker 127.0.0.1:{port}: no PINGRESP within 1500 ms", exception.Message);
        Assert.Equal(exception.Message, subscriber.Ended!.Message);
    }

    [Fact]
    public async Task RefusedConnection_NamesTheReason()
    {
        await using var server = new BrokerServer(new BrokerCore(new BrokerOptions { Users = new Dictionary<string, string> { ["u"] = "p" } }));
        MqttException exception = await Assert.ThrowsAsync<MqttException>(
            () => MqttSubscriber.ConnectAsync(Options(server.Port) with { UserName = "u", Password = "x" }));
        Assert.Contains("wrong user name or password (code 4)", exception.Message);
    }

    [Fact]
    public async Task MalformedBytes_OverASocket_CloseOnlyThatConnection()
    {
        await using var server = new BrokerServer(new BrokerCore());
        await using MqttSubscriber witness = await MqttSubscriber.ConnectAsync(Options(server.Port));
        using var socket = new TcpClient("127.0.0.1", server.Port);
        socket.GetStream().Write("GET / HTTP/1.1\r\n\r\n"u8);
        Assert.Equal(0, await socket.GetStream().ReadAsync(new byte[10]));
        await witness.PublishAsync("t", [], 1);
    }

    [Fact]
    public async Task CutAfterNBytes_ArrivesAsExactlyThoseBytes()
    {
        var faults = new BrokerFaults();
        faults.AddScript("cut direction=out packet=2 bytes=3");
        await using var server = new BrokerServer(new BrokerCore(faults: faults));
        using var socket = new TcpClient("127.0.0.1", server.Port);
        NetworkStream stream = socket.GetStream();
        stream.Write(new ConnectPacket("a", true, 0, null, null, null).ToBytes());
        stream.Write(new PublishPacket(new MqttMessage("t", new byte[10_000], 1, false), 1, false).ToBytes());
        var got = new MemoryStream();
        await stream.CopyToAsync(got);
        Assert.Equal(4 + 3, got.Length);
    }

    [Fact]
    public async Task Tls_WithClientCertificates()
    {
        using X509Certificate2 authority = MakeAuthority();
        using X509Certificate2 stranger = MakeAuthority();
        using X509Certificate2 broker = Issue(authority, "localhost");
        using X509Certificate2 client = Issue(authority, "node");
        using X509Certificate2 forged = Issue(stranger, "node");
        var log = new List<string>();
        var core = new BrokerCore();
        core.Logged += line => { lock (log) { log.Add(line); } };
        await using var server = new BrokerServer(core, new BrokerServerOptions { Certificate = broker, ClientAuthority = authority });
        MqttSubscriberOptions good = Options(server.Port) with { Host = "localhost", UseTls = true, Authority = authority, ClientCertificate = client };

        await using (MqttSubscriber subscriber = await MqttSubscriber.ConnectAsync(good))
        {
            await subscriber.SubscribeAsync("t", 0);
            await subscriber.PublishAsync("t", new byte[50_000], 1);
            Assert.Equal(50_000, (await Next(subscriber)).Payload.Length);
        }

        MqttException untrusted = await Assert.ThrowsAsync<MqttException>(() => MqttSubscriber.ConnectAsync(good with { Authority = stranger }));
        Assert.Contains("its certificate is not trusted", untrusted.Message);
        MqttException otherName = await Assert.ThrowsAsync<MqttException>(() => MqttSubscriber.ConnectAsync(good with { Host = "127.0.0.1" }));
        Assert.Contains("it is not for '127.0.0.1'", otherName.Message);
        await Assert.ThrowsAsync<MqttException>(() => MqttSubscriber.ConnectAsync(good with { ClientCertificate = null }));
        await Assert.ThrowsAsync<MqttException>(() => MqttSubscriber.ConnectAsync(good with { ClientCertificate = forged }));

        // The server says so after its alert is gone.
        for (DateTime end = DateTime.UtcNow.AddMinutes(2); !HasLogged("no certificate was shown"); await Task.Delay(20))
        {
            Assert.True(DateTime.UtcNow < end);
        }

        bool HasLogged(string words)
        {
            lock (log)
            {
                return log.Any(line => line.Contains(words));
            }
        }
    }

    private static async Task<MqttMessage> Next(MqttSubscriber subscriber)
    {
        try
        {
            return await subscriber.Messages.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(2));
        }
        catch (System.Threading.Channels.ChannelClosedException closed) when (closed.InnerException is MqttException reason)
        {
            throw reason;
        }
    }

    private static X509Certificate2 MakeAuthority()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=Test authority {Guid.NewGuid():N}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        byte[] serial = RandomNumberGenerator.GetBytes(8);
        using X509Certificate2 bare = request.Create(authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), serial);
        return bare.CopyWithPrivateKey(key);
    }
}
