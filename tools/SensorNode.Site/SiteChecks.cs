using System.Security.Cryptography.X509Certificates;
using SensorNode.Files;

namespace SensorNode.Site;

/// <summary>What goes into a site, judged before anything is written. Each throws <see cref="SiteException"/> with one line.</summary>
internal static class SiteChecks
{
    /// <summary>Name, groups, scheme and broker are what they may be.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="where">Where they stand, before each message; empty for a command line.</param>
    public static void Check(SiteSettings settings, string where = "")
    {
        try
        {
            CheckValues(settings);
        }
        catch (SiteException exception)
        {
            throw new SiteException(where + exception.Message);
        }
    }

    private static void CheckValues(SiteSettings settings)
    {
        if (settings.Name.Length is < 1 or > 60 || settings.Name.Any(char.IsControl))
        {
            throw new SiteException($"name '{settings.Name}': 1 to 60 characters are expected");
        }

        if (settings.Groups.Count == 0 || settings.Groups.Distinct(StringComparer.OrdinalIgnoreCase).Count() != settings.Groups.Count)
        {
            throw new SiteException("groups: at least one is needed, and no two that differ only by case");
        }

        foreach (string group in settings.Groups)
        {
            if (NameScheme.Refusal(group) is { } refusal)
            {
                throw new SiteException("group " + refusal);
            }
        }

        NameScheme.Parse(settings.Scheme);
        BrokerName.ParseList(settings.Broker);
    }

    /// <summary>One or two certificates (PEM) of an outside authority.</summary>
    public static string ReadAnchors(string file)
    {
        X509Certificate2Collection anchors = PemFile.ReadAll(file, "--outside-ca");
        return anchors.Count <= 2 ? string.Concat(anchors.Select(anchor => anchor.ExportCertificatePem() + "\n")) : throw new SiteException($"--outside-ca {file}: holds {anchors.Count} certificates; one or two are expected");
    }

    /// <summary>One or two public keys of releases, each a line of 120 hexadecimal digits.</summary>
    public static string ReadReleaseKeys(string file)
    {
        string[] lines = NamedFile.ReadText(file, null, "give the public key of releases, which release keygen writes").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length is < 1 or > 2 || !lines.All(line => line.Length == 120 && line.All(char.IsAsciiHexDigit)))
        {
            throw new SiteException($"{file}: is no public key of releases, which is one line of 120 hexadecimal digits, or two for two keys");
        }

        return string.Concat(lines.Select(line => line + "\n"));
    }

    /// <summary>Refuses a folder within a Git work tree.</summary>
    public static void RefuseGit(string full)
    {
        for (string? folder = full; folder != null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Exists(Path.Combine(folder, ".git")))
            {
                throw new SiteException($"{full}: {folder} is a Git work tree, and keys in a repository are keys that others have; choose a folder elsewhere");
            }
        }
    }
}
