using System.Security.Cryptography.X509Certificates;

namespace SensorNode.Emulator.Mqtt;

/// <summary>Whether a certificate comes from one of given authorities; the machine's own trust store plays no part.</summary>
internal static class CertificateChecks
{
    /// <returns>Null if it does; otherwise why not.</returns>
    public static string? IssuedBy(X509Certificate? certificate, params X509Certificate2[] authorities)
    {
        if (certificate == null)
        {
            return "no certificate was shown";
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using X509Certificate2 leaf = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(leaf) ? null : string.Join(", ", chain.ChainStatus.Select(status => status.StatusInformation.Trim()));
    }
}
