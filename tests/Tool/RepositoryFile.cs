namespace SensorNode.Tool.Tests;

/// <summary>Finds files of this repository from wherever the tests run.</summary>
internal static class RepositoryFile
{
    public static string Path(string relative)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "SensorNode.sln")))
            {
                return System.IO.Path.Combine(folder.FullName, relative);
            }
        }

        throw new FileNotFoundException("SensorNode.sln is in no folder above " + AppContext.BaseDirectory);
    }
}
