namespace SensorNode.Release.Sbom;

/// <summary>One part of a release.</summary>
/// <param name="Type">CycloneDX's word: application, library or firmware.</param>
/// <param name="Name">Name.</param>
/// <param name="Version">Version; never empty.</param>
/// <param name="Supplier">Who makes it.</param>
/// <param name="Purl">Package URL, which is its reference in the document, too.</param>
/// <param name="DependsOn">Package URLs of the parts that it needs directly.</param>
public sealed record SbomComponent(string Type, string Name, string Version, string Supplier, string Purl, IReadOnlyList<string> DependsOn)
{
    /// <summary>Algorithm and digest in hex, or null.</summary>
    public (string Algorithm, string Hex)? Hash { get; init; }

    /// <summary>Licence by its SPDX identifier, or null where it was not looked up.</summary>
    public string? License { get; init; }

    /// <summary>False where the part has parts of its own that are not listed.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>A part of this project.</summary>
    public static SbomComponent Own(string type, string name, string version, IReadOnlyList<string> dependsOn) =>
        new(type, name, version, "SensorNode", $"pkg:generic/sensornode/{name}@{version}", dependsOn);

    /// <summary>Package URL of a NuGet package.</summary>
    public static string NuGet(string id, string version) => $"pkg:nuget/{id}@{Uri.EscapeDataString(version)}";
}
