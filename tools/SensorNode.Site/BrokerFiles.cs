using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SensorNode.Files;

namespace SensorNode.Site;

/// <summary>What mosquitto needs: its configuration with mutual TLS, access rules, anchors, certificate and key.</summary>
public static class BrokerFiles
{
    /// <summary>Days of the broker's certificate.</summary>
    public const int ServerDays = 2 * 365;

    /// <summary>Days left below which a new certificate is made.</summary>
    public const int RenewDays = 90;

    /// <summary>Writes broker/ of a site. The certificate is kept while it lives long enough, is of the signing authority and has all names.</summary>
    /// <param name="site">The site.</param>
    /// <param name="moreNames">Names and addresses beside those of the settings.</param>
    /// <param name="folderThere">Where the files will lie on the broker's machine; null: where they are written.</param>
    /// <param name="address">Address to listen on; null: all of the machine's.</param>
    /// <returns>The folder, and whether the certificate is new.</returns>
    public static (string Folder, bool IsNewCertificate) Write(SiteFolder site, IReadOnlyList<string> moreNames, string? folderThere, string? address)
    {
        string folder = site.FileOf("broker");
        NamedFile.MakeFolder(folder, null, "take it out of the way");
        IReadOnlyList<BrokerName> brokers = BrokerName.ParseList(site.Settings.Broker);
        bool isNew = !site.Settings.HasOutsideAuthority && MakeCertificate(site, folder, [.. brokers.Select(broker => broker.Host).Concat(moreNames).Distinct(StringComparer.OrdinalIgnoreCase)]);
        SecretFile.WritePublic(Path.Combine(folder, "anchors.pem"), site.ReadText("anchors.pem"));
        SecretFile.WritePublic(Path.Combine(folder, "acl"), AccessRules.Mosquitto(site.Settings, site.Inventory.Rows));
        SecretFile.WritePublic(Path.Combine(folder, "mosquitto.conf"), Configuration(site.Settings.Name, folderThere ?? folder, $"{brokers[0].Port} {address}".TrimEnd()));
        return (folder, isNew);
    }

    private static string Configuration(string name, string folder, string listener)
    {
        // mosquitto wants forward slashes on every system.
        string at = folder.Replace('\\', '/').TrimEnd('/');
        return $"""
            # Broker of {name}, by sensornode site broker-config. mosquitto 2.0 or later.
            per_listener_settings false
            listener {listener}

            # Mutual TLS. The certificate's common name is the user and the client id, so nobody can take another one's place.
            cafile {at}/anchors.pem
            certfile {at}/server.crt
            keyfile {at}/server.key
            tls_version tlsv1.2
            require_certificate true
            use_identity_as_username true
            use_username_as_clientid true
            allow_anonymous false

            acl_file {at}/acl

            # A birth has about 8 KB, a piece of an update 3. A node takes 4 KB, but must hold a longer message before it can drop it.
            max_packet_size 16384
            max_queued_messages 1000
            max_inflight_messages 20

            """;
    }

    private static bool MakeCertificate(SiteFolder site, string folder, string[] names)
    {
        string certificateFile = Path.Combine(folder, "server.crt");
        string keyFile = Path.Combine(folder, "server.key");
        using CertificateAuthority authority = site.Authority();
        if (File.Exists(certificateFile) && File.Exists(keyFile))
        {
            using X509Certificate2 old = PemFile.Read(certificateFile);
            bool isOurs = old.IssuerName.RawData.AsSpan().SequenceEqual(authority.Certificate.SubjectName.RawData);
            bool lives = old.NotAfter.ToUniversalTime() > site.Now.AddDays(RenewDays).UtcDateTime;
            if (isOurs && lives && names.All(name => old.MatchesHostname(name, allowWildcards: false, allowCommonName: false)))
            {
                return false;
            }
        }

        using ECDsa key = CertificateAuthority.NewKey();
        using X509Certificate2 certificate = authority.IssueServer(names, new PublicKey(key), ServerDays, site.Now);
        SecretFile.WriteSecret(keyFile, CertificateAuthority.KeyPem(key));
        SecretFile.WritePublic(certificateFile, certificate.ExportCertificatePem() + "\n");
        return true;
    }
}
