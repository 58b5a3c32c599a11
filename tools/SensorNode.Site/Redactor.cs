namespace SensorNode.Site;

/// <summary>Takes known secrets out of text before anybody sees it.</summary>
public sealed class Redactor
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Mark = "(secret)";

    private readonly List<string> _secrets = [];

    /// <summary>Remembers a secret. Of a key in PEM each line counts.</summary>
    public void Add(string secret)
    {
        foreach (string line in secret.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!line.StartsWith("-----", StringComparison.Ordinal) && !_secrets.Contains(line))
            {
                _secrets.Add(line);
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
