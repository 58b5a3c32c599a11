using SensorNode.Emulator;

namespace SensorNode.Bench;

/// <summary>Where the firmware of this build lies.</summary>
public static class FirmwareFiles
{
    /// <summary>The folder that the emulator's nodes boot from.</summary>
    public static string Folder => Existing(FirmwareFolder.DefaultPath);

    /// <summary>The device's reference assemblies.</summary>
    public static string References => Existing(Path.Combine(AppContext.BaseDirectory, "device-references"));

    private static string Existing(string folder) => Directory.Exists(folder)
        ? folder
        : throw new DirectoryNotFoundException($"the folder {folder} is missing: build tools/sensornode");
}
