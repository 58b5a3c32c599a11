using System.Text;
using SensorNode.Files;

namespace SensorNode.Replay;

/// <summary>A small CSV file: a fixed header, then rows with as many fields. Quoted fields may hold commas and doubled quotes.</summary>
public sealed class CsvTable
{
    private readonly string[] _header;

    private CsvTable(string path, string[] header, List<(int Line, string[] Fields)> rows)
    {
        Path = path;
        _header = header;
        Rows = rows;
    }

    /// <summary>The file, for messages.</summary>
    public string Path { get; }

    /// <summary>Rows with their line numbers, from 2.</summary>
    public IReadOnlyList<(int Line, string[] Fields)> Rows { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="option">Option that named it, for messages.</param>
    /// <param name="right">What it has to be, for messages.</param>
    /// <param name="header">The header it must have, column for column.</param>
    /// <exception cref="FileException">It cannot be read.</exception>
    /// <exception cref="ReplayException">Another header, or a row with another number of fields.</exception>
    public static CsvTable Read(string path, string option, string right, string header)
    {
        string named = $"{option} {path}";
        string[] lines = NamedFile.ReadText(path, option, $"give {right}").Split(["\r\n", "\n", "\r"], StringSplitOptions.None);
        if (lines.Length == 0 || lines[0].TrimEnd().TrimStart('\uFEFF') != header)
        {
            throw new ReplayException($"{named}:1: the header must be \"{header}\", found \"{(lines.Length == 0 ? "" : Shown(lines[0]))}\"");
        }

        string[] names = header.Split(',');
        var rows = new List<(int, string[])>();
        for (int i = 1; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]))
            {
                continue;
            }

            string[] fields = Split(named, i + 1, lines[i]);
            if (fields.Length != names.Length)
            {
                throw new ReplayException($"{named}:{i + 1}: {fields.Length} fields, the header has {names.Length}");
            }

            rows.Add((i + 1, fields));
        }

        return new CsvTable(named, names, rows);
    }

    /// <summary>One field, without blanks around it.</summary>
    public string Text(int row, string column) => Rows[row].Fields[Array.IndexOf(_header, column)].Trim();

    /// <summary>A whole number within limits.</summary>
    public int Whole(int row, string column, int least, int most)
    {
        string text = Text(row, column);
        return int.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
            ? value
            : throw Wrong(row, column, text, $"a whole number from {least} to {most}");
    }

    /// <summary>A decimal number within limits, exact.</summary>
    public decimal Number(int row, string column, decimal least, decimal most)
    {
        string text = Text(row, column);
        return decimal.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out decimal value) && value >= least && value <= most
            ? value
            : throw Wrong(row, column, text, FormattableString.Invariant($"a number from {least} to {most}"));
    }

    /// <summary>The exception for a field.</summary>
    public ReplayException Wrong(int row, string column, string found, string right) =>
        new($"{Path}:{Rows[row].Line}: {column} is \"{Shown(found)}\", must be {right}");

    // A file of another kind may hold anything: one short line of it is enough.
    private static string Shown(string text)
    {
        const int LengthMax = 160;
        string printable = string.Concat(text.Take(LengthMax).Select(c => char.IsControl(c) || c == '\uFFFD' ? '?' : c));
        return text.Length > LengthMax ? printable + ".." : printable;
    }

    private static string[] Split(string path, int line, string text)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (isQuoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else if (c == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (c == ',' && !isQuoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        if (isQuoted)
        {
            throw new ReplayException($"{path}:{line}: a quote is opened and not closed");
        }

        fields.Add(field.ToString());
        return [.. fields];
    }
}
