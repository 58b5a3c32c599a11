using SensorNode.DeviceApi.Emission;
using SensorNode.DeviceApi.Lists;
using SensorNode.DeviceApi.Projects;

namespace SensorNode.DeviceApi;

/// <summary>The command line: see README.md. Exit code 0, or 1 with a message that names what is wrong.</summary>
internal static class Program
{
    private const string Usage = """
        usage:
          reference [--lists <folder>] --output <folder>
          forward   [--lists <folder>] --standins <SensorNode.Standins.dll> --output <folder>
          nfproj    [--lists <folder>] [--root <repository>] [--check]
        """;

    private static int Main(string[] arguments)
    {
        try
        {
            string verb = arguments.FirstOrDefault("");
            Dictionary<string, string> options = Options([.. arguments.Skip(1)]);
            string lists = options.GetValueOrDefault("--lists", Path.Combine(AppContext.BaseDirectory, "api"));
            switch (verb)
            {
                case "reference":
                    string folder = Required(options, "--output");
                    int changed = ReferenceFolder.WriteReferences(ApiCatalog.Load(lists), folder);
                    Console.WriteLine($"{changed} file(s) changed in {folder}");
                    return 0;
                case "forward":
                    string standins = Required(options, "--standins");
                    IReadOnlyList<string> missing = ForwarderWriter.WriteAll(ApiCatalog.Load(lists), standins, Required(options, "--output"));
                    Console.WriteLine($"{missing.Count} type(s) of the lists have no home on the host; forwarders.txt marks them with '-'");
                    return 0;
                case "nfproj":
                    bool check = options.ContainsKey("--check");
                    IReadOnlyList<string> files = ProjectFiles.Update(options.GetValueOrDefault("--root", RootAbove(Environment.CurrentDirectory)), lists, check);
                    Console.WriteLine(string.Concat(files.Select(f => $"{(check ? "differs" : "wrote")}: {f}{Environment.NewLine}")) + $"{files.Count} file(s) {(check ? "differ" : "written")}");
                    return check && files.Count > 0 ? 1 : 0;
                default:
                    throw new ArgumentException(verb.Length == 0 ? "no verb given" : $"unknown verb '{verb}'");
            }
        }
        catch (ArgumentException problem)
        {
            Console.Error.WriteLine(problem.Message + Environment.NewLine + Usage);
            return 1;
        }
        catch (Exception problem) when (problem is ApiListException or InvalidDataException or IOException or BadImageFormatException)
        {
            Console.Error.WriteLine(problem.Message);
            return 1;
        }
    }

    private static Dictionary<string, string> Options(string[] words)
    {
        var options = new Dictionary<string, string>();
        for (int i = 0; i < words.Length; i += 2)
        {
            if (words[i] == "--check")
            {
                options[words[i--]] = "";
                continue;
            }

            if (!words[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == words.Length)
            {
                throw new ArgumentException($"expected '--option value' at '{words[i]}'");
            }

            options[words[i]] = words[i + 1];
        }

        return options;
    }

    private static string RootAbove(string folder)
    {
        for (DirectoryInfo? level = new(folder); level is not null; level = level.Parent)
        {
            if (File.Exists(Path.Combine(level.FullName, "SensorNode.sln")))
            {
                return level.FullName;
            }
        }

        throw new ArgumentException($"no SensorNode.sln in or above {folder}; name the repository with --root");
    }

    private static string Required(Dictionary<string, string> options, string name) =>
        options.TryGetValue(name, out string? value) ? value : throw new ArgumentException($"{name} is missing");
}
