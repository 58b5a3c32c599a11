using System.Xml.Linq;

namespace SensorNode.Guards;

/// <summary>Where the repository's parts lie.</summary>
/// <param name="Root">The folder that holds the solution.</param>
public sealed record RepositoryLayout(string Root)
{
    /// <summary>Top folders of the device's world: what is compiled for the board.</summary>
    public static readonly string[] DeviceFolders = ["boards", "drivers", "firmware", "tests/Unit"];

    /// <summary>Finds the repository around a folder.</summary>
    /// <exception cref="DirectoryNotFoundException">No folder above holds SensorNode.sln.</exception>
    public static RepositoryLayout Find(string from)
    {
        for (DirectoryInfo? folder = new(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SensorNode.sln")))
            {
                return new RepositoryLayout(folder.FullName);
            }
        }

        throw new DirectoryNotFoundException($"no SensorNode.sln in or above {from}");
    }

    public string PathOf(string relative) => Path.GetFullPath(Path.Combine(Root, relative));

    public string RelativePath(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    /// <summary>Every project file (csproj) of the device's world, sorted.</summary>
    public IReadOnlyList<string> DeviceProjects() =>
        [.. DeviceFolders.Select(PathOf).Where(Directory.Exists)
            .SelectMany(f => Directory.GetFiles(f, "*.csproj", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)];

    /// <summary>The assembly that a project of the device's world builds.</summary>
    /// <param name="configuration">"debug" or "release".</param>
    public string OutputOf(string project, string configuration)
    {
        string folder = Path.GetFileNameWithoutExtension(project);
        string? name = XDocument.Load(project).Descendants("AssemblyName").FirstOrDefault()?.Value;
        return PathOf($"artifacts/bin/{folder}/{configuration}/{name ?? folder}.dll");
    }
}
