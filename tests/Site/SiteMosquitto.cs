using System.Security.Cryptography.X509Certificates;
using SensorNode.Emulator.Mqtt;
using SensorNode.Interop.Tests.Mqtt;

namespace SensorNode.Site.Tests;

/// <summary>A real mosquitto with the files of site broker-config.</summary>
internal sealed class SiteMosquitto : IDisposable
{
    private readonly TestSite _site;
    private readonly MosquittoProcess _process;

    private SiteMosquitto(TestSite site)
    {
        _site = site;
        _process = new MosquittoProcess(ConfigurationFile);
    }

    public static async Task<SiteMosquitto> StartAsync(TestSite site)
    {
        MosquittoProcess.SkipIfMissing();
        var broker = new SiteMosquitto(site);
        try
        {
            await broker.RestartAsync();
            return broker;
        }
        catch
        {
            broker.Dispose();
            throw;
        }
    }

    /// <summary>Writes the configuration anew and starts anew.</summary>
    public async Task RestartAsync()
    {
        await _site.BrokerConfigAsync();

        // As root, mosquitto would become another user, who may not read a temporary folder of root's.
        File.WriteAllText(ConfigurationFile, File.ReadAllText(Path.Combine(_site.Folder, "broker", "mosquitto.conf")) + (Environment.UserName == "root" ? "user root\n" : ""));
        await _process.StartAsync();
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
            TimeoutMs = 30_000,
        });
    }

    public Task<MqttSubscriber> ConnectAsNodeAsync(string name, string? clientId = null) => ConnectAsync(_site.NodeFile(name, NodeFiles.CertificateName), _site.NodeFile(name, NodeFiles.KeyName), clientId);

    public Task<MqttSubscriber> ConnectAsHostAsync(string name) => ConnectAsync(Path.Combine(_site.Folder, "hosts", name, "host.crt"), Path.Combine(_site.Folder, "hosts", name, "host.key"));

    public void Dispose() => _process.Dispose();

    private string ConfigurationFile => Path.Combine(_site.Root, "mosquitto.conf");
}
