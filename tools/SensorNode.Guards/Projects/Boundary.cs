namespace SensorNode.Guards.Projects;

/// <summary>What a project of the device's world may reference: the picture "who may know whom", as a table.</summary>
/// <param name="Project">Project name; a trailing * stands for any ending.</param>
/// <param name="Libraries">Device libraries that the project itself may name.</param>
/// <param name="Projects">Projects that it may reference; a trailing * stands for any ending.</param>
public sealed record Boundary(string Project, string[] Libraries, string[] Projects)
{
    private static readonly string[] Core = ["mscorlib"];
    private static readonly string[] Test = ["mscorlib", "nanoFramework.TestFramework"];

    /// <summary>The first line that fits a project's name applies.</summary>
    public static readonly IReadOnlyList<Boundary> Table =
    [
        new("SensorNode.Base", Core, []),
        new("SensorNode.Dsp", Core, []),
        new("SensorNode.Analysis", Core, ["SensorNode.Base", "SensorNode.Dsp"]),
        new("SensorNode.App", Core, ["SensorNode.Base", "SensorNode.Analysis"]),
        new("SensorNode.App.Carrying", Core, ["SensorNode.Base", "SensorNode.Dsp"]),
        new("SensorNode.Boards", Core, ["SensorNode.Base"]),
        new("SensorNode.Drivers.UnitTests", Test, ["SensorNode.Base", "SensorNode.Drivers.*"]),
        new("SensorNode.Drivers.*", Core, ["SensorNode.Base"]),

        // The only project that names hardware packages.
        new("SensorNode.Esp32", ["mscorlib", "System.*", "nanoFramework.Hardware.Esp32", "nanoFramework.M2Mqtt*", "nanoFramework.Networking.Sntp", "nanoFramework.Runtime.*", "nanoFramework.System.*", "Iot.Device.*", "UnitsNet.*"], ["SensorNode.Base"]),

        // Knows every project, decides nothing.
        new("SensorNode.Boot", Core, ["SensorNode.Base", "SensorNode.Dsp", "SensorNode.Analysis", "SensorNode.App", "SensorNode.Esp32", "SensorNode.Boards", "SensorNode.Drivers.*"]),
        new("SensorNode.Base.UnitTests", Test, ["SensorNode.Base"]),
        new("SensorNode.Dsp.UnitTests", Test, ["SensorNode.Dsp"]),
        new("SensorNode.App.UnitTests", Test, ["SensorNode.Base", "SensorNode.Dsp", "SensorNode.Analysis", "SensorNode.App"]),
        new("SensorNode.UnitLauncher", Test, []),
        new("SensorNode.UnitReplay", Test, ["SensorNode.Base", "SensorNode.Dsp", "SensorNode.Analysis"]),
    ];

    /// <summary>The line for a project, or null if nobody has said yet what it may use.</summary>
    public static Boundary? Of(string project) => Table.FirstOrDefault(b => Fits(b.Project, project));

    public bool AllowsLibrary(string name) => Libraries.Any(l => Fits(l, name));

    public bool AllowsProject(string name) => Projects.Any(p => Fits(p, name)) && !name.EndsWith(".UnitTests", StringComparison.Ordinal);

    private static bool Fits(string pattern, string name) =>
        pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == name;
}
