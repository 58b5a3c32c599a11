using System.Text.Json;

namespace SensorNode.Release.Sbom;

/// <summary>What is in the command-line tool: what its own build wrote down (sensornode.deps.json), packages of packages too.</summary>
public static class ToolParts
{
    /// <summary>Reads the file.</summary>
    /// <param name="file">sensornode.deps.json.</param>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public static (SbomComponent Root, IReadOnlyList<SbomComponent> Parts) Read(string file)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
            JsonElement libraries = document.RootElement.GetProperty("libraries");
            JsonElement target = document.RootElement.GetProperty("targets").EnumerateObject().First().Value;
            var purls = libraries.EnumerateObject().ToDictionary(library => library.Name.Split('/')[0], library => Purl(library), StringComparer.OrdinalIgnoreCase);
            SbomComponent[] parts = [.. libraries.EnumerateObject().Select(library => Part(library, target, purls))];
            SbomComponent root = parts.Single(part => part.Name == "sensornode");
            return (root, [.. parts.Where(part => part != root)]);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or IOException)
        {
            throw new InvalidDataException($"{file}: is not what a build writes: {exception.Message}");
        }
    }

    private static SbomComponent Part(JsonProperty library, JsonElement target, Dictionary<string, string> purls)
    {
        string[] name = library.Name.Split('/');
        bool isPackage = library.Value.GetProperty("type").GetString() == "package";
        string[] dependsOn = target.TryGetProperty(library.Name, out JsonElement entry) && entry.TryGetProperty("dependencies", out JsonElement dependencies)
            ? [.. dependencies.EnumerateObject().Where(dependency => purls.ContainsKey(dependency.Name)).Select(dependency => purls[dependency.Name])]
            : [];
        string type = name[0] == "sensornode" ? "application" : "library";
        if (!isPackage)
        {
            return SbomComponent.Own(type, name[0], name[1], dependsOn) with { License = "MIT" };
        }

        // "sha512-" and base64, as NuGet keeps it.
        string hash = library.Value.GetProperty("sha512").GetString() ?? "";
        var package = new SbomComponent(type, name[0], name[1], "unknown", purls[name[0]], dependsOn);
        return hash.StartsWith("sha512-", StringComparison.Ordinal) ? package with { Hash = ("SHA-512", Convert.ToHexStringLower(Convert.FromBase64String(hash[7..]))) } : package;
    }

    private static string Purl(JsonProperty library)
    {
        string[] name = library.Name.Split('/');
        return library.Value.GetProperty("type").GetString() == "package" ? SbomComponent.NuGet(name[0], name[1]) : SbomComponent.Own("library", name[0], name[1], []).Purl;
    }
}
