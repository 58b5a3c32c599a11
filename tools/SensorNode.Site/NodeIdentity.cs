using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SensorNode.Site;

/// <summary>A node's key and certificate, as files in its folder.</summary>
/// <param name="site">The site.</param>
/// <param name="name">The node; the common name of its certificate.</param>
/// <param name="folder">Its folder.</param>
internal sealed class NodeIdentity(SiteFolder site, string name, string folder)
{
    /// <summary>True while a request and its key are here: whoever signs it, the key is kept.</summary>
    public bool HasRequest => File.Exists(PathOf(NodeFiles.RequestName)) && File.Exists(PathOf(NodeFiles.KeyName));

    /// <summary>A new key, and a certificate by the site's own authority.</summary>
    public void Issue()
    {
        // Before the key: a request beside another key would be taken for one that waits.
        File.Delete(PathOf(NodeFiles.RequestName));
        using CertificateAuthority authority = site.Authority();
        using ECDsa key = CertificateAuthority.NewKey();
        using X509Certificate2 certificate = authority.IssueClient(name, new PublicKey(key), SiteFolder.ClientDays, site.Now);
        SecretFile.WriteSecret(PathOf(NodeFiles.KeyName), CertificateAuthority.KeyPem(key));
        SecretFile.WritePublic(PathOf(NodeFiles.CertificateName), certificate.ExportCertificatePem() + "\n");
    }

    /// <summary>Makes a key and a request for an outside authority, or checks its answer. The key stays between the two calls, so that the answer fits it.</summary>
    /// <returns>False where the answer is not there yet.</returns>
    /// <exception cref="SiteException">The answer is for another key or name, or of an authority that is no anchor.</exception>
    public bool TryTakeAnswer()
    {
        string keyFile = PathOf(NodeFiles.KeyName);
        string certificateFile = PathOf(NodeFiles.CertificateName);
        if (!File.Exists(keyFile))
        {
            using ECDsa key = CertificateAuthority.NewKey();
            SecretFile.WritePublic(PathOf(NodeFiles.RequestName), CertificateAuthority.RequestPem(site.Settings.Name, name, key));
            SecretFile.WriteSecret(keyFile, CertificateAuthority.KeyPem(key));
            File.Delete(certificateFile);
        }

        if (!File.Exists(certificateFile))
        {
            return false;
        }

        using X509Certificate2 certificate = ReadCertificate();
        using ECDsa ours = PemFile.ReadKey(keyFile);
        if (!certificate.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(ours.ExportSubjectPublicKeyInfo()))
        {
            throw new SiteException($"{certificateFile}: is for another key than {keyFile}; give {PathOf(NodeFiles.RequestName)} to the authority");
        }

        if (CertificateAuthority.CommonName(certificate) != name)
        {
            throw new SiteException($"{certificateFile}: is for '{CertificateAuthority.CommonName(certificate)}'; the common name must be {name}, since the broker takes it as the user");
        }

        if (IssuerOf(certificate) == "")
        {
            throw new SiteException($"{certificateFile}: is signed by none of the anchors in {site.FileOf("anchors.pem")}{(site.Settings.HasOutsideAuthority ? "" : $"; here only ca-{site.Settings.Generation}.key can sign, and a site for another authority is made by site init --outside-ca")}");
        }

        return true;
    }

    /// <summary>Takes the key away, and the request for it.</summary>
    public void DeleteKey()
    {
        File.Delete(PathOf(NodeFiles.KeyName));
        File.Delete(PathOf(NodeFiles.RequestName));
    }

    /// <summary>The certificate, without its key.</summary>
    public X509Certificate2 ReadCertificate() => PemFile.Read(PathOf(NodeFiles.CertificateName));

    /// <summary>Short fingerprint of the anchor that signed a certificate; empty for none.</summary>
    public string IssuerOf(X509Certificate2 certificate)
    {
        foreach (X509Certificate2 anchor in site.Anchors())
        {
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(anchor);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.VerificationTime = site.Now.UtcDateTime;
            if (chain.Build(certificate))
            {
                return CertificateAuthority.Short(anchor);
            }
        }

        return "";
    }

    private string PathOf(string file) => Path.Combine(folder, file);
}
