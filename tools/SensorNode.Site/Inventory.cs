using System.Globalization;
using SensorNode.Files;

namespace SensorNode.Site;

/// <summary>inventory.csv: every node of a site, retired ones too, so that no name comes twice.</summary>
public sealed class Inventory
{
    private static readonly string[] s_columns = ["name", "group", "location", "board", "hardware_address", "state", "certificate_serial", "issuer", "anchors", "expires_utc", "born_utc"];

    private readonly string _file;
    private readonly List<InventoryRow> _rows;

    private Inventory(string file, List<InventoryRow> rows)
    {
        _file = file;
        _rows = rows;
    }

    /// <summary>All nodes, oldest first.</summary>
    public IReadOnlyList<InventoryRow> Rows => _rows;

    /// <summary>Reads the file; a missing one is an empty inventory.</summary>
    /// <exception cref="SiteException">It cannot be read as one.</exception>
    public static Inventory Open(string file)
    {
        var rows = new List<InventoryRow>();
        if (File.Exists(file))
        {
            IReadOnlyList<(int Line, string[] Fields)> lines = Csv.Read(file, NamedFile.ReadText(file, null, "put it back from a copy of the site"));
            if (lines.Count == 0 || !lines[0].Fields.SequenceEqual(s_columns))
            {
                throw new SiteException($"{file}, line 1: the columns must be {string.Join(',', s_columns)}");
            }

            rows.AddRange(lines.Skip(1).Select(line => Row(file, line.Line, line.Fields)));
        }

        return new Inventory(file, rows);
    }

    /// <summary>The node of a name, whatever its case, or null.</summary>
    public InventoryRow? Find(string name) => _rows.Find(row => row.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds the node, or takes the place of the one with its name, and writes the file.</summary>
    public void Put(InventoryRow row)
    {
        int index = _rows.FindIndex(other => other.Name.Equals(row.Name, StringComparison.OrdinalIgnoreCase));
        if (index >= 0)
        {
            _rows[index] = row;
        }
        else
        {
            _rows.Add(row);
        }

        SecretFile.WritePublic(_file, string.Concat(_rows.Select(Fields).Prepend(s_columns).Select(fields => Csv.Line(fields) + "\n")));
    }

    private static string[] Fields(InventoryRow row) =>
    [
        row.Name, row.Group, row.Location, row.Board, row.HardwareAddress, row.State, row.CertificateSerial, row.Issuer, row.Anchors, Text(row.ExpiresUtc), Text(row.BornUtc),
    ];

    private static InventoryRow Row(string file, int line, string[] fields)
    {
        if (fields.Length != s_columns.Length)
        {
            throw new SiteException($"{file}, line {line}: has {fields.Length} columns instead of {s_columns.Length}");
        }

        foreach (string name in new[] { fields[0], fields[1] })
        {
            if (NameScheme.Refusal(name) is { } refusal)
            {
                throw new SiteException($"{file}, line {line}: {refusal}");
            }
        }

        return fields[5] is not (InventoryRow.StateIssued or InventoryRow.StateBorn or InventoryRow.StateRetired)
            ? throw new SiteException($"{file}, line {line}: the state '{fields[5]}' is not one of issued, born, retired")
            : new InventoryRow
            {
                Name = fields[0],
                Group = fields[1],
                Location = fields[2],
                Board = fields[3],
                HardwareAddress = fields[4],
                State = fields[5],
                CertificateSerial = fields[6],
                Issuer = fields[7],
                Anchors = fields[8],
                ExpiresUtc = Time(file, line, fields[9]),
                BornUtc = Time(file, line, fields[10]),
            };
    }

    private static string Text(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    private static DateTimeOffset? Time(string file, int line, string text) =>
        text.Length == 0 ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time
        : throw new SiteException($"{file}, line {line}: '{text}' is no time such as 2031-01-31T12:00:00Z");
}
