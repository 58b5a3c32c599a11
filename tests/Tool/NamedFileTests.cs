using Xunit;

namespace SensorNode.Tool.Tests;

/// <summary>Each file that an option or argument names: missing, a folder, below a file, held by another program, or no name at all. One line that names it.</summary>
[Collection("files of the user's own folder")]
public sealed class NamedFileTests : IDisposable
{
    private const string Pack = "release pack --key {0} --kind model --payload {at}/app.pe --board esp32-devkitc --version 1.2 --counter 1 --base 1.0 --out {at}/app.snr";

    private readonly string _folder = Directory.CreateTempSubdirectory("sensornode-named-").FullName;

    public NamedFileTests()
    {
        File.WriteAllBytes(At("app.pe"), [.. "NFMRK1\0\0"u8, .. new byte[1000]]);
        File.WriteAllText(At("held"), "x");
        File.WriteAllText(At("index.csv"), RecordingFolder.IndexHeader + "\n");
    }

    [Theory]
    [InlineData("", 1, "give a node.conf", "config check {0}")]
    [InlineData("--plan ", 1, "give a CSV file with the columns action,file,from,to", "replay --data {at} --plan {0} --window 128")]
    [InlineData("--key ", 1, "give the private key", Pack)]
    [InlineData("--key ", 1, "give the private key", "release reserve --key {0} --count 1 --out {at}/second.key")]
    [InlineData("--public ", 1, "give the public key", "release verify --public {0} {at}/app.snr")]
    [InlineData("--public ", 1, "give the public key", "emulate --plain --public {0}")]
    [InlineData("", 1, "give a release or a key", "release inspect {0}")]
    [InlineData("--file ", 2, "give a file that is released", "release sbom --version 1.2.3 --clr-version 1.12.4.20 --file {0}")]
    [InlineData("--ca ", 2, "a file in PEM form is expected", "emulate --plain --broker a:1 --tls --ca {0}")]
    [InlineData("--cert ", 2, "a file in PEM form is expected", "emulate --plain --broker a:1 --tls --cert {0} --key {0}")]
    [InlineData("--key ", 2, "a file in PEM form is expected", "emulate --plain --broker a:1 --tls --cert {at}/app.pe --key {0}")]
    [InlineData("--password-file ", 2, "give a file with the password in its first line", "emulate --plain --broker a:1 --user me --password-file {0}")]
    public async Task File_ThatCannotBeRead_IsNamed(string option, int code, string right, string arguments)
    {
        using var other = new FileStream(At("held"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        foreach ((string file, string fault) in new[]
        {
            (At("none"), "there is no such file"), (At("none/none"), "there is no such file"), (_folder, "is a folder"), (At("held/below"), At("held") + " is a file, not a folder"),
            (At("held"), "another program has it open"),
        })
        {
            string error = await FailsAsync(code, arguments.Replace("{0}", file, StringComparison.Ordinal));
            Assert.StartsWith($"sensornode: {option}{file}: {fault}; {right}", error);
        }
    }

    [Theory]
    [InlineData("FILE", "config check {0}")]
    [InlineData("--plan", "replay --data {at} --plan {0} --window 128")]
    [InlineData("--data", "replay --data {0} --plan {at}/p --window 128")]
    [InlineData("--out", "replay --data {at} --plan {at}/p --window 128 --out {0}")]
    [InlineData("--key", Pack)]
    [InlineData("release", "release verify --public {at}/x {0}")]
    [InlineData("file", "release inspect {0}")]
    [InlineData("--ca", "emulate --plain --broker a:1 --tls --ca {0}")]
    [InlineData("--broker", "emulate --plain --broker {0}")]
    [InlineData("--json", "bench --json {0}")]
    [InlineData("BOARD", "boards wiring {0}")]
    public async Task EmptyValue_IsWrongUse(string name, string arguments)
    {
        string error = await FailsAsync(2, arguments.Replace("{0}", "\"\"", StringComparison.Ordinal));
        Assert.StartsWith($"sensornode: {name} is empty", error);
    }

    [SkippableTheory]
    [InlineData("--out /proc/x: cannot be written in /proc", "replay --data {at} --plan {at}/p --window 128 --out /proc/x")]
    [InlineData("--key /proc/x: cannot be written in /proc", "release keygen --height 5 --key /proc/x")]
    [InlineData("--out /proc/x: cannot be written in /proc", "release reserve --key {at}/held --count 1 --out /proc/x")]
    [InlineData("--out /dev/full: cannot be written: No space left on device", "boards wiring esp32-devkitc --out /dev/full")]
    [InlineData("--out {at}/held: another program has it open", "boards wiring esp32-devkitc --out {at}/held")]
    public async Task File_ThatCannotBeWritten_IsNamedBeforeTheWork(string expected, string arguments)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs Linux");
        using var other = new FileStream(At("held"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.StartsWith($"sensornode: {expected.Replace("{at}", _folder, StringComparison.Ordinal)}; give a file in a folder that this user may write", await FailsAsync(1, arguments));
    }

    [SkippableFact]
    public async Task Key_ThatMayNotBeReadOrWritten_IsNamed()
    {
        Skip.If(OperatingSystem.IsWindows() || Environment.UserName == "root", "root may do everything, and Windows has other rights");
        Assert.Equal(0, (await ToolRun.RunAsync("release", "keygen", "--height", "5", "--key", At("a.key"))).ExitCode);
        string line = Pack.Replace("{0}", At("a.key"), StringComparison.Ordinal);
        foreach ((UnixFileMode mode, string fault) in new[] { (UnixFileMode.None, "may not be read by this user"), (UnixFileMode.UserRead, "may not be written by this user") })
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(At("a.key"), mode);
            }

            Assert.StartsWith($"sensornode: --key {At("a.key")}: {fault}; ", await FailsAsync(1, line));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string At(string name) => Path.Combine(_folder, name);

    private async Task<string> FailsAsync(int exitCode, string arguments)
    {
        string[] words = [.. arguments.Split(' ').Select(word => word == "\"\"" ? "" : word.Replace("{at}", _folder, StringComparison.Ordinal))];
        (int code, string output, string error) = await ToolRun.RunAsync(words);
        Assert.Equal((exitCode, ""), (code, output));
        Assert.Single(error.TrimEnd('\n').Split('\n'), line => line.StartsWith("sensornode: ", StringComparison.Ordinal));
        return error;
    }
}
