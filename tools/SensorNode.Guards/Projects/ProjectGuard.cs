using System.Text.RegularExpressions;
using System.Xml.Linq;
using SensorNode.DeviceApi.Lists;

namespace SensorNode.Guards.Projects;

/// <summary>
/// Checks the project files of the device's world: each csproj has an nfproj that compiles the same files and references the same
/// things, packages agree with references, and nobody references beyond his boundary.
/// </summary>
public sealed partial class ProjectGuard(RepositoryLayout repository, ApiCatalog catalog)
{
    private const string SystemPath = "$(NanoFrameworkProjectSystemPath)";
    private static readonly string[] ImportOrder = ["NFProjectSystem.Default.props", "NFProjectSystem.props", "NFProjectSystem.CSharp.targets"];

    private readonly List<Finding> _findings = [];

    public IReadOnlyList<Finding> Check()
    {
        _findings.Clear();
        Dictionary<string, (string Id, string Version)> pins = ReadPins();
        var ids = new Dictionary<string, string>();
        foreach (string csproj in repository.DeviceProjects())
        {
            XDocument source = XDocument.Load(csproj);
            CheckBoundary(csproj, source);
            string nfproj = Path.ChangeExtension(csproj, ".nfproj");
            if (!File.Exists(nfproj))
            {
                Add(csproj, Path.GetFileName(nfproj), "is missing beside it; run the verb nfproj of tools/SensorNode.DeviceApi");
                continue;
            }

            var project = new NanoProject(nfproj);
            CheckFormat(project, source);
            CheckSources(project, csproj, source);
            CheckReferences(project, source, pins);
            CheckProjectReferences(project, csproj, source);
            if (!ids.TryAdd(project.Property("ProjectGuid"), project.Name))
            {
                Add(nfproj, "ProjectGuid", $"is also that of {ids[project.Property("ProjectGuid")]}");
            }
        }

        return [.. _findings];
    }

    private void Add(string file, string what, string reason) => _findings.Add(new Finding(repository.RelativePath(file), what, reason));

    private void CheckBoundary(string csproj, XDocument source)
    {
        string name = Path.GetFileNameWithoutExtension(csproj);
        if (Boundary.Of(name) is not { } boundary)
        {
            Add(csproj, name, "nobody has said what this project may reference; add a line to Boundary.Table");
            return;
        }

        foreach (string library in Includes(source, "DeviceReference").Where(l => !boundary.AllowsLibrary(l)))
        {
            Add(csproj, library, $"a device library that {name} may not reference; allowed: {string.Join(", ", boundary.Libraries)}");
        }

        foreach (string project in Includes(source, "ProjectReference").Select(p => Path.GetFileNameWithoutExtension(p)).Where(p => !boundary.AllowsProject(p)))
        {
            Add(csproj, project, $"a project that {name} may not know; allowed: {(boundary.Projects.Length == 0 ? "none" : string.Join(", ", boundary.Projects))}");
        }

        foreach (string package in Includes(source, "PackageReference"))
        {
            Add(csproj, package, "a package of the host: code of the device's world uses DeviceReference only");
        }
    }

    private void CheckFormat(NanoProject project, XDocument source)
    {
        Expect("NanoFrameworkProjectSystemPath", @"$(MSBuildExtensionsPath)\nanoFramework\v1.0\");
        Expect("ProjectTypeGuids", "{11A8DD76-328B-46DF-9F39-F559912D0360};{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}");
        Expect("TargetFrameworkVersion", "v1.0");
        Expect("LangVersion", "9.0");
        Expect("OutputType", source.Descendants("OutputType").FirstOrDefault()?.Value == "Exe" ? "Exe" : "Library");
        string assembly = source.Descendants("AssemblyName").FirstOrDefault()?.Value ?? project.Name;
        Expect("AssemblyName", assembly);
        if (project.Name == "SensorNode.Boot" && project.Property("OutputType") != "Exe")
        {
            Add(project.File, "OutputType", "Boot is what the board starts: it must be an Exe");
        }

        if (!Guid.TryParse(project.Property("ProjectGuid"), out _))
        {
            Add(project.File, "ProjectGuid", "is missing");
        }

        string[] imports = [.. project.Imports.Select(i => i.Project)];
        if (!imports.SequenceEqual(ImportOrder.Select(i => SystemPath + i)))
        {
            Add(project.File, "Import", $"expected in this order: {string.Join(", ", ImportOrder)}; found {string.Join(", ", imports)}");
        }

        foreach ((string import, string condition) in project.Imports.Where(i => i.Condition != $"Exists('{i.Project}')"))
        {
            Add(project.File, import, $"must be imported under the condition Exists('{import}'); found '{condition}'");
        }

        if (project.Name.EndsWith(".UnitTests", StringComparison.Ordinal))
        {
            Expect("AssemblyName", "NFUnitTest");
            Expect("OutputType", "Library");
            Expect("IsTestProject", "true");
            Expect("TestProjectType", "UnitTest");
            if (!project.HasTestContainer)
            {
                Add(project.File, "ProjectCapability", "a unit test project needs TestContainer, or Visual Studio shows no tests");
            }

            if (!File.Exists(Path.Combine(project.Folder, "nano.runsettings")))
            {
                Add(project.File, "nano.runsettings", "is missing beside it");
            }
        }

        void Expect(string property, string value)
        {
            if (project.Property(property) != value)
            {
                Add(project.File, property, $"must be '{value}', but is '{project.Property(property)}'");
            }
        }
    }

    private void CheckSources(NanoProject project, string csproj, XDocument source)
    {
        const string All = "/**/*.cs";
        HashSet<string> wanted = [.. Files(project.Folder + All)];
        wanted.UnionWith(source.Descendants("Compile").Select(c => c.Attribute("Include")?.Value).OfType<string>().SelectMany(c => Files(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(csproj)!, c)))));
        foreach (string file in wanted.Except(project.Compiles))
        {
            Add(project.File, repository.RelativePath(file), "is compiled on the host, but not for the board");
        }

        foreach (string file in project.Compiles.Except(wanted))
        {
            Add(project.File, repository.RelativePath(file), File.Exists(file) ? "is compiled for the board, but not on the host" : "does not exist");
        }

        foreach (IGrouping<string, string> twice in project.Compiles.GroupBy(c => c).Where(g => g.Count() > 1))
        {
            Add(project.File, repository.RelativePath(twice.Key), "is named twice");
        }

        static IEnumerable<string> Files(string include) => include.EndsWith(All, StringComparison.Ordinal)
            ? Directory.EnumerateFiles(include[..^All.Length], "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            : [include];
    }

    private void CheckReferences(NanoProject project, XDocument source, Dictionary<string, (string Id, string Version)> pins)
    {
        if (project.Packages is null)
        {
            Add(project.File, "packages.config", "is missing beside it");
            return;
        }

        string config = Path.Combine(project.Folder, "packages.config");
        var used = new HashSet<string>();
        foreach (NanoProject.HintedReference reference in project.References)
        {
            string library = reference.Assembly == "nanoFramework.UnitTestLauncher" ? "nanoFramework.TestFramework" : reference.Assembly;
            Match hint = HintPath().Match(reference.HintPath);
            string place = repository.RelativePath(Path.Combine(project.Folder, reference.HintPath.Replace('\\', '/')));
            if (!hint.Success || !place.StartsWith("packages/", StringComparison.Ordinal) || hint.Groups["file"].Value != reference.Assembly)
            {
                Add(project.File, reference.Assembly, $"its HintPath '{reference.HintPath}' is not <root>\\packages\\<id>.<version>\\lib\\{reference.Assembly}.dll");
                continue;
            }

            if (!pins.TryGetValue(library, out (string Id, string Version) pin))
            {
                Add(project.File, reference.Assembly, "no package is pinned for it (packages.pins)");
                continue;
            }

            if (hint.Groups["package"].Value != $"{pin.Id}.{pin.Version}")
            {
                Add(project.File, reference.Assembly, $"comes from package {hint.Groups["package"].Value}, but {pin.Id} {pin.Version} is pinned");
            }

            used.Add(pin.Id);
            if (!project.Packages.Any(p => p.Id == pin.Id && p.Version == pin.Version))
            {
                Add(config, pin.Id, $"{pin.Version} is referenced by {project.Name}.nfproj, but not in packages.config");
            }
        }

        foreach (NanoProject.Package package in project.Packages)
        {
            if (package.TargetFramework != "netnano1.0")
            {
                Add(config, package.Id, $"targetFramework must be netnano1.0, but is '{package.TargetFramework}'");
            }

            if (!used.Contains(package.Id))
            {
                Add(config, package.Id, "is in packages.config, but nothing of it is referenced");
            }
        }

        CheckClosure(project, source);
    }

    private void CheckClosure(NanoProject project, XDocument source)
    {
        HashSet<string> present = [.. project.References.Select(r => r.Assembly)];
        HashSet<string> explained = [.. Includes(source, "DeviceReference")];
        foreach (string missing in explained.Except(present).ToList())
        {
            Add(project.File, missing, "is a DeviceReference of the csproj, but not referenced here");
        }

        foreach (string assembly in present)
        {
            foreach (string needed in catalog.FindLibrary(assembly)?.References ?? [])
            {
                explained.Add(needed);
                if (!present.Contains(needed))
                {
                    Add(project.File, needed, $"is needed by {assembly}: packages.config has no transitive packages, so it must be named");
                }
            }
        }

        foreach (NanoProject.LinkedProject linked in project.ProjectReferences.Where(p => File.Exists(p.File)))
        {
            HashSet<string> theirs = [.. new NanoProject(linked.File).References.Select(r => r.Assembly)];
            explained.UnionWith(theirs);
            foreach (string needed in theirs.Except(present))
            {
                Add(project.File, needed, $"is referenced by {linked.Name}: it would not be deployed with this project");
            }
        }

        if (source.Descendants("AssemblyName").Any(a => a.Value == "NFUnitTest"))
        {
            explained.Add("nanoFramework.UnitTestLauncher");
            if (!present.Contains("nanoFramework.UnitTestLauncher"))
            {
                Add(project.File, "nanoFramework.UnitTestLauncher", "a unit test project references the launcher of the TestFramework package");
            }
        }

        foreach (string extra in present.Except(explained))
        {
            Add(project.File, extra, "is referenced, but neither the csproj nor anything else here needs it");
        }
    }

    private void CheckProjectReferences(NanoProject project, string csproj, XDocument source)
    {
        HashSet<string> wanted = [.. Includes(source, "ProjectReference").Select(p => Path.ChangeExtension(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(csproj)!, p)), ".nfproj"))];
        foreach (string missing in wanted.Except(project.ProjectReferences.Select(p => p.File)))
        {
            Add(project.File, Path.GetFileName(missing), "is referenced by the csproj, but not here");
        }

        foreach (NanoProject.LinkedProject linked in project.ProjectReferences)
        {
            if (!wanted.Contains(linked.File))
            {
                Add(project.File, Path.GetFileName(linked.File), "is referenced here, but not by the csproj");
            }
            else if (!File.Exists(linked.File) || new NanoProject(linked.File).Property("ProjectGuid") != linked.Id)
            {
                Add(project.File, Path.GetFileName(linked.File), $"its ProjectGuid is not the one referenced, {linked.Id}");
            }
        }
    }

    private Dictionary<string, (string Id, string Version)> ReadPins() =>
        File.ReadAllLines(repository.PathOf("tools/SensorNode.DeviceApi/api/packages.pins")).Where(l => l.Length > 0 && l[0] != '#')
            .Select(l => l.Split(' ')).ToDictionary(w => w[0], w => (w[1], w[2]));

    private static IEnumerable<string> Includes(XDocument document, string item) =>
        document.Descendants(item).Select(i => i.Attribute("Include")?.Value).OfType<string>().Select(i => i.Replace('\\', '/'));

    [GeneratedRegex(@"^(\.\.\\)+packages\\(?<package>[A-Za-z0-9.]+)\\lib\\(?<file>.+)\.(dll|exe)$")]
    private static partial Regex HintPath();
}
