using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using SensorNode.Emulator.Mqtt;
using Xunit;

namespace SensorNode.Site.Tests;

/// <summary>A real mosquitto with the files of site broker-config.</summary>
internal sealed class SiteMosquitto : IDisposable
{
    private readonly TestSite _site;
    private readonly string _program;
    private Process _process;

    private SiteMosquitto(TestSite site, string program)
    {
        _site = site;
        _program = program;
        _process = Launch();
    }

    public static async Task<SiteMosquitto> StartAsync(TestSite site)
    {
        string? program = new[] { "/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto", "/opt/homebrew/sbin/mosquitto" }.FirstOrDefault(File.Exists);
        Skip.If(program == null, "mosquitto is not installed (apt-get install mosquitto)");
        await site.BrokerConfigAsync();
        var broker = new SiteMosquitto(site, program!);
        await broker.WaitUntilOpenAsync();
        return broker;
    }

    /// <summary>Writes the configuration anew and starts anew.</summary>
    public async Task RestartAsync()
    {
        await _site.BrokerConfigAsync();
        Kill();
        _process = Launch();
        await WaitUntilOpenAsync();
    }

    /// <summary>Connects with a certificate and key (PEM files).</summary>
    public Task<MqttSubscriber> ConnectAsync(string? certificate, string? key, string? clientId = null)
    {
        var anchors = new X509Certificate2Collection();
        anchors.ImportFromPem(File.ReadAllText(Path.Combine(_site.Folder, "anchors.pem")));
        X509Certificate2? identity = null;
        if (certificate != null)
        {
            using var pair = X509Certificate2.CreateFromPemFile(certificate, key);
            identity = X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
        }

        return MqttSubscriber.ConnectAsync(new MqttSubscriberOptions
        {
            Host = "localhost",
            Port = _site.Port,
            UseTls = true,
            Authority = anchors[0],
            MoreAuthorities = [.. anchors.Skip(1)],
            ClientCertificate = identity,
            ClientId = clientId,
            TimeoutMs = 5_000,
        });
    }

    public Task<MqttSubscriber> ConnectAsNodeAsync(string name, string? clientId = null) => ConnectAsync(_site.NodeFile(name, NodeFiles.CertificateName), _site.NodeFile(name, NodeFiles.KeyName), clientId);

    public Task<MqttSubscriber> ConnectAsHostAsync(string name) => ConnectAsync(Path.Combine(_site.Folder, "hosts", name, "host.crt"), Path.Combine(_site.Folder, "hosts", name, "host.key"));

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
    }

    private Process Launch()
    {
        // As root, mosquitto would become another user, who may not read a temporary folder of root's.
        string file = Path.Combine(_site.Root, "mosquitto.conf");
        File.WriteAllText(file, File.ReadAllText(Path.Combine(_site.Folder, "broker", "mosquitto.conf")) + (Environment.UserName == "root" ? "user root\n" : ""));
        Process process = Process.Start(new ProcessStartInfo(_program, ["-c", file]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.ErrorDataReceived += (_, line) => File.AppendAllText(Path.Combine(_site.Root, "mosquitto.log"), line.Data + "\n");
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }

    private async Task WaitUntilOpenAsync()
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, _site.Port);
                return;
            }
            catch (SocketException) when (attempt < 100 && !_process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }
}
