using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization;
using SensorNode.Files;

namespace SensorNode.Site;

/// <summary>The folder of a site: settings, authority, inventory, and a folder for each node. The list of its files is in firmware/docs/provisioning.md.</summary>
/// <remarks>Open means locked: a second process is refused. Each change is one file written whole, site.json last.</remarks>
public sealed class SiteFolder : IDisposable
{
    /// <summary>Host identity with which the tool listens.</summary>
    public const string ToolHost = "tool";

    /// <summary>Days of a node's or host's certificate.</summary>
    public const int ClientDays = 5 * 365;

    private const string Own = "give a folder that this user may write";
    private const string Restore = "put it back from a copy of the site";

    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) } };

    private readonly FileStream? _lock;
    private readonly TimeProvider _clock;

    private SiteFolder(string path, SiteSettings settings, Inventory inventory, FileStream? held, TimeProvider clock)
    {
        Path = path;
        Settings = settings;
        Inventory = inventory;
        _lock = held;
        _clock = clock;
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>What site.json holds.</summary>
    public SiteSettings Settings { get; private set; }

    /// <summary>The nodes.</summary>
    public Inventory Inventory { get; }

    /// <summary>Time of day.</summary>
    public DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>Makes a site in a folder that has none.</summary>
    /// <param name="path">Folder; made if it is not there.</param>
    /// <param name="settings">Name, groups, scheme, broker.</param>
    /// <param name="outsideAuthority">File with the certificates (PEM) of an outside authority, or null for one of the site's own.</param>
    /// <param name="clock">Time of day.</param>
    /// <exception cref="SiteException">There is a site already, the folder is in a Git work tree, or a setting is wrong.</exception>
    public static SiteFolder Create(string path, SiteSettings settings, string? outsideAuthority, TimeProvider clock)
    {
        string full = System.IO.Path.GetFullPath(path);
        SiteChecks.Check(settings);
        string? anchors = outsideAuthority == null ? null : SiteChecks.ReadAnchors(outsideAuthority);
        if (File.Exists(System.IO.Path.Combine(full, "site.json")))
        {
            throw new SiteException($"--site {full}: holds a site already; choose another folder, or site rollover for a new authority");
        }

        SiteChecks.RefuseGit(full);
        NamedFile.MakeFolder(full, "--site", Own);
        var site = new SiteFolder(full, settings with { HasOutsideAuthority = anchors != null }, Inventory.Open(System.IO.Path.Combine(full, "inventory.csv")), TakeLock(full), clock);
        try
        {
            if (anchors != null)
            {
                SecretFile.WritePublic(site.FileOf("anchors.pem"), anchors);
            }
            else
            {
                site.MakeAuthority(1);
                site.WriteAnchors();
                site.MakeHost(ToolHost, mayControl: false);
            }

            site.Save(site.Settings);
            return site;
        }
        catch
        {
            site.Dispose();
            throw;
        }
    }

    /// <summary>Opens a site.</summary>
    /// <param name="path">Its folder.</param>
    /// <param name="clock">Time of day.</param>
    /// <param name="isLocked">False only to look.</param>
    /// <exception cref="SiteException">There is none, it is damaged, or another process has it.</exception>
    public static SiteFolder Open(string path, TimeProvider clock, bool isLocked = true)
    {
        string full = System.IO.Path.GetFullPath(path);
        string file = System.IO.Path.Combine(full, "site.json");
        if (!File.Exists(file))
        {
            NamedFile.CheckFolder(full, "--site", "give a site's folder; sensornode site init makes one");
            throw new SiteException($"--site {full}: there is no site; sensornode site init makes one");
        }

        FileStream? held = isLocked ? TakeLock(full) : null;
        try
        {
            SiteSettings settings = SiteJson.Read<SiteSettings>(file, s_json, read => !read.Groups.Contains(null!) && !read.Hosts.Contains(null!), Restore);
            SiteChecks.Check(settings, file + ", ");
            var site = new SiteFolder(full, settings, Inventory.Open(System.IO.Path.Combine(full, "inventory.csv")), held, clock);
            if (isLocked && !settings.HasOutsideAuthority)
            {
                // A step of a roll-over that was cut short after site.json.
                site.WriteAnchors();
            }

            return site;
        }
        catch
        {
            held?.Dispose();
            throw;
        }
    }

    /// <summary>Path of a file of the site.</summary>
    public string FileOf(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Text of a file of the site.</summary>
    public string ReadText(params string[] parts) => NamedFile.ReadText(FileOf(parts), null, Restore);

    /// <summary>The folder of a node; made if it is not there.</summary>
    public string NodeFolder(string name)
    {
        string folder = FileOf("nodes", name);
        NamedFile.MakeFolder(folder, null, Own);
        return folder;
    }

    /// <summary>End of the certificate in a node's folder, which may not be on its board yet; null where there is none.</summary>
    public DateTimeOffset? CertificateEnd(string name)
    {
        string file = FileOf("nodes", name, NodeFiles.CertificateName);
        if (!File.Exists(file))
        {
            return null;
        }

        using X509Certificate2 certificate = PemFile.Read(file);
        return new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
    }

    /// <summary>Writes site.json.</summary>
    public void Save(SiteSettings settings)
    {
        SecretFile.WritePublic(FileOf("site.json"), JsonSerializer.Serialize(settings, s_json) + "\n");
        Settings = settings;
    }

    /// <summary>The authority that signs now.</summary>
    /// <exception cref="SiteException">The site has an outside one.</exception>
    public CertificateAuthority Authority() => Settings.HasOutsideAuthority
        ? throw new SiteException($"{Path}: this site has an outside authority; certificates come from there")
        : CertificateAuthority.Load(FileOf($"ca-{Settings.Generation}.crt"), FileOf($"ca-{Settings.Generation}.key"), Settings.Name);

    /// <summary>Makes key and certificate of an authority, unless they are there.</summary>
    public void MakeAuthority(int generation)
    {
        string certificate = FileOf($"ca-{generation}.crt");
        if (File.Exists(certificate))
        {
            return;
        }

        using var authority = CertificateAuthority.Create(Settings.Name, generation, Now);
        SecretFile.WriteSecret(FileOf($"ca-{generation}.key"), authority.KeyPem());
        SecretFile.WritePublic(certificate, authority.Certificate.ExportCertificatePem() + "\n");
    }

    /// <summary>Writes anchors.pem as the state of the roll-over wants it, the signing authority first.</summary>
    public void WriteAnchors()
    {
        int other = Settings.RollOver switch { RollOverState.Begun => Settings.Generation + 1, RollOverState.Switched => Settings.Generation - 1, _ => 0 };
        string pem = ReadText($"ca-{Settings.Generation}.crt") + (other > 0 ? ReadText($"ca-{other}.crt") : "");
        SecretFile.WritePublic(FileOf("anchors.pem"), pem);
    }

    /// <summary>The certificates that nodes and broker trust.</summary>
    public X509Certificate2Collection Anchors() => PemFile.ReadAll(FileOf("anchors.pem"));

    /// <summary>Short fingerprints of the anchors, as the inventory keeps them.</summary>
    public string AnchorNames() => string.Join(' ', Anchors().Select(CertificateAuthority.Short));

    /// <summary>Makes the identity of a host application in hosts/NAME, or a new one in the place of an old one.</summary>
    public HostEntry MakeHost(string name, bool mayControl)
    {
        if (NameScheme.Refusal(name) is { } refusal)
        {
            throw new SiteException(refusal);
        }

        using CertificateAuthority authority = Authority();
        using ECDsa key = CertificateAuthority.NewKey();
        using X509Certificate2 certificate = authority.IssueClient(AccessRules.HostPrefix + name, new PublicKey(key), ClientDays, Now);
        string folder = FileOf("hosts", name);
        NamedFile.MakeFolder(folder, null, Own);
        SecretFile.WriteSecret(System.IO.Path.Combine(folder, "host.key"), CertificateAuthority.KeyPem(key));
        SecretFile.WritePublic(System.IO.Path.Combine(folder, "host.crt"), certificate.ExportCertificatePem() + "\n");
        var entry = new HostEntry(name, mayControl, CertificateAuthority.Short(authority.Certificate), new DateTimeOffset(certificate.NotAfter.ToUniversalTime()));
        Save(Settings with { Hosts = [.. Settings.Hosts.Where(host => host.Name != name), entry] });
        return entry;
    }

    /// <summary>A host's certificate with its key, or null where there is none.</summary>
    public X509Certificate2? HostIdentity(string name)
    {
        string certificate = FileOf("hosts", name, "host.crt");
        if (!File.Exists(certificate))
        {
            return null;
        }

        try
        {
            return PemFile.ReadPair(certificate, FileOf("hosts", name, "host.key"));
        }
        catch (Exception exception) when (exception is SiteException or FileException)
        {
            throw new SiteException($"{exception.Message}; sensornode site host {name} makes a new one");
        }
    }

    /// <summary>The public keys whose releases the site's nodes take; null where none was given.</summary>
    public string? ReleaseKeys => File.Exists(FileOf(NodeFiles.ReleaseKeyName)) ? ReadText(NodeFiles.ReleaseKeyName) : null;

    /// <summary>Sets them.</summary>
    /// <param name="file">One or two lines of 120 hexadecimal digits, as sensornode release keygen writes FILE.pub.</param>
    /// <exception cref="SiteException">It is not.</exception>
    public void SetReleaseKeys(string file)
    {
        SecretFile.WritePublic(FileOf(NodeFiles.ReleaseKeyName), SiteChecks.ReadReleaseKeys(file));
    }

    /// <summary>The group asked for, or the site's first.</summary>
    public string Group(string? asked) =>
        string.IsNullOrEmpty(asked) ? Settings.Groups[0]
        : Settings.Groups.Contains(asked) ? asked
        : throw new SiteException($"group '{asked}': is not one of {string.Join(", ", Settings.Groups)} of {FileOf("site.json")}; sensornode site group {asked} adds it");

    /// <inheritdoc/>
    public void Dispose() => _lock?.Dispose();

    private static FileStream TakeLock(string folder)
    {
        try
        {
            return NamedFile.Open(System.IO.Path.Combine(folder, ".lock"), "--site", Own, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None });
        }
        catch (FileException exception) when (exception.IsInUse)
        {
            throw new SiteException($"--site {folder}: another sensornode works on this site; wait until it has ended");
        }
    }
}
