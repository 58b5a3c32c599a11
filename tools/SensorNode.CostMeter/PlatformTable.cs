using System.Collections.Concurrent;
using System.Globalization;

namespace SensorNode.CostMeter;

/// <summary>A table about platform members or types, which remembers what was asked for and was missing.</summary>
/// <remarks>
/// Format: lines of name;number..;source under a header line (method names hold commas, hence the semicolons); lines that begin
/// with # are comments. A method's name is Type::Method(Types) for one overload or Type::Method for all.
/// </remarks>
public sealed class PlatformTable
{
    private readonly Dictionary<string, int[]> _values = new(StringComparer.Ordinal);
    private readonly int[] _default;
    private readonly ConcurrentDictionary<string, byte> _missing = new(StringComparer.Ordinal);

    private PlatformTable(int[] defaultValues) => _default = defaultValues;

    /// <summary>Names that were asked for and are not in the table, in order.</summary>
    public IReadOnlyList<string> Missing => [.. _missing.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Costs of calls of platform members: IL instructions inside, native work as IL instructions, bytes allocated inside. Default 40, 10 and 0.</summary>
    public static PlatformTable Costs() => Read("platform-costs.csv", "name;il;native;bytes;source", [40, 10, 0]);

    /// <summary>Bytes of an object of a platform type in the device's heap, with what it creates for itself. Default 60.</summary>
    public static PlatformTable Types() => Read("platform-types.csv", "name;bytes;source", [60]);

    /// <summary>Reads a table from text.</summary>
    /// <param name="text">The table.</param>
    /// <param name="name">Its name for messages.</param>
    /// <param name="header">The header line it must have.</param>
    /// <param name="defaultValues">Numbers of what is not in it, one for each column between name and source.</param>
    public static PlatformTable Parse(string text, string name, string header, int[] defaultValues)
    {
        var table = new PlatformTable(defaultValues);
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        bool headerSeen = false;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (!headerSeen)
            {
                headerSeen = line == header ? true : throw new CostMeterException($"{name} line {i + 1}: the header must be {header}");
                continue;
            }

            string[] cells = line.Split(';');
            var values = new int[defaultValues.Length];
            bool good = cells.Length == values.Length + 2 && cells[^1].Length > 0;
            for (int column = 0; good && column < values.Length; column++)
            {
                good = int.TryParse(cells[column + 1], NumberStyles.None, CultureInfo.InvariantCulture, out values[column]);
            }

            if (!good)
            {
                throw new CostMeterException($"{name} line {i + 1}: expected {header} with numbers of 0 or more and a source, found: {line}");
            }

            if (!table._values.TryAdd(cells[0], values))
            {
                throw new CostMeterException($"{name} line {i + 1}: {cells[0]} stands twice");
            }
        }

        return table;
    }

    /// <summary>Numbers of the exact name, else of the general one, else the default ones.</summary>
    public int[] Find(string exactName, string generalName)
    {
        if (_values.TryGetValue(exactName, out int[]? values) || _values.TryGetValue(generalName, out values))
        {
            return values;
        }

        _missing.TryAdd(exactName, 0);
        return _default;
    }

    private static PlatformTable Read(string resource, string header, int[] defaultValues)
    {
        using Stream stream = typeof(PlatformTable).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd(), resource, header, defaultValues);
    }
}
