using SensorNode.DeviceApi.Lists;

namespace SensorNode.DeviceApi.Projects;

/// <summary>The package that holds a library.</summary>
public sealed record PackagePin(string Assembly, string Id, string Version)
{
    /// <summary>Test tools, which a release must not depend on.</summary>
    public bool IsDevelopment => Id == "nanoFramework.TestFramework";
}

/// <summary>The pinned packages (packages.pins) and, from the lists, which libraries need which.</summary>
public sealed class PackagePins
{
    private readonly Dictionary<string, PackagePin> _pins = [];
    private readonly ApiCatalog _catalog;

    private PackagePins(ApiCatalog catalog) => _catalog = catalog;

    /// <exception cref="ApiListException">A line is not "assembly package version".</exception>
    public static PackagePins Load(string folder)
    {
        string file = Path.Combine(folder, "packages.pins");
        var pins = new PackagePins(ApiCatalog.Load(folder));
        string[] lines = File.ReadAllLines(file);
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0 || lines[i][0] == '#')
            {
                continue;
            }

            string[] words = lines[i].Split(' ');
            if (words.Length != 3 || !System.Version.TryParse(words[2], out _) || !pins._pins.TryAdd(words[0], new PackagePin(words[0], words[1], words[2])))
            {
                throw new ApiListException(Path.GetFileName(file), i + 1, lines[i], "expected 'assembly package version', each assembly once");
            }
        }

        return pins;
    }

    /// <summary>The pins of some libraries and of everything that they need, sorted by assembly.</summary>
    /// <exception cref="InvalidDataException">A library has no pin or no list.</exception>
    public IReadOnlyList<PackagePin> Closure(IEnumerable<string> assemblies)
    {
        var found = new SortedDictionary<string, PackagePin>(StringComparer.OrdinalIgnoreCase);
        var waiting = new Stack<string>(assemblies);
        while (waiting.TryPop(out string? assembly))
        {
            if (found.ContainsKey(assembly))
            {
                continue;
            }

            found.Add(assembly, _pins.GetValueOrDefault(assembly) ?? throw new InvalidDataException($"{assembly} has no line in packages.pins"));
            foreach (string needed in (_catalog.FindLibrary(assembly) ?? throw new InvalidDataException($"{assembly} has no list")).References)
            {
                waiting.Push(needed);
            }
        }

        return [.. found.Values];
    }
}
