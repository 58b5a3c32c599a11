namespace SensorNode.DeviceApi.Lists;

/// <summary>All lists together with the facts of additions.facts: the device's whole API by type name.</summary>
public sealed class ApiCatalog
{
    private static readonly Dictionary<string, string> Keywords = new()
    {
        ["void"] = "System.Void", ["object"] = "System.Object", ["string"] = "System.String", ["bool"] = "System.Boolean", ["char"] = "System.Char",
        ["sbyte"] = "System.SByte", ["byte"] = "System.Byte", ["short"] = "System.Int16", ["ushort"] = "System.UInt16", ["int"] = "System.Int32",
        ["uint"] = "System.UInt32", ["long"] = "System.Int64", ["ulong"] = "System.UInt64", ["float"] = "System.Single", ["double"] = "System.Double",
    };

    private readonly Dictionary<string, ApiType> _types = [];
    private readonly Dictionary<string, ApiType> _typesByMetadataName = [];
    private readonly Dictionary<string, ApiLibrary> _libraries = [];

    private ApiCatalog(IEnumerable<ApiLibrary> libraries)
    {
        foreach (ApiLibrary library in libraries)
        {
            _libraries.Add(library.Name, library);
            foreach (ApiType type in library.Types)
            {
                if (!_types.TryAdd(type.FullName, type))
                {
                    throw new InvalidDataException($"{library.SourceFile}: type {type.FullName} is also in {_types[type.FullName].Library.SourceFile}");
                }
            }
        }

        foreach (ApiType type in _types.Values)
        {
            int dot = type.FullName.LastIndexOf('.');
            type.Outer = dot > 0 && _types.TryGetValue(type.FullName[..dot], out ApiType? outer) ? outer : null;
        }

        foreach (ApiType type in _types.Values)
        {
            _typesByMetadataName.Add(type.MetadataName, type);
        }
    }

    public IEnumerable<ApiLibrary> Libraries => _libraries.Values.OrderBy(l => l.Name, StringComparer.Ordinal);

    public IEnumerable<ApiType> Types => _types.Values;

    /// <summary>Reads every *.txt of a folder (README left out) and its additions.facts.</summary>
    /// <exception cref="ApiListException">A line is not understood.</exception>
    /// <exception cref="InvalidDataException">The folder holds no lists, or they contradict each other.</exception>
    public static ApiCatalog Load(string folder)
    {
        string[] files = Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal)] : [];
        if (files.Length == 0)
        {
            throw new InvalidDataException($"no API lists (*.txt) in {folder}");
        }

        var catalog = new ApiCatalog(files.Select(ApiListParser.Parse));
        string facts = Path.Combine(folder, "additions.facts");
        if (File.Exists(facts))
        {
            catalog.ApplyFacts(facts);
        }

        return catalog;
    }

    public ApiLibrary? FindLibrary(string name) => _libraries.GetValueOrDefault(name);

    /// <summary>Finds a type by its name in the lists: keywords allowed, nested types with a dot.</summary>
    public ApiType? FindType(string name) => _types.GetValueOrDefault(Keywords.GetValueOrDefault(name, name));

    /// <summary>Finds a type by its metadata name: nested types with a slash.</summary>
    public ApiType? FindByMetadataName(string name) => _typesByMetadataName.GetValueOrDefault(name);

    private void ApplyFacts(string file)
    {
        string[] lines = File.ReadAllLines(file);
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            string[] words = line.Split(' ', 3);
            if (words.Length < 2 || !_types.TryGetValue(words[1], out ApiType? type))
            {
                throw new ApiListException(Path.GetFileName(file), i + 1, line, "unknown type");
            }

            switch (words[0])
            {
                case "conditional":
                    type.Conditional = words[2];
                    break;
                case "byreflike":
                    type.IsByRefLike = true;
                    break;
                case "multiple":
                    type.AllowMultiple = true;
                    break;
                case "member":
                    type.Members.Add(ApiListParser.ParseMember(type, words[2]));
                    break;
                case "indexer":
                    int index = type.Members.FindIndex(m => m.Kind == ApiMemberKind.Property && m.Parameters.Count > 0);
                    type.Members[index] = type.Members[index] with { Name = words[2] };
                    break;
                default:
                    throw new ApiListException(Path.GetFileName(file), i + 1, line, "unknown kind of fact");
            }
        }
    }
}
