using System.Text.Encodings.Web;

namespace SensorNode.Site;

/// <summary>Takes known secrets out of text before anybody sees it.</summary>
public sealed class Redactor
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Mark = "(secret)";

    private readonly List<string> _secrets = [];

    /// <summary>Remembers a secret, also as JSON writes it: nanoff gets the password in such a file. Of a key in PEM each line counts.</summary>
    public void Add(string secret)
    {
        foreach (string line in secret.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!line.StartsWith("-----", StringComparison.Ordinal))
            {
                _secrets.AddRange(new[] { line, JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(line), JavaScriptEncoder.Default.Encode(line) }.Except(_secrets));
            }
        }

        _secrets.Sort((a, b) => b.Length - a.Length);
    }

    /// <summary>The text without them.</summary>
    public string Clean(string text)
    {
        foreach (string secret in _secrets)
        {
            text = text.Replace(secret, Mark, StringComparison.Ordinal);
        }

        return text;
    }
}
