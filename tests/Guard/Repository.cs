using SensorNode.DeviceApi.Lists;
using SensorNode.Guards;
using SensorNode.Guards.Surface;

namespace SensorNode.Guard.Tests;

/// <summary>This repository, as the tests see it: its files, the lists, and what the build before the tests made.</summary>
internal static class Repository
{
    public static readonly RepositoryLayout Layout = RepositoryLayout.Find(AppContext.BaseDirectory);

    public static readonly ApiCatalog Catalog = ApiCatalog.Load(Layout.PathOf("tools/SensorNode.DeviceApi/api"));

    public static readonly ApiSignatures Signatures = new(Catalog);

    /// <summary>"debug" or "release": the configuration that these tests were built in.</summary>
    public static readonly string Configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    public static string ReferenceFolder => Layout.PathOf("artifacts/deviceapi/reference");

    /// <summary>What the device's world builds, without projects that have no source yet.</summary>
    public static IReadOnlyList<string> DeviceAssemblies() =>
        [.. Layout.DeviceProjects()
            .Where(p => Directory.EnumerateFiles(Path.GetDirectoryName(p)!, "*.cs", SearchOption.AllDirectories).Any())
            .Select(p => Layout.OutputOf(p, Configuration))];

    public static SurfaceGuard NewSurfaceGuard() => new(Signatures, DeviceAssemblies().Select(a => Path.GetFileNameWithoutExtension(a)!), Layout);
}
