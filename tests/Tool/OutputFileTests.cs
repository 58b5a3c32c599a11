using Xunit;

namespace SensorNode.Tool.Tests;

/// <summary>No command writes over what it reads, or twice to one file: one line, exit code 2, and every byte as before.</summary>
public sealed class OutputFileTests : IDisposable
{
    private readonly RecordingFolder _data = new RecordingFolder().Add("good.bin", 2000);
    private readonly string _folder = Directory.CreateTempSubdirectory("sensornode-output-").FullName;

    public OutputFileTests()
    {
        File.WriteAllText(At("plan.csv"), "action,file,from,to\nlearn,good.bin,0,1\n");
        foreach (string name in new[] { "app.pe", "release.key", "app.snr" })
        {
            File.WriteAllText(At(name), name);
        }

        File.CreateSymbolicLink(At("link"), At("plan.csv"));
    }

    public void Dispose()
    {
        _data.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("--out", "is the file of --plan", "replay --data {data} --plan {at}/plan.csv --window 128 --out {at}/plan.csv")]
    [InlineData("--out", "is the file of --plan", "replay --data {data} --plan {at}/plan.csv --window 128 --out {at}/./../{name}/plan.csv")]
    [InlineData("--out", "is the file of --plan", "replay --data {data} --plan {at}/plan.csv --window 128 --out {at}/link")]
    [InlineData("--out", "is in the folder of --data and there already", "replay --data {data} --plan {at}/plan.csv --window 128 --out {data}/good.bin")]
    [InlineData("--out", "is in the folder of --data and there already", "replay --data {data}/ --plan {at}/plan.csv --window 128 --out {data}/index.csv")]
    [InlineData("--out", "is a folder", "replay --data {data} --plan {at}/plan.csv --window 128 --out {at}")]
    [InlineData("--out", "is in the folder of --data and there already", "replay-report --data {data} --out {data}/index.csv")]
    [InlineData("--svg", "is the file of --out", "spectrum --data {data} --file good.bin --channel x --start 0 --window 128 --svg {at}/s --out {at}/s")]
    [InlineData("--svg", "is in the folder of --data and there already", "spectrum --data {data} --file good.bin --channel x --start 0 --window 128 --svg {data}/good.bin")]
    [InlineData("--out", "is the file of --payload", "release pack --key {at}/release.key --payload {at}/app.pe --board esp32-devkitc --version 1.2 --counter 1 --base 1.0 --out {at}/app.pe")]
    [InlineData("--out", "is the file of --key", "release pack --key {at}/release.key --payload {at}/app.pe --board esp32-devkitc --version 1.2 --counter 1 --base 1.0 --out {at}/release.key")]
    [InlineData("--out", "is a folder", "release pack --key {at}/release.key --payload {at}/app.pe --board esp32-devkitc --version 1.2 --counter 1 --base 1.0 --out {at}")]
    [InlineData("--out", "is the file of --file", "release sbom --version 1.2 --clr-version 1.12.4.20 --file {at}/app.pe --file {at}/app.snr --out {at}/app.snr")]
    [InlineData("--json", "is a folder", "bench --json {at}")]
    [InlineData("--out", "is a folder", "boards wiring esp32-devkitc --out {at}")]
    [InlineData("--key", "new.key.pub is there already", "release keygen --height 5 --key {at}/new.key")]
    [InlineData("--key", "does not exist", "release keygen --height 5 --key {at}/none/new.key")]
    [InlineData("--out", "does not exist", "release reserve --count 1 --key {at}/release.key --out {at}/none/new.key")]
    public async Task FileThatWouldBeDestroyed_IsRefused(string option, string expected, string arguments)
    {
        File.WriteAllText(At("new.key.pub"), "somebody's");
        Dictionary<string, string> before = Contents();
        string[] words = [.. arguments.Split(' ').Select(word => word.Replace("{data}", _data.Folder, StringComparison.Ordinal).Replace("{at}", _folder, StringComparison.Ordinal).Replace("{name}", Path.GetFileName(_folder), StringComparison.Ordinal))];
        (int code, string output, string error) = await ToolRun.RunAsync(words);
        Assert.Equal((2, "", 1), (code, output, error.Count(c => c == '\n')));
        Assert.StartsWith($"sensornode: {option} ", error);
        Assert.Contains(expected, error);
        Assert.Equal(before, Contents());
    }

    [Fact]
    public async Task NewFileBesideTheRecordings_IsWritten()
    {
        string file = Path.Combine(_data.Folder, "new.csv");
        (int code, _, string error) = await ToolRun.RunAsync("spectrum", "--data", _data.Folder, "--file", "good.bin", "--channel", "x", "--start", "0", "--window", "128", "--out", file);
        Assert.True(code == 0, error);
        Assert.True(File.Exists(file));
    }

    private string At(string name) => Path.Combine(_folder, name);

    private Dictionary<string, string> Contents() => new[] { _folder, _data.Folder }
        .SelectMany(folder => Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories))
        .ToDictionary(file => file, file => Directory.Exists(file) ? "" : Convert.ToHexString(File.ReadAllBytes(file)));
}
