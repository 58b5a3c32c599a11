using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SensorNode.Release.Sbom;

/// <summary>Writes a bill of materials in CycloneDX 1.6, JSON (ECMA-424).</summary>
/// <remarks>The same parts and time give the same bytes: the serial number is made of the content.</remarks>
public static class SbomDocument
{
    private static readonly JsonWriterOptions s_indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document.</summary>
    /// <param name="root">What is released.</param>
    /// <param name="parts">All its parts, itself left out.</param>
    /// <param name="time">When it was made.</param>
    /// <param name="toolVersion">Version of this tool.</param>
    public static string Write(SbomComponent root, IReadOnlyList<SbomComponent> parts, DateTimeOffset time, string toolVersion)
    {
        SbomComponent[] sorted = [.. parts.OrderBy(part => part.Purl, StringComparer.Ordinal)];
        string unnamed = Text(root, sorted, time, toolVersion, "");
        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes(unnamed))[..16];

        // Marked as version 8, variant 1 (RFC 9562): a UUID of somebody's own making.
        digest[6] = (byte)((digest[6] & 0x0F) | 0x80);
        digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
        return Text(root, sorted, time, toolVersion, $"urn:uuid:{new Guid(digest, bigEndian: true)}");
    }

    private static string Text(SbomComponent root, SbomComponent[] parts, DateTimeOffset time, string toolVersion, string serialNumber)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, s_indented))
        {
            json.WriteStartObject();
            json.WriteString("bomFormat", "CycloneDX");
            json.WriteString("specVersion", "1.6");
            json.WriteString("serialNumber", serialNumber);
            json.WriteNumber("version", 1);
            json.WriteStartObject("metadata");
            json.WriteString("timestamp", time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteStartObject("tools");
            json.WriteStartArray("components");
            Component(json, SbomComponent.Own("application", "sensornode", toolVersion, []), isReferable: false);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WritePropertyName("component");
            Component(json, root, isReferable: true);
            json.WriteEndObject();
            json.WriteStartArray("components");
            Array.ForEach(parts, part => Component(json, part, isReferable: true));
            json.WriteEndArray();
            json.WriteStartArray("dependencies");
            Array.ForEach([root, .. parts], part => Dependency(json, part));
            json.WriteEndArray();
            json.WriteStartArray("compositions");
            Composition(json, "complete", [.. parts.Prepend(root).Where(part => part.IsComplete)]);
            Composition(json, "unknown", [.. parts.Where(part => !part.IsComplete)]);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Component(Utf8JsonWriter json, SbomComponent part, bool isReferable)
    {
        json.WriteStartObject();
        json.WriteString("type", part.Type);
        if (isReferable)
        {
            json.WriteString("bom-ref", part.Purl);
        }

        json.WriteStartObject("supplier");
        json.WriteString("name", part.Supplier);
        json.WriteEndObject();
        json.WriteString("name", part.Name);
        json.WriteString("version", part.Version);
        if (part.Hash is var (algorithm, hex))
        {
            json.WriteStartArray("hashes");
            json.WriteStartObject();
            json.WriteString("alg", algorithm);
            json.WriteString("content", hex);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        if (part.License != null)
        {
            json.WriteStartArray("licenses");
            json.WriteStartObject();
            json.WriteStartObject("license");
            json.WriteString("id", part.License);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteString("purl", part.Purl);
        json.WriteEndObject();
    }

    private static void Dependency(Utf8JsonWriter json, SbomComponent part)
    {
        json.WriteStartObject();
        json.WriteString("ref", part.Purl);
        json.WriteStartArray("dependsOn");
        foreach (string other in part.DependsOn.Distinct().Order(StringComparer.Ordinal))
        {
            json.WriteStringValue(other);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Composition(Utf8JsonWriter json, string aggregate, SbomComponent[] parts)
    {
        if (parts.Length == 0)
        {
            return;
        }

        json.WriteStartObject();
        json.WriteString("aggregate", aggregate);
        json.WriteStartArray("assemblies");
        Array.ForEach(parts, part => json.WriteStringValue(part.Purl));
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
