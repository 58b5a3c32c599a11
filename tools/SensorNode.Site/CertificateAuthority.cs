using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SensorNode.Files;

namespace SensorNode.Site;

/// <summary>A site's authority: a P-256 key that signs certificates of nodes, hosts and the broker, and nothing else.</summary>
/// <remarks>Source: RFC 5280. Everything here is the base library's X.509; nothing of it runs on a node.</remarks>
public sealed class CertificateAuthority : IDisposable
{
    /// <summary>Years of an authority.</summary>
    public const int AuthorityYears = 20;

    private static readonly Oid s_serverUse = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid s_clientUse = new("1.3.6.1.5.5.7.3.2");

    private readonly string _organization;

    private CertificateAuthority(X509Certificate2 certificate, string organization)
    {
        Certificate = certificate;
        _organization = organization;
    }

    /// <summary>The authority's own certificate, with its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Makes a new one.</summary>
    /// <param name="organization">The site's name.</param>
    /// <param name="generation">1 for a site's first; stands in its name, so that two are never mistaken.</param>
    /// <param name="now">Time of day.</param>
    public static CertificateAuthority Create(string organization, int generation, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Name(organization, $"SensorNode authority {generation}"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return new CertificateAuthority(request.CreateSelfSigned(Seconds(now.AddHours(-1)), Seconds(now.AddYears(AuthorityYears))), organization);
    }

    /// <summary>Reads certificate and key (PEM).</summary>
    /// <exception cref="SiteException">They cannot be read, or do not belong together.</exception>
    public static CertificateAuthority Load(string certificateFile, string keyFile, string organization)
    {
        try
        {
            return new CertificateAuthority(PemFile.ReadPair(certificateFile, keyFile), organization);
        }
        catch (Exception exception) when (exception is SiteException or FileException)
        {
            throw new SiteException($"the authority cannot be read: {exception.Message}");
        }
    }

    /// <summary>The key as PEM. A secret.</summary>
    public string KeyPem()
    {
        using ECDsa key = Certificate.GetECDsaPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    /// <summary>A certificate with which a node or host shows itself to the broker.</summary>
    /// <param name="commonName">Its user name at the broker.</param>
    /// <param name="key">Its public key.</param>
    /// <param name="days">Days it lives, but never longer than the authority.</param>
    /// <param name="now">Time of day.</param>
    public X509Certificate2 IssueClient(string commonName, PublicKey key, int days, DateTimeOffset now) => Issue(commonName, key, s_clientUse, null, days, now);

    /// <summary>A certificate with which the broker shows itself.</summary>
    /// <param name="names">Names and addresses that clients know it by; at least one.</param>
    /// <param name="key">Its public key.</param>
    /// <param name="days">Days it lives, but never longer than the authority.</param>
    /// <param name="now">Time of day.</param>
    public X509Certificate2 IssueServer(IReadOnlyList<string> names, PublicKey key, int days, DateTimeOffset now)
    {
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (string name in names)
        {
            if (IPAddress.TryParse(name, out IPAddress? address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        return Issue(names[0], key, s_serverUse, alternatives.Build(), days, now);
    }

    /// <summary>Reads a request (PEM) and answers it with a client certificate; its key must be P-256 and its signature right.</summary>
    /// <exception cref="SiteException">It is not.</exception>
    public static (string CommonName, PublicKey Key) ReadRequest(string file, string pem)
    {
        try
        {
            var request = CertificateRequest.LoadSigningRequestPem(pem, HashAlgorithmName.SHA256);
            return (request.SubjectName.EnumerateRelativeDistinguishedNames().First(part => part.GetSingleElementType().Value == "2.5.4.3").GetSingleElementValue()!, request.PublicKey);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or InvalidOperationException)
        {
            throw new SiteException($"{file}: is no certificate request: {exception.Message}");
        }
    }

    /// <summary>A new P-256 key.</summary>
    public static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>The key as PEM of 227 bytes, which lie in the node's directory and take no block. A secret.</summary>
    public static string KeyPem(ECDsa key) => key.ExportECPrivateKeyPem() + "\n";

    /// <summary>A request for an outside authority (PEM).</summary>
    public static string RequestPem(string organization, string commonName, ECDsa key) =>
        new CertificateRequest(Name(organization, commonName), key, HashAlgorithmName.SHA256).CreateSigningRequestPem() + "\n";

    /// <summary>The first 12 hex digits of a certificate's SHA-256.</summary>
    public static string Short(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256)[..12].ToLowerInvariant();

    /// <summary>The common name of a certificate.</summary>
    public static string CommonName(X509Certificate2 certificate) => certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);

    /// <inheritdoc/>
    public void Dispose() => Certificate.Dispose();

    private X509Certificate2 Issue(string commonName, PublicKey key, Oid use, X509Extension? alternatives, int days, DateTimeOffset now)
    {
        var request = new CertificateRequest(Name(_organization, commonName), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([use], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(key, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        if (alternatives != null)
        {
            request.CertificateExtensions.Add(alternatives);
        }

        // A node's clock may be a little behind; an end after the authority's own would be refused.
        DateTimeOffset begin = Later(Seconds(now.AddHours(-1)), Certificate.NotBefore);
        DateTimeOffset end = Earlier(Seconds(now.AddDays(days)), Certificate.NotAfter);
        byte[] serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        return request.Create(Certificate, begin, end, serial);
    }

    private static X500DistinguishedName Name(string organization, string commonName)
    {
        var builder = new X500DistinguishedNameBuilder();
        builder.AddCommonName(commonName);
        builder.AddOrganizationName(organization);
        return builder.Build();
    }

    private static DateTimeOffset Seconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
