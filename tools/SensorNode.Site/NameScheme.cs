using System.Globalization;
using System.Text.RegularExpressions;

namespace SensorNode.Site;

/// <summary>Names of nodes and groups: what they may be, and the next free one of a scheme such as vib-{n:000}.</summary>
public sealed partial class NameScheme
{
    /// <summary>Longest name of a group or node, as in node.conf.</summary>
    public const int LengthMax = 47;

    private readonly string _before;
    private readonly string _after;
    private readonly int _digits;

    private NameScheme(string before, string after, int digits)
    {
        _before = before;
        _after = after;
        _digits = digits;
    }

    /// <summary>Reads a scheme: text with exactly one {n} or {n:000}, the zeros giving the least number of digits.</summary>
    /// <exception cref="SiteException">It is none.</exception>
    public static NameScheme Parse(string text)
    {
        Match match = Form().Match(text);
        if (!match.Success || Refusal(match.Groups[1].Value + "1" + match.Groups[3].Value) != null)
        {
            throw new SiteException($"scheme '{text}': letters, digits, '.', '-', '_' and one {{n}} or {{n:000}} are expected, for example vib-{{n:000}}");
        }

        var scheme = new NameScheme(match.Groups[1].Value, match.Groups[3].Value, Math.Max(1, match.Groups[2].Length));
        string longest = scheme.NameOf(99_999);
        return longest.Length <= LengthMax ? scheme : throw new SiteException($"scheme '{text}': its names would have {longest.Length} characters; at most {LengthMax} are allowed");
    }

    /// <summary>The name one above the highest that is taken.</summary>
    public string Next(IEnumerable<string> taken)
    {
        long highest = 0;
        foreach (string name in taken)
        {
            if (name.Length > _before.Length + _after.Length
                && name.StartsWith(_before, StringComparison.OrdinalIgnoreCase) && name.EndsWith(_after, StringComparison.OrdinalIgnoreCase)
                && long.TryParse(name.AsSpan(_before.Length, name.Length - _before.Length - _after.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            {
                highest = Math.Max(highest, number);
            }
        }

        return NameOf(highest + 1);
    }

    /// <summary>Why a text cannot be a node's or group's name, or null.</summary>
    public static string? Refusal(string name) =>
        name.Length is < 1 or > LengthMax || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') || name is "." or ".."
            ? $"'{name}': a name has 1 to {LengthMax} letters, digits, '.', '-' or '_'"
            : name.Equals("STATE", StringComparison.OrdinalIgnoreCase) ? $"'{name}' means something else in Sparkplug's topics; choose another name" : null;

    private string NameOf(long number) => _before + number.ToString(new string('0', _digits), CultureInfo.InvariantCulture) + _after;

    [GeneratedRegex(@"^([^{}]*)\{n(?::(0{1,9}))?\}([^{}]*)$")]
    private static partial Regex Form();
}
