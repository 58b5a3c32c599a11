using System.Text.Json;
using SensorNode.Files;

namespace SensorNode.Site;

/// <summary>Reads the JSON files of a site.</summary>
public static class SiteJson
{
    /// <summary>Reads a whole file.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="options">As it was written.</param>
    /// <param name="isWhole">Whether nothing is missing in it.</param>
    /// <param name="right">What helps where it is damaged, for the message.</param>
    /// <exception cref="SiteException">It is no JSON, or not as this tool writes it.</exception>
    public static T Read<T>(string file, JsonSerializerOptions? options, Func<T, bool> isWhole, string right)
    {
        string line = "";
        try
        {
            T? value = JsonSerializer.Deserialize<T>(NamedFile.ReadText(file, null, right), options);
            if (value is not null && isWhole(value))
            {
                return value;
            }
        }
        catch (JsonException exception)
        {
            line = exception.LineNumber is { } index ? $", line {index + 1}" : "";
        }

        throw new SiteException($"{file}{line}: is not as sensornode writes it; {right}");
    }
}
