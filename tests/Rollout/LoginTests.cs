using System.Security.Cryptography.X509Certificates;
using SensorNode.Interop.Tests;
using SensorNode.Interop.Tests.Mqtt;
using SensorNode.Tool.Demo.Update;
using Xunit;

namespace SensorNode.Rollout.Tests;

/// <summary>How the sender gets into mosquitto over TLS, and how not: one line each time.</summary>
public sealed class LoginTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sensornode-login-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [InlineData("right", "the broker keeps no state of any node of group plant")]
    [InlineData("server of another authority", "its certificate is not trusted")]
    [InlineData("client of another authority", "broker localhost:")]
    [InlineData("no client certificate", "broker localhost:")]
    public async Task Certificates(string which, string expected)
    {
        using X509Certificate2 authority = TestCertificates.Authority("CN=site");
        using X509Certificate2 other = TestCertificates.Authority("CN=other");
        using X509Certificate2 server = TestCertificates.Issue(which == "server of another authority" ? other : authority, "CN=broker", false, "localhost");
        using X509Certificate2 client = TestCertificates.Issue(which == "client of another authority" ? other : authority, "CN=sender", false, null);
        int port = LoopbackPort.Free();
        using MosquittoBroker broker = await MosquittoBroker.StartAsync(
            $"listener {port} 127.0.0.1\nallow_anonymous true\ncafile {{folder}}/ca.pem\ncertfile {{folder}}/server.pem\nkeyfile {{folder}}/server.key\nrequire_certificate true",
            new Dictionary<string, string>
            {
                ["ca.pem"] = authority.ExportCertificatePem(),
                ["server.pem"] = server.ExportCertificatePem(),
                ["server.key"] = TestCertificates.KeyPem(server),
            });
        var releases = new DemoReleases();
        File.WriteAllBytes(At("app.snr"), releases.ApplicationFile("0.2.0", crashes: false));
        File.WriteAllText(At("key.pub"), releases.PublicKeyText);
        File.WriteAllText(At("ca.pem"), authority.ExportCertificatePem());
        File.WriteAllText(At("host.crt"), client.ExportCertificatePem());
        File.WriteAllText(At("host.key"), TestCertificates.KeyPem(client));
        string[] identity = which == "no client certificate" ? [] : ["--cert", At("host.crt"), "--key", At("host.key")];
        (int code, string error) = await RunAsync(
            ["rollout", At("app.snr"), "--public", At("key.pub"), "--broker", $"localhost:{port}", "--tls", "--ca", At("ca.pem"), .. identity, "--group", "plant", "--dry-run", "--plain", "--settle", "0.6"]);
        Assert.Equal(1, code);
        Assert.Contains(expected, error);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    private string At(string name) => Path.Combine(_folder, name);

    private static async Task<(int Code, string Error)> RunAsync(string[] arguments)
    {
        TextWriter output = Console.Out;
        TextWriter error = Console.Error;
        var heard = new StringWriter();
        try
        {
            Console.SetOut(TextWriter.Null);
            Console.SetError(heard);
            return (await Tool.Program.Main(arguments), heard.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
