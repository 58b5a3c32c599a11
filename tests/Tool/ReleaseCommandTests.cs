using System.Text.RegularExpressions;
using SensorNode.Emulator;
using SensorNode.Release.Tests;
using Xunit;

namespace SensorNode.Tool.Tests;

/// <summary>Keys and releases on the command line: what works, and one clear line for what does not.</summary>
[Collection("files of the user's own folder")]
public sealed class ReleaseCommandTests : IDisposable
{
    private const string DataVariable = "XDG_DATA_HOME";
    private readonly string _folder = Directory.CreateTempSubdirectory("sensornode-release-").FullName;

    private readonly string? _data = Environment.GetEnvironmentVariable(DataVariable);

    // What the tool keeps of keys for each user goes into the folder too.
    public ReleaseCommandTests() => Environment.SetEnvironmentVariable(DataVariable, _folder);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(DataVariable, _data);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Keygen_Pack_Verify_Inspect_Reserve()
    {
        string key = await KeyAsync();
        WritePayload(5000);
        Assert.Equal($"{At("app.snr")}: {await Pack("app.snr")} bytes, signed; 31 signatures left\n", _output);
        Assert.Equal($"{At("app.snr")}: valid\n", await DoneAsync("verify", "--public", key + ".pub", At("app.snr")));
        string inspected = await DoneAsync("inspect", At("app.snr"));
        Assert.Contains("sensornode for esp32-devkitc, application, feature release\nversion 1.2.3.0, security counter 7, needs SensorNode.Base 1.0.0.0\n5000 bytes in 3 chunks of 2048", inspected);
        Assert.EndsWith("\nrefers to mscorlib 1.17.11.0\nrefers to SensorNode.Base 1.2.3.4\n", inspected);
        Assert.Equal($"{key}: 31 signatures left, leaves 1 to 31\n", await DoneAsync("inspect", key));

        string second = At("second.key");
        Assert.Equal($"{second}: 10 signatures; 21 remain in {key}. Move the file, do not copy it.\n", await DoneAsync("reserve", "--key", key, "--count", "10", "--out", second));
        Assert.Equal($"{second}: 10 signatures left, leaves 22 to 31; not used yet, may be moved\n", await DoneAsync("inspect", second));
        await Pack("second.snr", second);
        Assert.Equal($"{At("second.snr")}: valid\n", await DoneAsync("verify", "--public", key + ".pub", At("second.snr")));
    }

    [Fact]
    public async Task EveryChangedByte_IsNoticedByVerify()
    {
        string key = await KeyAsync();
        WritePayload(3000);
        await Pack("app.snr");
        byte[] good = File.ReadAllBytes(At("app.snr"));
        for (int offset = 0; offset < good.Length; offset += 97)
        {
            byte[] bad = [.. good];
            bad[offset] ^= 1;
            File.WriteAllBytes(At("bad.snr"), bad);
            await FailsAsync(1, "bad.snr", "verify", "--public", key + ".pub", At("bad.snr"));
        }

        File.WriteAllBytes(At("bad.snr"), good[..^1]);
        await FailsAsync(1, "the payload has 2999 bytes instead of 3000", "verify", "--public", key + ".pub", At("bad.snr"));
    }

    [Fact]
    public async Task OtherKey_IsNamed()
    {
        await KeyAsync();
        WritePayload(200);
        await Pack("app.snr");
        await DoneAsync("keygen", "--key", At("other.key"), "--height", "5");
        await FailsAsync(1, "signed with another key", "verify", "--public", At("other.key.pub"), At("app.snr"));
    }

    /// <summary>While one key follows another, a file holds both, as a node's does.</summary>
    [Fact]
    public async Task TwoKeysInAFile_AreBothTried()
    {
        string key = await KeyAsync();
        WritePayload(200);
        await Pack("app.snr");
        string next = At("next.key");
        await DoneAsync("keygen", "--key", next, "--height", "5");
        await Pack("next.snr", next);
        string both = At("both.pub");
        foreach (string[] order in (string[][])[[key, next], [next, key]])
        {
            File.WriteAllText(both, string.Concat(order.Select(file => File.ReadAllText(file + ".pub"))));
            Assert.Equal($"{At("app.snr")}: valid\n", await DoneAsync("verify", "--public", both, At("app.snr")));
            Assert.Equal($"{At("next.snr")}: valid\n", await DoneAsync("verify", "--public", both, At("next.snr")));
        }

        await DoneAsync("keygen", "--key", At("other.key"), "--height", "5");
        await Pack("other.snr", At("other.key"));
        await FailsAsync(1, "signed with another key", "verify", "--public", both, At("other.snr"));
        File.AppendAllText(both, File.ReadAllText(At("other.key.pub")));
        await FailsAsync(1, "not a public key, which is one line of 120 hexadecimal digits, or two for two keys", "verify", "--public", both, At("other.snr"));
    }

    [Fact]
    public async Task CopiedAndMissingKeys_AreRefused()
    {
        string key = await KeyAsync();
        WritePayload(200);
        File.Copy(key, At("copy.key"));
        await FailsAsync(1, "the file was copied or moved here", PackArguments("app.snr", At("copy.key")));
        await FailsAsync(1, "there is no such file", PackArguments("app.snr", At("none.key")));
        await FailsAsync(1, "there is such a file already", "keygen", "--key", key);
        await FailsAsync(1, "33 leaves cannot be given away, 1 to 32 can", "reserve", "--key", key, "--count", "33", "--out", At("second.key"));
        await FailsAsync(1, "not a signing key of this tool", PackArguments("app.snr", At("app.pe")));
    }

    [Fact]
    public async Task UsedUpKey_SaysSo()
    {
        string key = await KeyAsync();
        WritePayload(200);
        await DoneAsync("reserve", "--key", key, "--count", "31", "--out", At("rest.key"));
        await Pack("app.snr");
        await FailsAsync(1, "all its signatures are used", PackArguments("app.snr", key));
    }

    [Theory]
    [InlineData("--version", "1", "--version 1: two to four numbers with dots")]
    [InlineData("--version", "70000.1", "numbers up to 65535")]
    [InlineData("--base", "one", "--base one: two to four numbers")]
    [InlineData("--counter", "many", "--counter 'many' is not a whole number")]
    [InlineData("--counter", "-1", "--counter -1: 0 to 2147483647 are possible")]
    [InlineData("--kind", "firmware", "--kind firmware: application or model")]
    [InlineData("--board", "a board", "--board a board: is not one of esp32-devkitc, ")]
    [InlineData("--board", "any", "--board any: is not one of esp32-devkitc, ")]
    [InlineData("--product", "sensornodesensornode", "product 'sensornodesensornode': 1 to 16 letters")]
    [InlineData("--chunk", "100", "chunks of 100 bytes: 256 to 3072")]
    [InlineData("--out", "nowhere/app.snr", "does not exist")]
    [InlineData("--payload", "nothing.pe", "--payload nothing.pe: there is no such file")]
    [InlineData("--payload", "/", "--payload /: is a folder")]
    [InlineData("--out", "/proc/app.snr", "--out /proc/app.snr: cannot be written")]
    public async Task PackWithBadInput_UsesNoSignature(string option, string value, string expected)
    {
        string key = await KeyAsync();
        WritePayload(200);
        string[] arguments = [.. PackArguments("app.snr", key)];
        int at = Array.IndexOf(arguments, option);
        arguments = at < 0 ? [.. arguments, option, value] : [.. arguments[..(at + 1)], value, .. arguments[(at + 2)..]];
        await FailsAsync(null, expected, arguments);
        Assert.False(File.Exists(At("app.snr")));
        Assert.Contains("32 signatures left", await DoneAsync("inspect", key));
    }

    [Theory]
    [InlineData(32_724, "application", null)]
    [InlineData(32_725, "application", "a payload of 32725 bytes: a node takes 1 to 32724 of an application")]
    [InlineData(0, "application", "a payload of 0 bytes: a node takes 1 to 32724 of an application")]
    [InlineData(4_096, "model", null)]
    [InlineData(4_097, "model", "a payload of 4097 bytes: a node takes 1 to 4096 of a model")]
    public async Task PayloadThatFitsNoSlot_IsRefused_AndUsesNoSignature(int count, string kind, string? expected)
    {
        string key = await KeyAsync();
        WritePayload(count);
        string[] arguments = [.. PackArguments("app.snr", key), "--kind", kind];
        if (expected == null)
        {
            Assert.Contains("31 signatures left", await DoneAsync(arguments));
            return;
        }

        await FailsAsync(1, expected, arguments);
        Assert.False(File.Exists(At("app.snr")));
        Assert.Contains("32 signatures left", await DoneAsync("inspect", key));
    }

    [Fact]
    public async Task WhatNoNodeTakes_IsNotSigned()
    {
        string key = await KeyAsync();
        WritePayload(20_000);
        await FailsAsync(1, "bytes, nodes take 4096; use larger chunks", [.. PackArguments("app.snr", key), "--chunk", "256"]);
        File.WriteAllText(At("app.pe"), new string('x', 500));
        await FailsAsync(1, "is no assembly of the device (.pe); a .NET assembly for nodes of emulate needs --emulated", PackArguments("app.snr", key));
        await FailsAsync(2, "--emulated is for applications", [.. PackArguments("app.snr", key), "--emulated", "--kind", "model"]);
        await FailsAsync(1, "app.pe: is no .NET assembly", [.. PackArguments("app.snr", key), "--emulated"]);
        byte[] damaged = DeviceAssemblyFile.Create(500, ("mscorlib", "1.17.11.0"));
        damaged[38] = 2;
        File.WriteAllBytes(At("app.pe"), damaged);
        await FailsAsync(1, "app.pe: the assemblies that it refers to cannot be read", PackArguments("app.snr", key));
        Assert.Contains("32 signatures left", await DoneAsync("inspect", key));
        Assert.False(File.Exists(At("app.snr")));
    }

    [Fact]
    public async Task DotNetAssembly_IsPackedForEmulatedNodes_WithItsReferences()
    {
        await KeyAsync();
        File.Copy(Path.Combine(FirmwareFolder.DefaultPath, "SensorNode.App.dll"), At("app.pe"));
        await DoneAsync([.. PackArguments("app.snr", At("release.key")), "--emulated"]);
        Assert.EndsWith("\nrefers to mscorlib 1.17.11.0\nrefers to SensorNode.Base 0.0.0.0\nrefers to SensorNode.Analysis 0.0.0.0\n", await DoneAsync("inspect", At("app.snr")));
    }

    [Fact]
    public async Task Model_RefersToNothing()
    {
        await KeyAsync();
        WritePayload(300);
        await DoneAsync([.. PackArguments("model.snr", At("release.key")), "--kind", "model"]);
        Assert.DoesNotContain("refers to", await DoneAsync("inspect", At("model.snr")));
    }

    [Fact]
    public async Task ReleaseThatIsReplaced_StaysWhereSigningFails()
    {
        string key = await KeyAsync();
        WritePayload(200);
        await DoneAsync("reserve", "--key", key, "--count", "32", "--out", At("rest.key"));
        File.WriteAllText(At("app.snr"), "the release before");
        await FailsAsync(1, "all its signatures are used", PackArguments("app.snr", key));
        Assert.Equal("the release before", File.ReadAllText(At("app.snr")));
        await FailsAsync(1, "all its signatures are used", PackArguments("new.snr", key));
        Assert.False(File.Exists(At("new.snr")));
        await DoneAsync(PackArguments("app.snr", At("rest.key")));
        Assert.Equal($"{At("app.snr")}: valid\n", await DoneAsync("verify", "--public", key + ".pub", At("app.snr")));
    }

    [Fact]
    public async Task PublicKey_IsRecognised()
    {
        string key = await KeyAsync();
        Assert.Matches(@"\.pub: public key of releases, id [0-9a-f]{32}\n$", await DoneAsync("inspect", key + ".pub"));
    }

    [Theory]
    [InlineData(2, "--height 7: 5, 10 or 15", "keygen", "--key", "{0}/a.key", "--height", "7")]
    [InlineData(2, "--digits 1: 4 or 8", "keygen", "--key", "{0}/a.key", "--digits", "1")]
    [InlineData(2, "Option '--key' is required", "keygen")]
    [InlineData(1, "not a release: it is shorter than its own lengths say", "inspect", "{0}/text")]
    [InlineData(1, "not a public key", "verify", "--public", "{0}/text", "{0}/text")]
    [InlineData(1, "none.pub", "verify", "--public", "{0}/none.pub", "{0}/text")]
    [InlineData(1, "not a release: it does not begin as one", "inspect", "{0}/long")]
    [InlineData(1, "none.snr: there is no such file", "inspect", "{0}/none.snr")]
    [InlineData(1, "/none/x.snr: there is no such file", "inspect", "{0}/none/x.snr")]
    [InlineData(1, ": is a folder", "inspect", "{0}")]
    [InlineData(1, ": is a folder", "verify", "--public", "{0}", "{0}/text")]
    [InlineData(2, "'sign'", "sign")]
    public async Task WrongUse_IsNamed(int code, string expected, params string[] arguments)
    {
        File.WriteAllText(At("text"), "hello");
        File.WriteAllText(At("long"), new string('x', 1000));
        await FailsAsync(code, expected, [.. arguments.Select(argument => argument.Replace("{0}", _folder, StringComparison.Ordinal))]);
    }

    [Fact]
    public async Task KeyInAGitWorkTree_IsRefused()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "repo", ".git"));
        await FailsAsync(2, "is a Git work tree; keep keys elsewhere", "keygen", "--key", At("repo/a.key"));
    }

    private string _output = "";

    private string At(string name) => Path.Combine(_folder, name);

    private async Task<string> KeyAsync()
    {
        string output = await DoneAsync("keygen", "--key", At("release.key"), "--height", "5");
        Assert.Matches(@": 32 signatures\.", output);
        Assert.Matches("^[0-9a-f]{120}\n$", File.ReadAllText(At("release.key.pub")));
        return At("release.key");
    }

    private void WritePayload(int count) =>
        File.WriteAllBytes(At("app.pe"), count == 0 ? [] : DeviceAssemblyFile.Create(count, ("mscorlib", "1.17.11.0"), ("SensorNode.Base", "1.2.3.4")));

    private string[] PackArguments(string file, string key) =>
        ["pack", "--key", key, "--payload", At("app.pe"), "--board", "esp32-devkitc", "--version", "1.2.3", "--counter", "7", "--base", "1.0", "--out", At(file)];

    private async Task<long> Pack(string file, string? key = null)
    {
        _output = await DoneAsync(PackArguments(file, key ?? At("release.key")));
        return new FileInfo(At(file)).Length;
    }

    private static async Task<string> DoneAsync(params string[] arguments)
    {
        (int code, string output, string error) = await ToolRun.RunAsync(["release", .. arguments]);
        Assert.True(code == 0, error);
        Assert.Empty(error);
        return output;
    }

    private static async Task FailsAsync(int? expectedCode, string expected, params string[] arguments)
    {
        (int code, string output, string error) = await ToolRun.RunAsync(["release", .. arguments]);
        Assert.True(expectedCode == null ? code is 1 or 2 : code == expectedCode, $"code {code}: {error}");
        Assert.Empty(output);
        Assert.StartsWith("sensornode: ", error);
        Assert.Contains(expected, error);
        Assert.Equal(code == 2 && error.Contains("\nTry: ", StringComparison.Ordinal) ? 2 : 1, Regex.Count(error, "\n"));
    }
}
