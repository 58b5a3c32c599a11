using System.Globalization;

namespace SensorNode.DeviceApi.Emission;

/// <summary>Turns a constant as written in a list into the value that metadata stores.</summary>
public static class ConstantText
{
    /// <summary>The value in the type named; null for "null".</summary>
    /// <exception cref="InvalidDataException">The text is no value of the type.</exception>
    public static object? Parse(string text, string type)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        try
        {
            return type switch
            {
                _ when text == "null" => null,
                "bool" => bool.Parse(text),
                "char" => ParseChar(text),
                "string" => text.Length >= 2 && text[0] == '"' && text[^1] == '"' ? text[1..^1] : throw new FormatException(),
                "sbyte" => sbyte.Parse(text, culture),
                "byte" => byte.Parse(text, culture),
                "short" => short.Parse(text, culture),
                "ushort" => ushort.Parse(text, culture),
                "int" => int.Parse(text, culture),
                "uint" => uint.Parse(text, culture),
                "long" => long.Parse(text, culture),
                "ulong" => ulong.Parse(text, culture),
                "float" => float.Parse(text, culture),
                "double" => double.Parse(text, culture),
                _ => throw new FormatException(),
            };
        }
        catch (Exception problem) when (problem is FormatException or OverflowException)
        {
            throw new InvalidDataException($"'{text}' is not a constant of type {type}");
        }
    }

    private static char ParseChar(string text)
    {
        string inner = text[1..^1];
        return inner.StartsWith("\\u", StringComparison.Ordinal)
            ? (char)int.Parse(inner[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : inner.Single();
    }
}
