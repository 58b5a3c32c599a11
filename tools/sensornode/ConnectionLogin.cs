using System.Security.Cryptography.X509Certificates;
using SensorNode.Emulator.Mqtt;

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
    public MqttSubscriberOptions ToClient(BrokerAddress broker)
    {
        try
        {
            return new MqttSubscriberOptions
            {
                Host = broker.Host,
                Port = broker.Port ?? (UseTls ? 8883 : 1883),
                UserName = User,
                Password = Password,
                UseTls = UseTls,
                Authority = AuthorityFile == null ? null : X509Certificate2.CreateFromPem(File.ReadAllText(AuthorityFile)),
                ClientCertificate = CertificateFile == null ? null : X509Certificate2.CreateFromPemFile(CertificateFile, KeyFile),
            };
        }
        catch (System.Security.Cryptography.CryptographicException exception)
        {
            throw new ToolException($"--ca, --cert or --key is no PEM file that can be used: {exception.Message}", ExitCode.Usage);
        }
    }
}
