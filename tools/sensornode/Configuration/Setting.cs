using System.Globalization;

namespace SensorNode.Tool.Configuration;

/// <summary>One setting as the firmware's schema describes it.</summary>
/// <param name="Name">Key in node.conf.</param>
/// <param name="Kind">Number, Text or Choice.</param>
/// <param name="Minimum">Smallest number, or shortest text.</param>
/// <param name="Maximum">Largest number, or longest text.</param>
/// <param name="DefaultNumber">Default of a number, index of a choice's default.</param>
/// <param name="DefaultText">Default of a text.</param>
/// <param name="Choices">Words, or the only numbers allowed, separated by '|'; null: all.</param>
/// <param name="Unit">Engineering unit, or an empty string.</param>
/// <param name="Description">One sentence.</param>
/// <param name="IsSecret">Never shown.</param>
public sealed record Setting(
    string Name, string Kind, int Minimum, int Maximum, int DefaultNumber, string DefaultText, string? Choices, string Unit, string Description, bool IsSecret)
{
    /// <summary>True for a text that has no default and must be given.</summary>
    public bool IsRequired => Kind == "Text" && DefaultText.Length < Minimum;

    /// <summary>The default in words.</summary>
    public string Default => Kind switch
    {
        "Choice" => Choices!.Split('|')[DefaultNumber],
        "Number" => DefaultNumber.ToString(CultureInfo.InvariantCulture),
        _ => IsRequired ? "must be given" : DefaultText.Length == 0 ? "empty" : DefaultText,
    };

    /// <summary>What a value may be, in words.</summary>
    public string Allowed
    {
        get
        {
            string words = Choices != null ? string.Join(", ", Choices.Split('|'))
                : Kind == "Text" ? $"{Minimum} to {Maximum} characters"
                : string.Create(CultureInfo.InvariantCulture, $"{Minimum} to {Maximum}");
            return Unit.Length > 0 ? $"{words} ({Unit})" : words;
        }
    }
}
