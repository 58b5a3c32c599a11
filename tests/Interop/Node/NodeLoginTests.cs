using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using SensorNode.Interop.Tests.Mqtt;
using Xunit;

namespace SensorNode.Interop.Tests.Node;

/// <summary>How a node gets into mosquitto, and how not: certificates, user and password, a broker that is not there yet.</summary>
public class NodeLoginTests
{
    private const string Plain = "mqtt.security = plain-on-a-trusted-network\n";

    [SkippableTheory]
    [InlineData("right", true)]
    [InlineData("server of another authority", false)]
    [InlineData("server expired", false)]
    [InlineData("server of another name", false)]
    [InlineData("client of another authority", false)]
    [InlineData("client expired", false)]
    [InlineData("no client certificate", false)]
    public async Task Certificates(string which, bool isExpected)
    {
        using X509Certificate2 authority = TestCertificates.Authority("CN=site");
        using X509Certificate2 other = TestCertificates.Authority("CN=other");
        using X509Certificate2 server = TestCertificates.Issue(
            which == "server of another authority" ? other : authority, "CN=broker", which == "server expired", which == "server of another name" ? "elsewhere.example" : "localhost");
        using X509Certificate2 client = TestCertificates.Issue(which == "client of another authority" ? other : authority, "CN=node", which == "client expired", null);
        int port = LoopbackPort.Free();
        using MosquittoBroker broker = await MosquittoBroker.StartAsync(
            $"listener {port} 127.0.0.1\nallow_anonymous true\ncafile {{folder}}/ca.pem\ncertfile {{folder}}/server.pem\nkeyfile {{folder}}/server.key\nrequire_certificate true",
            new Dictionary<string, string>
            {
                ["ca.pem"] = authority.ExportCertificatePem(),
                ["server.pem"] = server.ExportCertificatePem(),
                ["server.key"] = TestCertificates.KeyPem(server),
            });
        bool hasClient = which != "no client certificate";
        await using LiveNode node = await LiveNode.StartAsync(
            port,
            broker.Port,
            "mqtt.ca_file = ca.pem\n" + (hasClient ? "mqtt.cert_file = node.pem\nmqtt.key_file = node.key\n" : ""),
            new Dictionary<string, string>
            {
                ["ca.pem"] = authority.ExportCertificatePem(),
                ["node.pem"] = client.ExportCertificatePem(),
                ["node.key"] = TestCertificates.KeyPem(client),
            });
        await JudgeAsync(node, isExpected);
        Assert.True(isExpected || node.Console.Contains("link: the TLS handshake failed", StringComparison.Ordinal), node.Console);
    }

    [SkippableTheory]
    [InlineData("node", "right-one", true)]
    [InlineData("node", "wrong-one", false)]
    [InlineData("nobody", "right-one", false)]
    [InlineData(null, null, false)]
    public async Task UserAndPassword(string? user, string? password, bool isExpected)
    {
        int port = LoopbackPort.Free();
        using MosquittoBroker broker = await MosquittoBroker.StartAsync(
            $"listener {port} 127.0.0.1\nallow_anonymous false\npassword_file {{folder}}/users\nacl_file {{folder}}/rules",
            new Dictionary<string, string>
            {
                ["users"] = await HashedAsync("node", "right-one"),

                // The rules of firmware/docs/sparkplug.md, no more.
                ["rules"] = "user node\ntopic write spBv1.0/plant/+/fan-1\ntopic write sensornode/plant/fan-1/journal\ntopic read spBv1.0/plant/NCMD/fan-1\ntopic read spBv1.0/STATE/scada\n",
            });
        await using LiveNode node = await LiveNode.StartAsync(port, broker.Port, Plain + (user == null ? "" : $"mqtt.user = {user}\nmqtt.password = {password}\n"));
        await JudgeAsync(node, isExpected);
        Assert.DoesNotContain("-one", node.Console, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task BrokerThatComesLater_IsFound_AndToldWhatWasMissed()
    {
        int port = LoopbackPort.Free();
        await using LiveNode node = await LiveNode.StartAsync(port, port, Plain, isWatched: false);
        await node.PassAsync(60);
        node.Network.IsReachable = false;
        using MosquittoBroker broker = await MosquittoBroker.StartAsync(port: port);
        await node.ReturnAsync();
        await node.ExpectAsync(() => node.Births > 0 && node.Records >= 3, "birth and records");
        await node.JudgeAsync(isWhole: false);
    }

    private static async Task JudgeAsync(LiveNode node, bool isExpected)
    {
        if (!isExpected)
        {
            await node.ExpectAsync(() => node.FailedAttempts >= 4, "four attempts");
            Assert.Equal(0, node.Births);
            Assert.Equal(1, node.Node.BootCount);
            return;
        }

        await node.ExpectAsync(() => node.Births > 0, "birth");
        await node.ExpectDataAsync();
        await node.JudgeAsync();
    }

    private static async Task<string> HashedAsync(string user, string password)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, $"{user}:{password}\n");
            string? program = new[] { "/usr/bin/mosquitto_passwd", "/usr/local/bin/mosquitto_passwd", "/opt/homebrew/bin/mosquitto_passwd" }.FirstOrDefault(File.Exists);
            Skip.If(program == null, "mosquitto_passwd is not installed (apt-get install mosquitto)");
            using Process hash = Process.Start(program!, ["-U", file]);
            await hash.WaitForExitAsync();
            return File.ReadAllText(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
