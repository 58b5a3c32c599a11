using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SensorNode.Files;
using SensorNode.Site;

namespace SensorNode.Tool.Provision;

/// <summary>nodes.csv: one node a line. Names that the site gives are kept, so that a second call with the same file means the same nodes.</summary>
public static class NodeBatch
{
    private static readonly string[] s_columns = ["port", "group", "name", "location", "board", "sensor"];

    /// <summary>Reads the file over a common request.</summary>
    /// <exception cref="SiteException">Line and reason.</exception>
    public static IReadOnlyList<(int Line, NodeRequest Request)> Read(string file, NodeRequest common)
    {
        string named = "--batch " + file;
        IReadOnlyList<(int Line, string[] Fields)> rows = Csv.Read(named, ReadText(file));
        if (rows.Count < 2)
        {
            throw new SiteException($"{named}: holds no node; the first line names columns, for example port,name,location");
        }

        string[] columns = rows[0].Fields;
        if (Array.Find(columns, column => !s_columns.Contains(column)) is { } unknown)
        {
            throw new SiteException($"{named}, line {rows[0].Line}: there is no column '{unknown}'; there are {string.Join(", ", s_columns)}");
        }

        if (!columns.Contains("port") || columns.Distinct().Count() != columns.Length)
        {
            throw new SiteException($"{named}, line {rows[0].Line}: the column port is needed, and no column twice");
        }

        return [.. rows.Skip(1).Select(row => (row.Line, Request(named, row.Line, columns, row.Fields, common)))];
    }

    /// <summary>Names given to the nodes of a file before, by line; empty for a new file.</summary>
    public static Dictionary<int, string> Names(SiteFolder site, string file)
    {
        string kept = NamesFile(site, file);
        return File.Exists(kept) ? SiteJson.Read<Dictionary<int, string>>(kept, null, names => !names.ContainsValue(null!), "delete it; lines without a name are then new nodes") : [];
    }

    /// <summary>Keeps them.</summary>
    public static void KeepNames(SiteFolder site, string file, Dictionary<int, string> names)
    {
        NamedFile.MakeFolder(site.FileOf("batches"), null, "take it out of the way");
        SecretFile.WritePublic(NamesFile(site, file), JsonSerializer.Serialize(names) + "\n");
    }

    /// <summary>Where they are kept.</summary>
    public static string NamesFile(SiteFolder site, string file) =>
        site.FileOf("batches", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ReadText(file))))[..16] + ".json");

    private static NodeRequest Request(string file, int line, string[] columns, string[] fields, NodeRequest common)
    {
        if (fields.Length != columns.Length)
        {
            throw new SiteException($"{file}, line {line}: has {fields.Length} fields; the first line names {columns.Length} columns");
        }

        return Field("port") is not { } port
            ? throw new SiteException($"{file}, line {line}: the port is empty")
            : common with
            {
                Port = port,
                Group = Field("group") ?? common.Group,
                Name = Field("name"),
                Location = Field("location") ?? common.Location,
                Board = Field("board") ?? common.Board,
                Sensor = Field("sensor") ?? common.Sensor,
            };

        string? Field(string column) => Array.IndexOf(columns, column) is int index and >= 0 && fields[index].Length > 0 ? fields[index] : null;
    }

    private static string ReadText(string file) => InputFile.ReadText(file, "--batch", "give a CSV file whose first line names columns, for example port,name,location");
}
