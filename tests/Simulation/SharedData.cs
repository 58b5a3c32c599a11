namespace SensorNode.Simulation;

/// <summary>Recorded machines that are not part of the project: tests that use them are skipped where they are not there.</summary>
internal static class SharedData
{
    /// <summary>The folder of the solution, or null.</summary>
    public static string? Repository { get; } = FindRepository();

    /// <summary>The folder that holds the sets, or null.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>Why a test is skipped.</summary>
    public const string Missing = "the recordings are not here: set SENSORNODE_SHARED to the folder that holds data/, or put it beside the repository as ../shared";

    private static string? FindRepository()
    {
        string? directory = AppContext.BaseDirectory;
        while (directory != null && !File.Exists(Path.Combine(directory, "SensorNode.sln")))
        {
            directory = Path.GetDirectoryName(directory);
        }

        return directory;
    }

    private static string? Find()
    {
        string? shared = Environment.GetEnvironmentVariable("SENSORNODE_SHARED");
        string? beside = Repository == null ? null : Path.Combine(Repository, "..", "shared");
        return new[] { shared, beside }.Where(f => f != null).Select(f => Path.Combine(f!, "data")).FirstOrDefault(Directory.Exists);
    }
}
