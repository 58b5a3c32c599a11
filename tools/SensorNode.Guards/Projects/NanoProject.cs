using System.Xml.Linq;

namespace SensorNode.Guards.Projects;

/// <summary>What an nfproj and the packages.config beside it say, read without looking at how they were made.</summary>
internal sealed class NanoProject
{
    private static readonly XNamespace Build = "http://schemas.microsoft.com/developer/msbuild/2003";
    private readonly XDocument _document;

    public NanoProject(string file)
    {
        File = file;
        Folder = System.IO.Path.GetDirectoryName(file)!;
        _document = XDocument.Load(file);
        string packages = System.IO.Path.Combine(Folder, "packages.config");
        Packages = System.IO.File.Exists(packages)
            ? [.. XDocument.Load(packages).Descendants("package").Select(p => new Package(Attribute(p, "id"), Attribute(p, "version"), Attribute(p, "targetFramework")))]
            : null;
    }

    public string File { get; }

    public string Folder { get; }

    public string Name => System.IO.Path.GetFileNameWithoutExtension(File);

    /// <summary>Null if there is no packages.config.</summary>
    public IReadOnlyList<Package>? Packages { get; }

    public IReadOnlyList<string> Compiles => [.. Items("Compile").Select(Path)];

    public IReadOnlyList<HintedReference> References =>
        [.. Items("Reference").Select(r => new HintedReference(Attribute(r, "Include").Split(',')[0], r.Element(Build + "HintPath")?.Value ?? ""))];

    public IReadOnlyList<LinkedProject> ProjectReferences =>
        [.. Items("ProjectReference").Select(r => new LinkedProject(Path(r), r.Element(Build + "Project")?.Value ?? "", r.Element(Build + "Name")?.Value ?? ""))];

    /// <summary>Imports in order: project and condition.</summary>
    public IReadOnlyList<(string Project, string Condition)> Imports => [.. _document.Root!.Elements(Build + "Import").Select(i => (Attribute(i, "Project"), Attribute(i, "Condition")))];

    public bool HasTestContainer => Items("ProjectCapability").Any(c => Attribute(c, "Include") == "TestContainer");

    public string Property(string name) => _document.Descendants(Build + name).FirstOrDefault()?.Value ?? "";

    private IEnumerable<XElement> Items(string name) => _document.Descendants(Build + name).Where(i => i.Attribute("Include") is not null);

    private string Path(XElement item) => System.IO.Path.GetFullPath(System.IO.Path.Combine(Folder, Attribute(item, "Include").Replace('\\', '/')));

    private static string Attribute(XElement element, string name) => element.Attribute(name)?.Value ?? "";

    internal sealed record Package(string Id, string Version, string TargetFramework);

    internal sealed record HintedReference(string Assembly, string HintPath);

    internal sealed record LinkedProject(string File, string Id, string Name);
}
