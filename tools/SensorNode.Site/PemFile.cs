using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SensorNode.Files;

namespace SensorNode.Site;

/// <summary>Certificates and keys from PEM files: the one reader of the tool. What is none is a <see cref="SiteException"/> with one line that names the file.</summary>
public static class PemFile
{
    /// <summary>Every certificate of a file, at least one.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="option">Option that named it, or null.</param>
    public static X509Certificate2Collection ReadAll(string file, string? option = null)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(ReadText(file, option));
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            certificates.Clear();
        }

        return certificates.Count > 0 ? certificates : throw new SiteException($"{Name(file, option)}: holds no certificate in PEM form, which begins with -----BEGIN CERTIFICATE-----");
    }

    /// <summary>The first certificate of a file.</summary>
    public static X509Certificate2 Read(string file) => ReadAll(file)[0];

    /// <summary>A certificate with its key, as every platform's TLS takes it.</summary>
    /// <param name="certificateFile">Its file.</param>
    /// <param name="keyFile">The key's file.</param>
    /// <param name="certificateOption">Option that named it, or null.</param>
    /// <param name="keyOption">The same for the key.</param>
    public static X509Certificate2 ReadPair(string certificateFile, string keyFile, string? certificateOption = null, string? keyOption = null)
    {
        (string certificate, string key) = (ReadText(certificateFile, certificateOption), ReadText(keyFile, keyOption));
        try
        {
            using var pair = X509Certificate2.CreateFromPem(certificate, key);

            // A key that lives in memory only is not taken by every platform's TLS; one that went through PKCS #12 is.
            return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new SiteException($"{Name(certificateFile, certificateOption)} and {Name(keyFile, keyOption)}: are not a certificate and its key, both in PEM form and the key without a password");
        }
    }

    /// <summary>An elliptic-curve key.</summary>
    public static ECDsa ReadKey(string file)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(ReadText(file));
            return key;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new SiteException($"{file}: holds no elliptic-curve key in PEM form");
        }
    }

    private static string ReadText(string file, string? option = null) => NamedFile.ReadText(file, option, "a file in PEM form is expected");

    private static string Name(string file, string? option) => option == null ? file : $"{option} {file}";
}
