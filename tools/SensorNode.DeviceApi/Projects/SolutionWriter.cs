using System.Text;

namespace SensorNode.DeviceApi.Projects;

/// <summary>
/// Writes SensorNode.sln: every csproj, built in Debug and Release, and every nfproj as "X.Device", built and deployed in the
/// configuration Device only (Visual Studio with the nanoFramework extension), in solution folders after the repository's.
/// </summary>
/// <remarks>A project without a Build.0 line in a configuration is skipped there: the dotnet tool never sees an nfproj.</remarks>
public static class SolutionWriter
{
    private const string CSharpProject = "{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}";
    private const string NanoProject = "{11A8DD76-328B-46DF-9F39-F559912D0360}";
    private const string SolutionFolder = "{2150E333-8FDC-42A3-9474-1A3956D46DE8}";
    private static readonly string[] TopFolders = ["boards", "drivers", "firmware", "tests", "tools"];

    /// <summary>The solution's text for what is in the repository now.</summary>
    public static string Write(string root)
    {
        var lines = new StringBuilder("\n");
        lines.Append("Microsoft Visual Studio Solution File, Format Version 12.00\n# Visual Studio Version 17\n");
        lines.Append("VisualStudioVersion = 17.0.31903.59\nMinimumVisualStudioVersion = 10.0.40219.1\n");
        List<Entry> entries = [.. TopFolders.Where(f => Directory.Exists(Path.Combine(root, f))).SelectMany(f => EntriesOf(root, f))];
        foreach (string folder in entries.Select(e => e.Folder).Distinct())
        {
            lines.Append($"Project(\"{SolutionFolder}\") = \"{folder}\", \"{folder}\", \"{DeviceProject.IdOf("folder " + folder)}\"\nEndProject\n");
        }

        foreach (Entry entry in entries)
        {
            lines.Append($"Project(\"{(entry.IsDevice ? NanoProject : CSharpProject)}\") = \"{entry.Name}\", \"{entry.Path}\", \"{entry.Id}\"\nEndProject\n");
        }

        lines.Append("Global\n\tGlobalSection(SolutionConfigurationPlatforms) = preSolution\n");
        foreach (string configuration in new[] { "Debug", "Release", "Device" })
        {
            lines.Append($"\t\t{configuration}|Any CPU = {configuration}|Any CPU\n");
        }

        lines.Append("\tEndGlobalSection\n\tGlobalSection(ProjectConfigurationPlatforms) = postSolution\n");
        foreach (Entry entry in entries)
        {
            AppendConfigurations(lines, entry);
        }

        lines.Append("\tEndGlobalSection\n\tGlobalSection(SolutionProperties) = preSolution\n\t\tHideSolutionNode = FALSE\n\tEndGlobalSection\n");
        lines.Append("\tGlobalSection(NestedProjects) = preSolution\n");
        foreach (Entry entry in entries)
        {
            lines.Append($"\t\t{entry.Id} = {DeviceProject.IdOf("folder " + entry.Folder)}\n");
        }

        return lines.Append("\tEndGlobalSection\nEndGlobal\n").ToString();
    }

    private static void AppendConfigurations(StringBuilder lines, Entry entry)
    {
        foreach (string configuration in new[] { "Debug", "Release", "Device" })
        {
            string project = configuration == "Device" ? "Release" : configuration;
            lines.Append($"\t\t{entry.Id}.{configuration}|Any CPU.ActiveCfg = {project}|Any CPU\n");
            if (entry.IsDevice == (configuration == "Device"))
            {
                lines.Append($"\t\t{entry.Id}.{configuration}|Any CPU.Build.0 = {project}|Any CPU\n");
                if (entry.IsDevice)
                {
                    lines.Append($"\t\t{entry.Id}.{configuration}|Any CPU.Deploy.0 = {project}|Any CPU\n");
                }
            }
        }
    }

    private static IEnumerable<Entry> EntriesOf(string root, string folder) =>
        Directory.EnumerateFiles(Path.Combine(root, folder), "*.*proj", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".csproj" or ".nfproj")
            .Select(f => Path.GetRelativePath(root, f))
            .Order(StringComparer.Ordinal)
            .Select(f => new Entry(Path.GetExtension(f) == ".nfproj" ? "device" : folder, Path.GetFileNameWithoutExtension(f) + (Path.GetExtension(f) == ".nfproj" ? ".Device" : ""), f.Replace('/', '\\'), Path.GetExtension(f) == ".nfproj"));

    private sealed record Entry(string Folder, string Name, string Path, bool IsDevice)
    {
        public string Id => DeviceProject.IdOf(Name);
    }
}
