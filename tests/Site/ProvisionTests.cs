using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace SensorNode.Site.Tests;

[Collection(SiteCollection.Name)]
public sealed class ProvisionTests : IDisposable
{
    private readonly TestSite _site = new();

    [SkippableFact]
    public async Task Board_FromTheBoxToItsFirstBirth_OverTheRealFirmwareAndMosquitto()
    {
        await _site.InitAsync();
        string releaseKey = Path.Combine(_site.Root, "release.key.pub");
        await File.WriteAllTextAsync(releaseKey, new string('5', 120) + "\n");
        await _site.OkAsync("site", "release-key", releaseKey, "--site", _site.Folder);
        using SiteMosquitto broker = await SiteMosquitto.StartAsync(_site);
        await using var board = new EmulatedBoard(_site, "COM5");
        (int code, string output, string error) = await _site.RunAsync(_site.Provision("--port", "COM5", "--location", "pump 3, \"drive end\"", "--birth-timeout", "240"));
        Assert.True(code == 0, output + error + board.Console);
        Assert.Contains("vib-001: in service\nvib-001\nplant, Plant North\n", output);

        // The command lines, word by word, in nanoff's documented form.
        string node = Path.Combine(_site.Folder, "nodes", "vib-001");
        string target = Target("esp32-devkitc");
        Assert.Equal(
            [
                $"--update --target {target} --serialport COM5 --fwversion 1.12.4.20 --masserase -v minimal --suppressnanoffversioncheck",
                $"--deploy --nanodevice --serialport COM5 --image {_site.Image} --suppressnanoffversioncheck",
                $"--filedeployment {node}{Path.DirectorySeparatorChar}deploy-files.json --suppressnanoffversioncheck",
                $"--networkdeployment {node}{Path.DirectorySeparatorChar}deploy-network.json --suppressnanoffversioncheck",
                "--platform esp32 --serialport COM5 --devicedetails --suppressnanoffversioncheck",
            ],
            _site.Calls.Select(call => string.Join(' ', call)));

        string files = Path.Combine(_site.Boards, "COM5", "I");
        Assert.Equal(["ca.pem", "client.key", "client.pem", "node.conf", "release.key.pub"], Directory.EnumerateFiles(files).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True(new FileInfo(Path.Combine(files, "client.key")).Length <= 512, "the key must lie in the directory of LittleFS");
        Assert.Equal(File.ReadAllText(_site.Image), File.ReadAllText(Path.Combine(_site.Boards, "COM5", "app.bin")));
        using JsonDocument network = JsonDocument.Parse(File.ReadAllText(Path.Combine(_site.Boards, "COM5", "network.json")));
        JsonElement client = network.RootElement.GetProperty("WirelessClient");
        Assert.Equal(("plant-iot", TestSite.Password, "WPA2", "WPA2_PSK2", "AutoConnect"), (Text("Ssid"), Text("Password"), Text("Authentication"), Text("Encryption"), Text("ConfigurationOption")));

        InventoryRow row = _site.Row("vib-001");
        Assert.Equal((InventoryRow.StateBorn, "pump 3, \"drive end\"", "esp32-devkitc"), (row.State, row.Location, row.Board));
        Assert.Matches("^246f280000[0-9a-f]{2}$", row.HardwareAddress);
        Assert.NotEmpty(row.CertificateSerial);

        // Only the board has the key now, and no password was left behind.
        Assert.Equal(["ca.pem", "client.pem", "deploy-files.json", "label.svg", "label.txt", "node.conf", "port", "provision.log", "release.key.pub"], Directory.EnumerateFiles(node).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        string Text(string name) => client.GetProperty(name).GetString()!;
    }

    [Fact]
    public async Task DryRun_PrintsEveryCommandAndFile_AndTouchesNothing()
    {
        await _site.InitAsync();
        string[] before = [.. Directory.EnumerateFileSystemEntries(_site.Root, "*", SearchOption.AllDirectories).Order()];
        string output = await _site.OkAsync(_site.Provision("--port", "COM5", "--dry-run"));
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(_site.Root, "*", SearchOption.AllDirectories).Order());
        Assert.Empty(_site.Calls);
        string target = Target("esp32-devkitc");
        foreach (string expected in new[]
        {
            $"--update --target {target} --serialport COM5", "--deploy --nanodevice --serialport COM5", "--filedeployment", "--networkdeployment", "--devicedetails",
            "sparkplug.node = vib-001", "mqtt.security = tls", "I:\\\\client.key", "\"Password\": \"(secret)\"", "label.svg",
        })
        {
            Assert.Contains(expected, output);
        }

        Assert.DoesNotContain(TestSite.Password, output);
    }

    [Fact]
    public async Task DryRun_ListsEveryFileThatARunWrites()
    {
        await _site.InitAsync();
        _site.AddBoard("COM5");
        string batch = Path.Combine(_site.Root, "nodes.csv");
        await File.WriteAllTextAsync(batch, "port\nCOM5\n");
        foreach (string[] line in new[] { ["provision", "--site", _site.Folder, "--batch", batch, "--identities-only"], _site.Provision("--batch", batch, "--no-birth") })
        {
            string[] before = Files();
            string output = await _site.OkAsync([.. line, "--dry-run"]);
            Assert.Equal(before, Files());
            await _site.OkAsync(line);
            string[] written = [.. Files().Except(before)];
            Assert.NotEmpty(written);
            Assert.All(written.Append(Path.Combine(_site.Folder, "inventory.csv")), file => Assert.Contains(file, output));
        }

        string[] Files() => [.. Directory.EnumerateFiles(_site.Folder, "*", SearchOption.AllDirectories)];
    }

    [Fact]
    public async Task DryRun_OfABegunNode_PrintsWhatIsStillToDo()
    {
        await _site.InitAsync();
        _site.AddBoard("COM5");
        _site.Fault = "files=E2000";
        await _site.FailsAsync(1, _site.Provision("--port", "COM5", "--no-birth"));
        string[] line = _site.Provision("--port", "COM5", "--no-birth", "--name", "vib-001", "--dry-run");
        string output = await _site.OkAsync(line);
        Assert.Contains("application: done before\n  files:\n", output);
        Assert.DoesNotContain("--masserase", output);
        Assert.Contains("--masserase", await _site.OkAsync([.. line, "--again"]));
    }

    [Fact]
    public async Task KeyOfANodeWithoutABirth_IsSaidToBeHere()
    {
        await _site.InitAsync();
        _site.AddBoard("COM5");
        await _site.OkAsync(_site.Provision("--port", "COM5", "--no-birth"));
        string key = _site.NodeFile("vib-001", "client.key");
        Assert.Contains($"{key} stays here, since no birth is waited for: delete it when the node runs", _site.Printed);
        Assert.Contains("  KEY HERE\n", await _site.OkAsync("site", "list", "--site", _site.Folder));
        File.Delete(key);
        Assert.DoesNotContain("KEY HERE", await _site.OkAsync("site", "list", "--site", _site.Folder));

        // Another Wi-Fi needs no key; other files would.
        string[] again = _site.Provision("--port", "COM5", "--no-birth", "--name", "vib-001");
        await _site.OkAsync([.. again.Select(word => word == "plant-iot" ? "plant-new" : word)]);
        string more = Path.Combine(_site.Root, "more.conf");
        await File.WriteAllTextAsync(more, "window.points = 512\n");
        Assert.Contains($"{key}: is not here any more, the board may have the only one; --again", await _site.FailsAsync(1, [.. again, "--conf", more]));
    }

    [Theory]
    [InlineData("update=E4003", "flash the runtime: E4003", 0)]
    [InlineData("deploy=E2002", "flash the application: E2002", 1)]
    [InlineData("files=E2000", "copy files to the board: E2000", 2)]
    [InlineData("files=lost", "it ended with success, but did not say 'Deploying file", 2)]
    [InlineData("files=quiet", "it ended with success, but did not say 'Deploying file", 2)]
    [InlineData("network=E2002", "set Wi-Fi: E2002", 3)]
    [InlineData("details=E4005", "reset the board: E4005", 4)]
    public async Task InterruptedStep_IsNamed_AndTheNextCallGoesOnWithIt(string fault, string expected, int stepsDone)
    {
        string[] steps = ["--update", "--deploy", "--filedeployment", "--networkdeployment", "--platform"];
        await _site.InitAsync();
        _site.AddBoard("COM5");
        _site.Fault = fault;
        Assert.Contains(expected, await _site.FailsAsync(1, _site.Provision("--port", "COM5", "--no-birth")));
        string identity = File.ReadAllText(_site.NodeFile("vib-001", "client.pem"));
        Assert.False(File.Exists(_site.NodeFile("vib-001", "deploy-network.json")));

        // Without a name it is not guessed which node is meant.
        Assert.Contains("COM5: vib-001 was begun there and is not finished; go on with --name vib-001", await _site.FailsAsync(1, _site.Provision("--port", "COM5", "--no-birth")));

        int calls = _site.Calls.Count;
        _site.Fault = null;
        await _site.OkAsync(_site.Provision("--port", "COM5", "--no-birth", "--name", "vib-001"));
        Assert.Equal(steps.Skip(stepsDone), _site.Calls.Skip(calls).Select(call => call[0]));
        Assert.Equal(identity, File.ReadAllText(_site.NodeFile("vib-001", "client.pem")));

        // Done is done: nothing is called, and the next board is the next node.
        calls = _site.Calls.Count;
        await _site.OkAsync(_site.Provision("--port", "COM5", "--no-birth", "--name", "vib-001"));
        Assert.Equal(calls, _site.Calls.Count);
        _site.AddBoard("COM6");
        Assert.Contains("vib-002: set up", await _site.OkAsync(_site.Provision("--port", "COM6", "--no-birth")));
    }

    [Theory]
    [InlineData("update", 0)]
    [InlineData("deploy", 1)]
    [InlineData("files", 2)]
    [InlineData("network", 3)]
    [InlineData("details", 4)]
    public async Task ToolThatIsKilledInAStep_GoesOnWithIt(string step, int stepsDone)
    {
        string[] steps = ["--update", "--deploy", "--filedeployment", "--networkdeployment", "--platform"];
        await _site.InitAsync();
        _site.AddBoard("COM5");
        _site.Fault = step + "=hangs";
        string tool = Path.Combine(AppContext.BaseDirectory, "sensornode.dll");
        using (Process process = Process.Start(new ProcessStartInfo("dotnet", [tool, .. _site.Provision("--port", "COM5", "--no-birth")]) { RedirectStandardError = true, RedirectStandardOutput = true })!)
        {
            process.ErrorDataReceived += (_, _) => { };
            process.OutputDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            process.BeginOutputReadLine();
            for (int i = 0; i < 4_800 && _site.Calls.Count <= stepsDone; i++)
            {
                await Task.Delay(50);
            }

            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        Assert.Equal(steps[..(stepsDone + 1)], _site.Calls.Select(call => call[0]));
        int calls = _site.Calls.Count;
        _site.Fault = null;
        await _site.OkAsync(_site.Provision("--port", "COM5", "--no-birth", "--name", "vib-001"));
        Assert.Equal(steps.Skip(stepsDone), _site.Calls.Skip(calls).Select(call => call[0]));
        Assert.False(File.Exists(_site.NodeFile("vib-001", "deploy-network.json")));
    }

    [Fact]
    public async Task OtherApplication_IsFlashedAgain_AndWhatFollows()
    {
        await _site.InitAsync();
        _site.AddBoard("COM5");
        _site.Fault = "network=E2002";
        await _site.FailsAsync(1, _site.Provision("--port", "COM5", "--no-birth"));
        int calls = _site.Calls.Count;
        _site.Fault = null;
        await File.WriteAllTextAsync(_site.Image, "NFMRK1\0\0" + new string('x', 500));
        await _site.OkAsync(_site.Provision("--port", "COM5", "--no-birth", "--name", "vib-001"));
        Assert.Equal(["--deploy", "--filedeployment", "--networkdeployment", "--platform"], _site.Calls.Skip(calls).Select(call => call[0]));
    }

    [SkippableFact]
    public async Task NoBirth_SaysWhatToLookAt_AndSetsFilesAndWifiAgain()
    {
        await _site.InitAsync();
        using SiteMosquitto broker = await SiteMosquitto.StartAsync(_site);
        _site.AddBoard("COM5");
        string error = await _site.FailsAsync(1, _site.Provision("--port", "COM5", "--birth-timeout", "5"));
        Assert.Contains($"vib-001: no birth at localhost:{_site.Port} in 5 s", error);
        Assert.True(File.Exists(_site.NodeFile("vib-001", "client.key")));
        int calls = _site.Calls.Count;
        await _site.FailsAsync(1, _site.Provision("--port", "COM5", "--birth-timeout", "5", "--name", "vib-001"));
        Assert.Equal(["--filedeployment", "--networkdeployment", "--platform"], _site.Calls.Skip(calls).Select(call => call[0]));
    }

    [Fact]
    public async Task BrokerAway_IsSaidBeforeTheBoardIsReset()
    {
        await _site.InitAsync();
        _site.AddBoard("COM5");
        Assert.Contains("the birth of vib-001 could not be heard", await _site.FailsAsync(1, _site.Provision("--port", "COM5")));
        Assert.DoesNotContain(_site.Calls, call => call.Contains("--devicedetails"));
    }

    [Theory]
    [InlineData("apricot\"Kiwi\\77+", "\"Password\": \"apricot\\\"Kiwi\\\\77+\"")]
    [InlineData("apricot\"Kiwi\\77+", "apricot\\u0022Kiwi\\\\77\\u002B")]
    [InlineData("apricot\"Kiwi\\77+", "apricot\"Kiwi\\77+")]
    public void Secret_IsFoundAsJsonWritesItToo(string secret, string text)
    {
        var secrets = new Redactor();
        secrets.Add(secret);
        string clean = secrets.Clean(text);
        Assert.Contains(Redactor.Mark, clean);
        Assert.DoesNotContain("Kiwi", clean);
    }

    [Fact]
    public async Task NoSecret_IsPrintedLoggedOrPassedAsAnArgument_EvenIfNanoffTalks()
    {
        await _site.InitAsync();
        _site.AddBoard("COM5");
        _site.Fault = "network=talks";
        await _site.OkAsync(_site.Provision("--port", "COM5", "--no-birth"));
        string[] key = [.. File.ReadAllLines(_site.NodeFile("vib-001", "client.key")).Where(line => line.Length > 0 && !line.StartsWith('-'))];
        Assert.NotEmpty(key);
        var places = new Dictionary<string, string>
        {
            ["output"] = _site.Printed,
            ["arguments"] = string.Join('\n', _site.Calls.SelectMany(call => call)),
        };
        foreach (string file in Directory.EnumerateFiles(_site.Folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".key", StringComparison.Ordinal) && !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            places[file] = await File.ReadAllTextAsync(file);
        }

        foreach ((string place, string text) in places)
        {
            foreach (string secret in key.Prepend(TestSite.Password))
            {
                Assert.False(text.Contains(secret, StringComparison.Ordinal), $"{place} has a secret");
            }
        }

        Assert.Contains(Redactor.Mark, await File.ReadAllTextAsync(_site.NodeFile("vib-001", "provision.log")));
    }

    [Fact]
    public async Task SecretFiles_AreReadableByTheirOwnerOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await _site.InitAsync();
        _site.AddBoard("COM5");
        await _site.OkAsync(_site.Provision("--port", "COM5", "--no-birth"));
        await _site.BrokerConfigAsync();
        string[] secrets = [.. Directory.EnumerateFiles(_site.Folder, "*.key", SearchOption.AllDirectories), _site.NodeFile("vib-001", "node.conf")];
        Assert.Equal(5, secrets.Length);
        foreach (string file in secrets)
        {
            UnixFileMode mode = OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(file);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
        }
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public async Task EveryBoard_IsFlashedWithATargetThatNanoffTakesForAnEsp32(string board)
    {
        await _site.InitAsync();
        _site.AddBoard("COM5");
        await _site.OkAsync(_site.Provision("--port", "COM5", "--no-birth", "--board", board));
        Assert.Equal($"{Target(board)} 1.12.4.20", File.ReadAllText(Path.Combine(_site.Boards, "COM5", "runtime")));
        Assert.Contains($"board = {board}\n", File.ReadAllText(Path.Combine(_site.Boards, "COM5", "I", "node.conf")));
    }

    public static TheoryData<string> Boards()
    {
        using var firmware = new Tool.Configuration.FirmwareConfiguration();
        return [.. firmware.BoardNames.Split(", ")];
    }

    [Fact]
    public async Task Again_ErasesAndGivesANewKey()
    {
        await _site.InitAsync();
        _site.AddBoard("COM5");
        await _site.OkAsync(_site.Provision("--port", "COM5", "--no-birth"));
        string serial = _site.Row("vib-001").CertificateSerial;
        await _site.OkAsync(_site.Provision("--port", "COM5", "--no-birth", "--name", "vib-001", "--again"));
        Assert.NotEqual(serial, _site.Row("vib-001").CertificateSerial);
        Assert.Equal(2, _site.Calls.Count(call => call.Contains("--masserase")));
    }

    public void Dispose() => _site.Dispose();

    private static string Target(string board)
    {
        using var firmware = new Tool.Configuration.FirmwareConfiguration();
        return firmware.NanoffTarget(board)!;
    }
}
