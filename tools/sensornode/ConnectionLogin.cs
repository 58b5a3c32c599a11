using System.Security.Cryptography.X509Certificates;
using SensorNode.Emulator.Mqtt;
using SensorNode.Files;
using SensorNode.Site;

namespace SensorNode.Tool;

/// <summary>How to get into a broker.</summary>
/// <param name="UseTls">Whether to connect with TLS.</param>
/// <param name="AuthorityFile">PEM file with the broker's authority; null for the machine's trust store.</param>
/// <param name="CertificateFile">PEM file with the client certificate, or null.</param>
/// <param name="KeyFile">PEM file with its key, or null.</param>
/// <param name="User">User name, or null.</param>
/// <param name="Password">Its password, or null.</param>
public sealed record ConnectionLogin(bool UseTls, string? AuthorityFile, string? CertificateFile, string? KeyFile, string? User, string? Password)
{
    /// <summary>What the tool's own client needs.</summary>
    /// <exception cref="ToolException">A file holds nothing that can be used.</exception>
    public MqttSubscriberOptions ToClient(BrokerAddress broker)
    {
        try
        {
            X509Certificate2Collection authorities = AuthorityFile == null ? [] : PemFile.ReadAll(AuthorityFile, "--ca");
            return new MqttSubscriberOptions
            {
                Host = broker.Host,
                Port = broker.Port ?? (UseTls ? 8883 : 1883),
                UserName = User,
                Password = Password,
                UseTls = UseTls,
                Authority = authorities.FirstOrDefault(),
                MoreAuthorities = [.. authorities.Skip(1)],
                ClientCertificate = CertificateFile == null ? null : PemFile.ReadPair(CertificateFile, KeyFile!, "--cert", "--key"),
            };
        }
        catch (Exception exception) when (exception is SiteException or FileException)
        {
            throw new ToolException(exception.Message, ExitCode.Usage);
        }
    }
}
