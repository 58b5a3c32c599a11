using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace SensorNode.Tool.Tests;

/// <summary>The bill of materials against the essentials of CycloneDX 1.6's schema, and against the project files that it is made from.</summary>
public sealed class SbomCommandTests : IDisposable
{
    private static readonly string[] s_types = ["application", "framework", "library", "container", "platform", "operating-system", "device", "device-driver", "firmware", "file", "machine-learning-model", "data", "cryptographic-asset"];
    private static readonly string[] s_node = ["release", "sbom", "--version", "1.2.3", "--clr-version", "1.12.4.20", "--time", "2026-01-31T12:00:00Z", "--source", RepositoryFile.Path("")];

    private readonly string _file = Path.GetTempFileName();

    public static TheoryData<string> Kinds() => ["node", "tool"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Document_HasTheEssentialsOfTheSchema(string kind)
    {
        JsonElement bom = await MakeAsync(kind == "node" ? [.. s_node, "--file", _file] : ["release", "sbom", "--of", "tool"]);
        Assert.Equal(("CycloneDX", "1.6", 1), (Text(bom, "bomFormat"), Text(bom, "specVersion"), bom.GetProperty("version").GetInt32()));
        Assert.Matches("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", Text(bom, "serialNumber"));
        JsonElement metadata = bom.GetProperty("metadata");
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", Text(metadata, "timestamp"));
        JsonElement[] components = [metadata.GetProperty("component"), .. bom.GetProperty("components").EnumerateArray()];
        foreach (JsonElement component in components)
        {
            Assert.Contains(Text(component, "type"), s_types);
            Assert.NotEmpty(Text(component, "name"));
            Assert.NotEmpty(Text(component, "version"));
            Assert.NotEmpty(Text(component.GetProperty("supplier"), "name"));
            Assert.Matches(@"^pkg:(nuget|generic|github)/[^\s@]+@[^\s]+$", Text(component, "purl"));
            if (component.TryGetProperty("hashes", out JsonElement hashes))
            {
                JsonElement hash = Assert.Single(hashes.EnumerateArray());
                Assert.Matches(Text(hash, "alg") == "SHA-256" ? "^[0-9a-f]{64}$" : "^[0-9a-f]{128}$", Text(hash, "content"));
            }
        }

        string[] references = [.. components.Select(component => Text(component, "bom-ref"))];
        Assert.Equal(references.Length, references.Distinct().Count());
        JsonElement[] dependencies = [.. bom.GetProperty("dependencies").EnumerateArray()];
        Assert.Equal(references.Order(), dependencies.Select(dependency => Text(dependency, "ref")).Order());
        Assert.All(dependencies.SelectMany(dependency => dependency.GetProperty("dependsOn").EnumerateArray()), other => Assert.Contains(other.GetString(), references));
        Assert.All(bom.GetProperty("compositions").EnumerateArray().SelectMany(composition => composition.GetProperty("assemblies").EnumerateArray()), other => Assert.Contains(other.GetString(), references));

        // Every part is reached from the release.
        var reached = new HashSet<string> { references[0] };
        var waiting = new Queue<string>(reached);
        while (waiting.TryDequeue(out string? next))
        {
            foreach (string other in dependencies.Single(dependency => Text(dependency, "ref") == next).GetProperty("dependsOn").EnumerateArray().Select(other => other.GetString()!))
            {
                if (reached.Add(other))
                {
                    waiting.Enqueue(other);
                }
            }
        }

        Assert.Equal(references.Order(), reached.Order());
    }

    [Fact]
    public async Task Node_HasEveryPinnedPackageOfEveryDeployedProject()
    {
        JsonElement bom = await MakeAsync(s_node);
        string[] purls = [.. bom.GetProperty("components").EnumerateArray().Select(component => Text(component, "purl"))];
        foreach (string project in new[] { "firmware/SensorNode.Boot", "firmware/SensorNode.Base", "firmware/SensorNode.Dsp", "firmware/SensorNode.App", "firmware/SensorNode.Esp32", "boards" })
        {
            foreach (XElement package in XDocument.Load(RepositoryFile.Path(project + "/packages.config")).Descendants("package"))
            {
                Assert.Contains($"pkg:nuget/{package.Attribute("id")!.Value}@{package.Attribute("version")!.Value}", purls);
            }
        }

        Assert.Contains("pkg:github/nanoframework/nf-interpreter@1.12.4.20", purls);
        Assert.DoesNotContain(purls, purl => purl.Contains("TestFramework", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("unknown", bom.GetProperty("compositions").EnumerateArray().Single(c => c.GetProperty("assemblies").EnumerateArray().Any(a => a.GetString()!.Contains("nf-interpreter", StringComparison.Ordinal))).GetProperty("aggregate").GetString());
    }

    [Fact]
    public async Task Tool_HasEveryPackageThatItsProjectPins()
    {
        JsonElement bom = await MakeAsync(["release", "sbom", "--of", "tool"]);
        string[] names = [.. bom.GetProperty("components").EnumerateArray().Select(component => Text(component, "name"))];
        foreach (Match match in Regex.Matches(await File.ReadAllTextAsync(RepositoryFile.Path("tools/sensornode/sensornode.csproj")), "PackageReference Include=\"([^\"]+)\""))
        {
            Assert.Contains(match.Groups[1].Value, names);
        }
    }

    [Fact]
    public async Task SameInput_GivesTheSameBytes()
    {
        (_, string first, _) = await ToolRun.RunAsync(s_node);
        (_, string second, _) = await ToolRun.RunAsync(s_node);
        Assert.Equal(first, second);
        (_, string other, _) = await ToolRun.RunAsync([.. s_node.Select(argument => argument == "1.2.3" ? "1.2.4" : argument)]);
        Assert.NotEqual(Serial(first), Serial(other));

        static string Serial(string text) => Text(JsonDocument.Parse(text).RootElement, "serialNumber");
    }

    [Theory]
    [InlineData("--version", "newest", "--version newest: two to four numbers with dots are expected", 2)]
    [InlineData("--clr-version", "", "--clr-version is empty; VERSION is expected", 2)]
    [InlineData("--file", "/nowhere", "--file /nowhere: there is no such file", 2)]
    [InlineData("--source", "/", "there is no SensorNode.sln in /", 2)]
    [InlineData("--time", "noon", "--time noon: a time such as 2026-01-31T12:00:00Z is expected", 2)]
    public async Task WrongUse_IsNamed(string option, string value, string expected, int code)
    {
        int index = Array.IndexOf(s_node, option);
        string[] arguments = index >= 0 ? [.. s_node[..index], option, value, .. s_node[(index + 2)..]] : [.. s_node, option, value];
        (int exit, string output, string error) = await ToolRun.RunAsync(arguments);
        Assert.Equal((code, ""), (exit, output));
        Assert.Contains(expected, error);
    }

    public void Dispose() => File.Delete(_file);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static async Task<JsonElement> MakeAsync(string[] arguments)
    {
        (int code, string output, string error) = await ToolRun.RunAsync(arguments);
        Assert.True(code == 0, error);
        return JsonDocument.Parse(output).RootElement;
    }
}
