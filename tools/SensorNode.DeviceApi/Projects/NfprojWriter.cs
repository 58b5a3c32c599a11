using System.Text;
using System.Xml.Linq;

namespace SensorNode.DeviceApi.Projects;

/// <summary>Writes the project files for the board (X.nfproj, packages.config, nano.runsettings) from the csproj beside them.</summary>
/// <remarks>
/// An nfproj cannot be built by the dotnet tool, and NuGet's packages.config has no transitive packages. So references and packages
/// are written out in full: what the project names, what its project references name, and what all those need.
/// </remarks>
public sealed class NfprojWriter(string root, PackagePins pins, IReadOnlyList<DeviceProject> projects)
{
    private const string System = "$(NanoFrameworkProjectSystemPath)";
    private static readonly XNamespace Build = "http://schemas.microsoft.com/developer/msbuild/2003";

    /// <summary>Path and content of each file for one project.</summary>
    public IEnumerable<(string File, string Content)> Write(DeviceProject project)
    {
        IReadOnlyList<PackagePin> packages = pins.Closure(LibrariesOf(project));
        yield return (project.NfprojFile, Text(Project(project, packages)));
        yield return (Path.Combine(project.Folder, "packages.config"), Text(Packages(packages)));
        if (project.IsUnitTest)
        {
            yield return (Path.Combine(project.Folder, "nano.runsettings"), Text(RunSettings()));
        }
    }

    private HashSet<string> LibrariesOf(DeviceProject project)
    {
        var libraries = project.DeviceReferences.ToHashSet();
        foreach (DeviceProject referenced in ReferencesOf(project))
        {
            libraries.UnionWith(LibrariesOf(referenced));
        }

        return libraries;
    }

    private IEnumerable<DeviceProject> ReferencesOf(DeviceProject project) => project.ProjectReferences.Select(file =>
        projects.FirstOrDefault(p => p.File == file) ?? throw new InvalidDataException($"{project.File}: references {file}, which is no project of the device's world"));

    private XElement Project(DeviceProject project, IReadOnlyList<PackagePin> packages)
    {
        var properties = new XElement(
            Build + "PropertyGroup",
            new XElement(Build + "Configuration", new XAttribute("Condition", " '$(Configuration)' == '' "), "Release"),
            new XElement(Build + "Platform", new XAttribute("Condition", " '$(Platform)' == '' "), "AnyCPU"),
            new XElement(Build + "ProjectTypeGuids", "{11A8DD76-328B-46DF-9F39-F559912D0360};{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}"),
            new XElement(Build + "ProjectGuid", DeviceProject.IdOf(project.Name + ".Device")),
            new XElement(Build + "OutputType", project.IsExe ? "Exe" : "Library"),
            new XElement(Build + "FileAlignment", "512"),
            new XElement(Build + "RootNamespace", project.RootNamespace),
            new XElement(Build + "AssemblyName", project.AssemblyName),
            new XElement(Build + "TargetFrameworkVersion", "v1.0"),
            new XElement(Build + "LangVersion", "9.0"),
            new XElement(Build + "Optimize", "true"));
        if (project.IsUnitTest)
        {
            properties.Add(
                new XElement(Build + "IsCodedUITest", "False"),
                new XElement(Build + "IsTestProject", "true"),
                new XElement(Build + "TestProjectType", "UnitTest"));
        }

        return new XElement(
            Build + "Project",
            new XAttribute("ToolsVersion", "Current"),
            new XAttribute("DefaultTargets", "Build"),
            new XComment(" Written from the csproj beside it by tools/SensorNode.DeviceApi, verb nfproj: change that one. "),
            new XElement(
                Build + "PropertyGroup",
                new XAttribute("Label", "Globals"),
                new XElement(Build + "NanoFrameworkProjectSystemPath", @"$(MSBuildExtensionsPath)\nanoFramework\v1.0\")),
            Import("NFProjectSystem.Default.props"),
            project.IsUnitTest ? new XElement(Build + "ItemGroup", new XElement(Build + "ProjectCapability", new XAttribute("Include", "TestContainer"))) : null,
            properties,
            Import("NFProjectSystem.props"),
            new XElement(Build + "ItemGroup", Compile(project)),
            new XElement(Build + "ItemGroup", packages.SelectMany(p => References(project, p))),
            project.ProjectReferences.Count == 0 ? null : new XElement(Build + "ItemGroup", ReferencesOf(project).Select(r => ProjectReference(project, r))),
            new XElement(
                Build + "ItemGroup",
                project.IsUnitTest ? new XElement(Build + "None", new XAttribute("Include", "nano.runsettings")) : null,
                new XElement(Build + "None", new XAttribute("Include", "packages.config"))),
            Import("NFProjectSystem.CSharp.targets"),
            new XElement(
                Build + "ProjectExtensions",
                new XElement(Build + "ProjectCapabilities", new XElement(Build + "ProjectConfigurationsDeclaredAsItems"))));
    }

    private static XElement Import(string file) =>
        new(Build + "Import", new XAttribute("Project", System + file), new XAttribute("Condition", $"Exists('{System}{file}')"));

    private static IEnumerable<XElement> Compile(DeviceProject project)
    {
        foreach (string source in project.Sources)
        {
            yield return new XElement(Build + "Compile", new XAttribute("Include", Relative(project.Folder, source)));
        }

        foreach ((string file, string? link) in project.Links)
        {
            yield return new XElement(
                Build + "Compile",
                new XAttribute("Include", Relative(project.Folder, file)),
                new XElement(Build + "Link", (link ?? Path.GetFileName(file)).Replace('/', '\\')));
        }
    }

    private IEnumerable<XElement> References(DeviceProject project, PackagePin package)
    {
        string library = Relative(project.Folder, Path.Combine(root, "packages", $"{package.Id}.{package.Version}", "lib"));
        yield return Reference(package.Assembly, $"{library}\\{package.Assembly}.dll");
        if (package.IsDevelopment && project.IsUnitTest)
        {
            // The launcher that runs the tests on the board comes in the same package.
            yield return Reference("nanoFramework.UnitTestLauncher", $"{library}\\nanoFramework.UnitTestLauncher.exe");
        }
    }

    private static XElement Reference(string assembly, string file) => new(
        Build + "Reference",
        new XAttribute("Include", assembly),
        new XElement(Build + "HintPath", file),
        new XElement(Build + "Private", "True"));

    private static XElement ProjectReference(DeviceProject from, DeviceProject to) => new(
        Build + "ProjectReference",
        new XAttribute("Include", Relative(from.Folder, to.NfprojFile)),
        new XElement(Build + "Project", DeviceProject.IdOf(to.Name + ".Device")),
        new XElement(Build + "Name", to.Name + ".Device"));

    private static XElement Packages(IReadOnlyList<PackagePin> packages) => new(
        "packages",
        packages.OrderBy(p => p.Id, StringComparer.OrdinalIgnoreCase).Select(p => new XElement(
            "package",
            new XAttribute("id", p.Id),
            new XAttribute("version", p.Version),
            new XAttribute("targetFramework", "netnano1.0"),
            p.IsDevelopment ? new XAttribute("developmentDependency", "true") : null)));

    private static XElement RunSettings() => new(
        "RunSettings",
        new XElement("RunConfiguration", new XElement("MaxCpuCount", "1"), new XElement("TestSessionTimeout", "600000"), new XElement("TargetFrameworkVersion", "net48")),
        new XElement("nanoFrameworkAdapter", new XElement("Logging", "None"), new XElement("IsRealHardware", "False")));

    private static string Relative(string folder, string file) => Path.GetRelativePath(folder, file).Replace('/', '\\');

    private static string Text(XElement element) => new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n").Append(element.ToString().ReplaceLineEndings("\n")).Append('\n').ToString();
}
