using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SensorNode.Interop.Tests;

/// <summary>Certificates for one test: elliptic-curve keys, made on the spot.</summary>
internal static class TestCertificates
{
    /// <summary>An authority of its own.</summary>
    public static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddDays(30));
    }

    /// <summary>A certificate with its key.</summary>
    /// <param name="authority">Signs it.</param>
    /// <param name="name">Subject.</param>
    /// <param name="isExpired">Ended yesterday.</param>
    /// <param name="host">DNS name in it, or null.</param>
    public static X509Certificate2 Issue(X509Certificate2 authority, string name, bool isExpired, string? host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        if (host != null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(host);
            request.CertificateExtensions.Add(names.Build());
        }

        DateTimeOffset end = DateTimeOffset.UtcNow.AddDays(isExpired ? -1 : 20);
        using X509Certificate2 issued = request.Create(authority, DateTimeOffset.UtcNow.AddDays(-20), end, RandomNumberGenerator.GetBytes(8));
        using X509Certificate2 pair = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    /// <summary>Its key, in PEM.</summary>
    public static string KeyPem(X509Certificate2 certificate) => certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();
}
