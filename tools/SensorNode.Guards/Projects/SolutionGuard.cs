using System.Text.RegularExpressions;

namespace SensorNode.Guards.Projects;

/// <summary>
/// Checks SensorNode.sln: it holds every project, builds the csproj files in Debug and Release, and builds and deploys the nfproj
/// files in Device only, so that the dotnet tool never meets one.
/// </summary>
public sealed partial class SolutionGuard(RepositoryLayout repository)
{
    private static readonly string[] Configurations = ["Debug", "Release", "Device"];
    private static readonly string[] TopFolders = ["boards", "drivers", "firmware", "tests", "tools"];

    public IReadOnlyList<Finding> Check()
    {
        var findings = new List<Finding>();
        void Add(string what, string reason) => findings.Add(new Finding("SensorNode.sln", what, reason));

        string text = File.ReadAllText(repository.PathOf("SensorNode.sln"));
        HashSet<string> lines = [.. text.Split('\n').Select(l => l.Trim())];
        Match[] entries = [.. ProjectLine().Matches(text).Cast<Match>()];
        Dictionary<string, string> folders = entries.Where(IsFolder).ToDictionary(e => e.Groups["id"].Value, e => e.Groups["name"].Value);
        Match[] projects = [.. entries.Where(e => !IsFolder(e))];

        foreach (string configuration in Configurations.Where(c => !lines.Contains($"{c}|Any CPU = {c}|Any CPU")))
        {
            Add(configuration, "this solution configuration is missing");
        }

        foreach (IGrouping<string, Match> twice in projects.GroupBy(p => p.Groups["name"].Value).Concat(projects.GroupBy(p => p.Groups["id"].Value)).Where(g => g.Count() > 1))
        {
            Add(twice.Key, "names two projects: the dotnet tool refuses the solution");
        }

        HashSet<string> named = [.. projects.Select(p => p.Groups["path"].Value.Replace('\\', '/'))];
        HashSet<string> existing = [.. TopFolders.Select(repository.PathOf).Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, "*.*proj", SearchOption.AllDirectories)).Where(f => Path.GetExtension(f) is ".csproj" or ".nfproj").Select(repository.RelativePath)];
        foreach (string missing in existing.Except(named))
        {
            Add(missing, "is not in the solution; run the verb nfproj of tools/SensorNode.DeviceApi");
        }

        foreach (string stale in named.Except(existing))
        {
            Add(stale, "is in the solution, but does not exist");
        }

        foreach (Match project in projects)
        {
            CheckProject(project, lines, folders, Add);
        }

        return findings;
    }

    private void CheckProject(Match project, HashSet<string> lines, Dictionary<string, string> folders, Action<string, string> add)
    {
        string path = project.Groups["path"].Value.Replace('\\', '/');
        string id = project.Groups["id"].Value;
        bool isDevice = path.EndsWith(".nfproj", StringComparison.Ordinal);
        string name = Path.GetFileNameWithoutExtension(path) + (isDevice ? ".Device" : "");
        if (project.Groups["name"].Value != name)
        {
            add(path, $"must be named {name}, but is named {project.Groups["name"].Value}");
        }

        foreach (string configuration in Configurations)
        {
            string target = configuration == "Device" ? "Release" : configuration;
            bool builds = isDevice == (configuration == "Device");
            Expect($"{id}.{configuration}|Any CPU.ActiveCfg = {target}|Any CPU", true);
            Expect($"{id}.{configuration}|Any CPU.Build.0 = {target}|Any CPU", builds);
            Expect($"{id}.{configuration}|Any CPU.Deploy.0 = {target}|Any CPU", builds && isDevice);
        }

        string wanted = isDevice ? "device" : path.Split('/')[0];
        string? folder = folders.FirstOrDefault(f => lines.Contains($"{id} = {f.Key}")).Value;
        if (folder != wanted)
        {
            add(path, $"must be in the solution folder '{wanted}', but is in '{folder ?? "none"}'");
        }

        string file = repository.PathOf(path);
        if (isDevice && File.Exists(file) && !new NanoProject(file).Property("ProjectGuid").Equals(id, StringComparison.OrdinalIgnoreCase))
        {
            add(path, $"has another ProjectGuid than the solution, {id}");
        }

        void Expect(string line, bool present)
        {
            if (lines.Contains(line) != present)
            {
                add(path, present ? $"the line '{line}' is missing" : $"must not have the line '{line}'");
            }
        }
    }

    private static bool IsFolder(Match entry) => entry.Groups["type"].Value == "{2150E333-8FDC-42A3-9474-1A3956D46DE8}";

    [GeneratedRegex("""^Project\("(?<type>\{[^}]+\})"\) = "(?<name>[^"]+)", "(?<path>[^"]+)", "(?<id>\{[^}]+\})"\s*$""", RegexOptions.Multiline)]
    private static partial Regex ProjectLine();
}
