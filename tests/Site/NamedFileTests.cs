using Xunit;

namespace SensorNode.Site.Tests;

/// <summary>Each file that an option of site and provision names: missing, a folder, below a file, held by another program. One line that names option and file.</summary>
[Collection(SiteCollection.Name)]
public sealed class NamedFileTests : IDisposable
{
    private readonly TestSite _site = new();

    [Theory]
    [InlineData("--conf", 1, "give a file with further settings for node.conf")]
    [InlineData("--batch", 1, "give a CSV file whose first line names columns")]
    [InlineData("--image", 2, "give the application image")]
    [InlineData("--wifi-password-file", 2, "give a file with the Wi-Fi password in one line")]
    [InlineData("--outside-ca", 1, "a file in PEM form is expected")]
    [InlineData("", 1, "give the public key of releases")]
    public async Task File_ThatCannotBeRead_IsNamedWithItsOption(string option, int code, string right)
    {
        if (option != "--outside-ca")
        {
            await _site.InitAsync();
        }

        string held = Path.Combine(_site.Root, "held");
        File.WriteAllText(held, "x");
        using var other = new FileStream(held, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        foreach ((string file, string fault) in new[]
        {
            (Path.Combine(_site.Root, "none"), "there is no such file"), (Path.Combine(_site.Root, "none", "none"), "there is no such file"),
            (_site.Root, "is a folder"), (Path.Combine(held, "below"), $"{held} is a file, not a folder"), (held, "another program has it open"),
        })
        {
            string named = $"{option} {file}".TrimStart();
            Assert.Contains($"{named}: {fault}; {right}", await _site.FailsAsync(code, Line(option, file)));
        }

        Assert.Empty(_site.Calls);
    }

    [Theory]
    [InlineData("--conf")]
    [InlineData("--batch")]
    [InlineData("--image")]
    [InlineData("--wifi-password-file")]
    [InlineData("--outside-ca")]
    [InlineData("--site")]
    [InlineData("--archive")]
    [InlineData("--nanoff")]
    [InlineData("")]
    public async Task EmptyValue_IsWrongUse(string option)
    {
        string error = await _site.FailsAsync(2, Line(option, ""));
        Assert.StartsWith($"sensornode: {(option.Length == 0 ? "FILE" : option)} is empty", error);
    }

    [Fact]
    public async Task FileOfTheSite_ThatCannotBeWritten_IsNamed()
    {
        await _site.InitAsync();
        string inventory = Path.Combine(_site.Folder, "inventory.csv");
        Directory.CreateDirectory(inventory);
        File.WriteAllText(Path.Combine(inventory, "x"), "");
        Assert.Contains($"{inventory}: is a folder", await _site.FailsAsync(1, "provision", "--site", _site.Folder, "--port", "COM5", "--identities-only"));
        Directory.Delete(inventory, recursive: true);
        Directory.Delete(Path.Combine(_site.Folder, "nodes"), recursive: true);
        File.WriteAllText(Path.Combine(_site.Folder, "nodes"), "");
        Assert.Contains($"{Path.Combine(_site.Folder, "nodes")} is a file, not a folder", await _site.FailsAsync(1, "provision", "--site", _site.Folder, "--port", "COM5", "--identities-only"));
    }

    public void Dispose() => _site.Dispose();

    private string[] Line(string option, string file)
    {
        if (option is "" or "--outside-ca")
        {
            return option.Length == 0
                ? ["site", "release-key", file, "--site", _site.Folder]
                : ["site", "init", "--site", _site.Folder, "--name", "x", "--group", "g", "--broker", "b", option, file];
        }

        string[] line = _site.Provision(option == "--batch" ? [option, file] : ["--port", "COM5", "--dry-run"]);
        int index = Array.IndexOf(line, option);
        return index >= 0 ? [.. line[..(index + 1)], file, .. line[(index + 2)..]] : [.. line, option, file];
    }
}
