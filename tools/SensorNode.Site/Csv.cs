using System.Text;

namespace SensorNode.Site;

/// <summary>Comma-separated values, RFC 4180: quotes where needed, quotes within doubled.</summary>
public static class Csv
{
    /// <summary>One line without its end.</summary>
    public static string Line(IEnumerable<string> fields) => string.Join(',', fields.Select(Field));

    /// <summary>All lines with their numbers, from 1; empty lines and lines that begin with # are left out.</summary>
    /// <param name="file">For messages.</param>
    /// <param name="text">The content.</param>
    /// <exception cref="SiteException">A quote that does not end.</exception>
    public static IReadOnlyList<(int Line, string[] Fields)> Read(string file, string text)
    {
        var rows = new List<(int, string[])>();
        string[] lines = text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim().Length > 0 && lines[i][0] != '#')
            {
                rows.Add((i + 1, Fields(file, i + 1, lines[i])));
            }
        }

        return rows;
    }

    // A line break, or what a spreadsheet takes for a formula, must not come from data.
    private static string Field(string value)
    {
        string clean = value.Replace('\n', ' ').Replace('\r', ' ');
        if (clean.Length > 0 && clean[0] is '=' or '+' or '@')
        {
            clean = "'" + clean;
        }

        return clean.AsSpan().IndexOfAny(',', '"') >= 0 || clean.StartsWith('#') ? '"' + clean.Replace("\"", "\"\"", StringComparison.Ordinal) + '"' : clean;
    }

    private static string[] Fields(string file, int number, string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        bool isQuoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (isQuoted && c == '"' && i + 1 < line.Length && line[i + 1] == '"')
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
                fields.Add(field.ToString().Trim());
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        fields.Add(field.ToString().Trim());
        return isQuoted ? throw new SiteException($"{file}, line {number}: a quote has no end") : [.. fields];
    }
}
