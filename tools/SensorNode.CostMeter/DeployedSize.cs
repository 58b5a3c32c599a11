using System.Globalization;

namespace SensorNode.CostMeter;

/// <summary>What a board carries: the .pe files of our assemblies, estimated, and of the platform's libraries, measured.</summary>
public static class DeployedSize
{
    /// <summary>Aim for the application, which sits in the heap after an update.</summary>
    public const int AppTargetBytes = 30 * 1024;

    /// <summary>Aim for all of it: a slot of the coming flash layout.</summary>
    public const int DeployedTargetBytes = 372 * 1024;

    /// <summary>Bytes of everything deployed.</summary>
    /// <param name="firmwareFolder">Where our assemblies lie.</param>
    public static int Estimate(string firmwareFolder) => OwnAssemblies(firmwareFolder).Sum(DeviceImageSize.Estimate) + PlatformBytes();

    /// <summary>Our assemblies that a board gets.</summary>
    /// <param name="firmwareFolder">Where they lie.</param>
    public static IReadOnlyList<string> OwnAssemblies(string firmwareFolder) =>
        [.. Directory.GetFiles(firmwareFolder, "SensorNode.*.dll").Where(path => Path.GetFileNameWithoutExtension(path) != "SensorNode.Standins").Order(StringComparer.Ordinal)];

    /// <summary>Bytes of the platform's libraries.</summary>
    public static int PlatformBytes()
    {
        using var reader = new StreamReader(typeof(DeployedSize).Assembly.GetManifestResourceStream("platform-images.csv")!);
        return reader.ReadToEnd().Split('\n').Where(line => line.Contains(';', StringComparison.Ordinal) && !line.StartsWith('#') && !line.StartsWith("name;", StringComparison.Ordinal))
            .Sum(line => int.Parse(line.Split(';')[1], CultureInfo.InvariantCulture));
    }
}
