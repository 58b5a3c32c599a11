using System.Security.Cryptography;
using System.Xml;
using System.Xml.Linq;
using SensorNode.Files;

namespace SensorNode.Release.Sbom;

/// <summary>What is in a node: our assemblies, the pinned packages of each (packages.config), and the runtime image.</summary>
public static class NodeParts
{
    private const string Start = "firmware/SensorNode.Boot/SensorNode.Boot.nfproj";

    /// <summary>Reads the project files of a repository, from SensorNode.Boot on.</summary>
    /// <param name="repository">The folder with SensorNode.sln.</param>
    /// <param name="version">Version of the release.</param>
    /// <param name="runtimeVersion">Version of the runtime image (nanoCLR).</param>
    /// <param name="files">Files that are released, with which the root's digest is made; may be empty.</param>
    /// <returns>The release, and its parts.</returns>
    /// <exception cref="InvalidDataException">A project file cannot be read, or two pin different versions of one package.</exception>
    public static (SbomComponent Root, IReadOnlyList<SbomComponent> Parts) Read(string repository, string version, string runtimeVersion, IReadOnlyList<string> files)
    {
        var packages = new Dictionary<string, (string Version, string Where)>(StringComparer.OrdinalIgnoreCase);
        var own = new Dictionary<string, SbomComponent>(StringComparer.Ordinal);
        string runtime = $"pkg:github/nanoframework/nf-interpreter@{Uri.EscapeDataString(runtimeVersion)}";
        AddProject(Path.Combine(repository, Start), version, runtime, packages, own);
        var parts = new List<SbomComponent>(own.Values);
        parts.AddRange(packages.Select(package => new SbomComponent("library", package.Key, package.Value.Version, Supplier(package.Key), SbomComponent.NuGet(package.Key, package.Value.Version), [runtime])));

        // Its own parts (ESP-IDF, FreeRTOS, lwIP, mbedTLS, littlefs) are named by its makers, not here.
        parts.Add(new SbomComponent("firmware", "nanoCLR", runtimeVersion, ".NET nanoFramework", runtime, []) { IsComplete = false });
        foreach (string file in files)
        {
            string digest = Convert.ToHexStringLower(SHA256.HashData(NamedFile.ReadBytes(file, "--file", "give a file that is released")));
            parts.Add(SbomComponent.Own("firmware", Path.GetFileName(file), version, [own["SensorNode.Boot"].Purl]) with { Hash = ("SHA-256", digest), Purl = $"pkg:generic/sensornode/{Uri.EscapeDataString(Path.GetFileName(file))}@{version}?checksum=sha256:{digest}" });
        }

        string[] rootDependsOn = files.Count > 0 ? [.. parts.Where(part => part.Hash != null).Select(part => part.Purl)] : [own["SensorNode.Boot"].Purl];
        return (SbomComponent.Own("firmware", "sensornode-firmware", version, rootDependsOn), parts);
    }

    private static string AddProject(string file, string version, string runtime, Dictionary<string, (string Version, string Where)> packages, Dictionary<string, SbomComponent> own)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        if (own.TryGetValue(name, out SbomComponent? known))
        {
            return known.Purl;
        }

        var dependsOn = new List<string> { runtime };
        string config = Path.Combine(Path.GetDirectoryName(file)!, "packages.config");
        foreach (XElement package in Load(config).Descendants("package"))
        {
            string id = package.Attribute("id")?.Value ?? throw new InvalidDataException($"{config}: a package has no id");
            string pinned = package.Attribute("version")?.Value ?? throw new InvalidDataException($"{config}: {id} has no version");
            if (packages.TryGetValue(id, out (string Version, string Where) other) && other.Version != pinned)
            {
                throw new InvalidDataException($"{config}: {id} {pinned}, but {other.Where} has {other.Version}; a node can have one only");
            }

            packages[id] = (pinned, config);
            dependsOn.Add(SbomComponent.NuGet(id, pinned));
        }

        foreach (XElement reference in Load(file).Descendants().Where(element => element.Name.LocalName == "ProjectReference"))
        {
            string path = (reference.Attribute("Include")?.Value ?? "").Replace('\\', Path.DirectorySeparatorChar);
            dependsOn.Add(AddProject(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, path)), version, runtime, packages, own));
        }

        own[name] = SbomComponent.Own("library", name, version, dependsOn) with { License = "MIT" };
        return own[name].Purl;
    }

    private static XDocument Load(string file)
    {
        try
        {
            return XDocument.Load(file);
        }
        catch (Exception exception) when (exception is XmlException or IOException)
        {
            throw new InvalidDataException($"{file}: {exception.Message}");
        }
    }

    private static string Supplier(string id) => id.StartsWith("nanoFramework.", StringComparison.OrdinalIgnoreCase) ? ".NET nanoFramework" : "unknown";
}
