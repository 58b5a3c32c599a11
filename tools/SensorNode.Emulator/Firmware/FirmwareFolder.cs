using System.Collections.Concurrent;

namespace SensorNode.Emulator;

/// <summary>Where the assemblies of a node come from: one folder, or several of which the first that has a file wins.</summary>
/// <remarks>
/// Layout: firmware, drivers and SensorNode.Standins lie in the folder, the forwarders of the device libraries in its sub-folder "forwarders".
/// Files are read whole and never locked. Firmware is prepared once a process (<see cref="FirmwareRewriter"/>) and kept.
/// A copy of the meter's goes before the plain one: <c>new FirmwareFolder(instrumented, FirmwareFolder.DefaultPath)</c>.
/// </remarks>
public sealed class FirmwareFolder
{
    private static readonly ConcurrentDictionary<(string Path, DateTime Written), FirmwareImage> Prepared = new();

    private readonly string[] _folders;

    /// <param name="folders">Folders in the order of asking; none for the one beside the running program.</param>
    public FirmwareFolder(params string[] folders)
    {
        _folders = folders.Length > 0 ? folders : [DefaultPath];
        if (_folders.FirstOrDefault(f => !Directory.Exists(f)) is { } missing)
        {
            throw new DirectoryNotFoundException($"The firmware folder {missing} is missing.");
        }
    }

    /// <summary>"node" beside the running program: the firmware of this build.</summary>
    public static string DefaultPath => Path.Combine(AppContext.BaseDirectory, "node");

    /// <summary>The firmware of this build, with an App that brings its own features and detector.</summary>
    public static FirmwareFolder Carrying => new(CarryingPath, DefaultPath);

    /// <summary>Where that App lies.</summary>
    public static string CarryingPath => Path.Combine(DefaultPath, "carrying");

    /// <summary>A forwarder of a device library; null where there is none.</summary>
    public FirmwareImage? FindForwarder(string name) => Find(Path.Combine("forwarders", name), false);

    /// <summary>A firmware or driver assembly, prepared; null where there is none.</summary>
    public FirmwareImage? FindFirmware(string name) => Find(name, name != NodeContext.StandinsName);

    /// <summary>Names of the firmware assemblies, in ordinal order.</summary>
    public string[] ListFirmware() => _folders.SelectMany(f => Directory.GetFiles(f, "*.dll")).Select(f => Path.GetFileNameWithoutExtension(f)!)
        .Where(n => n != NodeContext.StandinsName).Distinct().Order(StringComparer.Ordinal).ToArray();

    private FirmwareImage? Find(string name, bool isFirmware)
    {
        string? path = _folders.Select(f => Path.Combine(f, name + ".dll")).FirstOrDefault(File.Exists);
        return path == null ? null : Prepared.GetOrAdd((path, File.GetLastWriteTimeUtc(path)), key => Read(key.Path, isFirmware));
    }

    private static FirmwareImage Read(string path, bool isFirmware)
    {
        string symbols = Path.ChangeExtension(path, ".pdb");
        var image = new FirmwareImage(File.ReadAllBytes(path), File.Exists(symbols) ? File.ReadAllBytes(symbols) : null);
        return isFirmware ? FirmwareRewriter.Prepare(image) : image;
    }
}
