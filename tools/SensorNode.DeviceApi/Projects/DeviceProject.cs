using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace SensorNode.DeviceApi.Projects;

/// <summary>A project of the device's world as its csproj describes it: the source from which its nfproj is written.</summary>
public sealed class DeviceProject
{
    private DeviceProject(string file, XDocument document)
    {
        File = file;
        Folder = Path.GetDirectoryName(file)!;
        Name = Path.GetFileNameWithoutExtension(file);
        AssemblyName = document.Descendants("AssemblyName").FirstOrDefault()?.Value ?? Name;
        RootNamespace = document.Descendants("RootNamespace").FirstOrDefault()?.Value ?? Name;
        IsExe = document.Descendants("OutputType").FirstOrDefault()?.Value == "Exe";
        DeviceReferences = [.. Includes(document, "DeviceReference")];
        ProjectReferences = [.. Includes(document, "ProjectReference").Select(p => Path.GetFullPath(Path.Combine(Folder, p)))];
        Links = [.. document.Descendants("Compile").Where(c => c.Attribute("Include") is not null)
            .SelectMany(c => Expand(c.Attribute("Include")!.Value, c.Attribute("Link")?.Value))];
        string? odd = document.Descendants("Compile").Select(c => c.Attribute("Remove")?.Value ?? c.Attribute("Update")?.Value).FirstOrDefault(v => v is not null)
            ?? Links.Select(l => l.File).FirstOrDefault(f => f.Contains('*'));
        if (odd is not null)
        {
            throw new InvalidDataException($"{file}: Compile items with Remove, Update or wildcards ({odd}) cannot be carried over to an nfproj; name the files, or a folder's as FOLDER/**/*.cs");
        }
    }

    public string File { get; }

    public string Folder { get; }

    public string Name { get; }

    public string AssemblyName { get; }

    public string RootNamespace { get; }

    public bool IsExe { get; }

    public bool IsUnitTest => AssemblyName == "NFUnitTest";

    public IReadOnlyList<string> DeviceReferences { get; }

    /// <summary>Full paths of the csproj files referenced.</summary>
    public IReadOnlyList<string> ProjectReferences { get; }

    /// <summary>Sources from elsewhere: full path, and the path shown for them.</summary>
    public IReadOnlyList<(string File, string? Link)> Links { get; }

    public string NfprojFile => Path.ChangeExtension(File, ".nfproj");

    /// <summary>The sources below the project's folder, which the csproj takes by default.</summary>
    public IEnumerable<string> Sources => SourcesOf(Folder);

    /// <summary>Reads a csproj.</summary>
    /// <exception cref="InvalidDataException">It uses what cannot be carried over.</exception>
    public static DeviceProject Load(string file) => new(Path.GetFullPath(file), XDocument.Load(file));

    /// <summary>All projects of the device's world below a repository, sorted by path.</summary>
    public static IReadOnlyList<DeviceProject> LoadAll(string root) =>
        [.. new[] { "boards", "drivers", "firmware", "tests/Unit" }.Select(f => Path.Combine(root, f)).Where(Directory.Exists)
            .SelectMany(f => Directory.GetFiles(f, "*.csproj", SearchOption.AllDirectories)).Order(StringComparer.Ordinal).Select(Load)];

    /// <summary>An id that depends on the project's name only, so that writing again changes nothing.</summary>
    public static string IdOf(string name) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes("SensorNode:" + name)).AsSpan(0, 16)).ToString("B").ToUpperInvariant();

    private IEnumerable<(string File, string? Link)> Expand(string include, string? link)
    {
        const string All = "/**/*.cs";
        string folder = Path.GetFullPath(Path.Combine(Folder, include.Replace(All, "", StringComparison.Ordinal)));
        return include.EndsWith(All, StringComparison.Ordinal)
            ? SourcesOf(folder).Select(file => (file, (string?)Path.GetRelativePath(folder, file).Replace('\\', '/')))
            : [(folder, link)];
    }

    private static IEnumerable<string> SourcesOf(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(f => !Path.GetRelativePath(folder, f).Replace('\\', '/').Split('/').Any(part => part is "bin" or "obj"))
        .OrderBy(f => Path.GetRelativePath(folder, f).Replace('\\', '/'), StringComparer.Ordinal);

    private static IEnumerable<string> Includes(XDocument document, string item) =>
        document.Descendants(item).Select(i => i.Attribute("Include")?.Value).OfType<string>();
}
