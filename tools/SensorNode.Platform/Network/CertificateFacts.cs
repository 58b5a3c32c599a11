using System.Security.Cryptography.X509Certificates;

namespace SensorNode.Platform;

/// <summary>What the device's certificate class tells, for the stand-in, which hides the base library's own.</summary>
/// <param name="Issuer">Distinguished name.</param>
/// <param name="Subject">Distinguished name.</param>
/// <param name="NotBeforeTicks">UTC, in ticks of 100 ns since year 1.</param>
/// <param name="NotAfterTicks">UTC, in ticks of 100 ns since year 1.</param>
public sealed record CertificateFacts(string Issuer, string Subject, long NotBeforeTicks, long NotAfterTicks)
{
    /// <summary>Reads PEM text or DER bytes.</summary>
    /// <exception cref="ArgumentException">It is no certificate.</exception>
    public static CertificateFacts Read(byte[] certificate)
    {
        using X509Certificate2 read = TlsNodeStream.ReadCertificate(certificate);
        return new CertificateFacts(read.Issuer, read.Subject, read.NotBefore.ToUniversalTime().Ticks, read.NotAfter.ToUniversalTime().Ticks);
    }
}
