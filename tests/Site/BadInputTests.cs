using Xunit;

namespace SensorNode.Site.Tests;

/// <summary>Wrong use and wrong files: one line that says what is wrong, where, and what would be right; and nothing is changed.</summary>
[Collection(SiteCollection.Name)]
public sealed class BadInputTests : IDisposable
{
    private readonly TestSite _site = new();

    [Theory]
    [InlineData("--scheme", "vib", "scheme 'vib': letters, digits, '.', '-', '_' and one {n} or {n:000} are expected")]
    [InlineData("--scheme", "v/{n}", "scheme 'v/{n}': letters")]
    [InlineData("--group", "a/b", "group 'a/b': a name has 1 to 47 letters, digits, '.', '-' or '_'")]
    [InlineData("--group", "PLANT", "groups: at least one is needed, and no two that differ only by case")]
    [InlineData("--broker", "http://x", "broker 'http://x': HOST or HOST:PORT is expected")]
    [InlineData("--broker", "x:99999", "broker 'x:99999': HOST or HOST:PORT is expected")]
    [InlineData("--name", "", "name '': 1 to 60 characters are expected")]
    [InlineData("--outside-ca", "/nowhere.pem", "/nowhere.pem: there is no such file")]
    public async Task Init_Refuses(string option, string value, string expected)
    {
        var arguments = new List<string> { "site", "init", "--site", _site.Folder };
        foreach ((string name, string right) in new[] { ("--name", "Plant"), ("--group", "plant"), ("--broker", "localhost") })
        {
            arguments.AddRange(name == option && option != "--group" ? [] : [name, right]);
        }

        Assert.Contains(expected, await _site.FailsAsync(1, [.. arguments, option, value]));
        Assert.False(File.Exists(Path.Combine(_site.Folder, "site.json")));
    }

    [Fact]
    public async Task Init_RefusesASecondSiteAndAGitWorkTree()
    {
        await _site.InitAsync();
        string key = File.ReadAllText(Path.Combine(_site.Folder, "ca-1.key"));
        Assert.Contains("holds a site already", await _site.FailsAsync(1, "site", "init", "--site", _site.Folder, "--name", "x", "--group", "g", "--broker", "b"));
        Assert.Equal(key, File.ReadAllText(Path.Combine(_site.Folder, "ca-1.key")));
        Directory.CreateDirectory(Path.Combine(_site.Root, "repository", ".git"));
        Assert.Contains("is a Git work tree", await _site.FailsAsync(1, "site", "init", "--site", Path.Combine(_site.Root, "repository", "site"), "--name", "x", "--group", "g", "--broker", "b"));
        Assert.False(Directory.Exists(Path.Combine(_site.Root, "repository", "site")));
    }

    [Fact]
    public async Task Site_ThatIsMissingDamagedOrTaken_IsNamed()
    {
        Assert.Contains("there is no such folder; give a site's folder; sensornode site init makes one", await _site.FailsAsync(1, "site", "list", "--site", _site.Folder));
        await _site.InitAsync();
        using (_site.Open())
        {
            Assert.Contains("another sensornode works on this site", await _site.FailsAsync(1, "site", "broker-config", "--site", _site.Folder));
        }

        string inventory = Path.Combine(_site.Folder, "inventory.csv");
        File.WriteAllText(inventory, "name,group\n");
        Assert.Contains($"{inventory}, line 1: the columns must be name,group,location", await _site.FailsAsync(1, "site", "list", "--site", _site.Folder));
        File.WriteAllText(Path.Combine(_site.Folder, "site.json"), "{");
        Assert.Contains("site.json, line 1: is not as sensornode writes it; put it back", await _site.FailsAsync(1, "site", "list", "--site", _site.Folder));
    }

    [Theory]
    [InlineData("--image", "/nowhere.bin", "--image /nowhere.bin: there is no such file; give the application image", 2)]
    [InlineData("--image", "{root}/empty.bin", "empty.bin: has 0 bytes; a deployment image has 1 to 4194304", 2)]
    [InlineData("--image", "{root}/wifi.txt", "wifi.txt: is no deployment image (.bin)", 2)]
    [InlineData("--clr-version", "newest", "--clr-version newest: give the runtime's version, such as", 2)]
    [InlineData("--ssid", "a name that is longer than 32 bytes", "--ssid: the Wi-Fi network's name, 1 to 32 bytes", 2)]
    [InlineData("--wifi-password-file", "/nowhere", "--wifi-password-file /nowhere: there is no such file", 2)]
    [InlineData("--archive", "/nowhere", "--archive /nowhere: there is no such folder", 2)]
    [InlineData("--open-network", null, "give --wifi-password-file FILE, or --open-network", 2)]
    [InlineData("--batch", "nodes.csv", "give --port PORT for one node, or --batch FILE for many", 2)]
    [InlineData("--birth-timeout", "1", "--birth-timeout '1' is not a number from 5 to 3600", 2)]
    [InlineData("--board", "toaster", "board 'toaster': is not one of esp32-devkitc", 1)]
    [InlineData("--sensor", "ear", "node.conf for vib-001 would be wrong: line 2, sensor.part: 'ear' is not one of", 1)]
    [InlineData("--group", "south", "group 'south': is not one of plant of", 1)]
    [InlineData("--name", "a b", "'a b': a name has 1 to 47", 1)]
    [InlineData("--name", "STATE", "'STATE' means something else in Sparkplug's topics", 1)]
    [InlineData("--nanoff", "/nowhere", "--nanoff /nowhere: there is no such file", 1)]
    [InlineData("--conf", "/nowhere", "--conf /nowhere: there is no such file; give a file with further settings", 1)]
    public async Task Provision_Refuses_BeforeABoardIsTouched(string option, string? value, string expected, int code)
    {
        await _site.InitAsync();
        _site.AddBoard("COM5");
        File.WriteAllBytes(Path.Combine(_site.Root, "empty.bin"), []);
        value = value?.Replace("{root}", _site.Root, StringComparison.Ordinal);
        string[] line = [.. _site.Provision("--port", "COM5", "--no-birth")];
        int index = Array.IndexOf(line, option);
        string[] arguments = index >= 0 ? [.. line[..index], option, value!, .. line[(index + 2)..]] : value == null ? [.. line, option] : [.. line, option, value];
        Assert.Contains(expected, await _site.FailsAsync(code, arguments));
        Assert.Empty(_site.Calls);
        Assert.Null(_site.Row("vib-001"));
    }

    [Theory]
    [InlineData("mqtt.host = elsewhere", ", line 1, mqtt.host: the site sets this one; leave it out")]
    [InlineData("# x\nwindow.points = 77", "node.conf for vib-001 would be wrong: line 10, window.points: ")]
    [InlineData("colour = blue", "'colour': there is no such key")]
    public async Task FurtherSettings_AreChecked(string text, string expected)
    {
        await _site.InitAsync();
        string file = Path.Combine(_site.Root, "more.conf");
        File.WriteAllText(file, text);
        Assert.Contains(expected, await _site.FailsAsync(1, _site.Provision("--port", "COM5", "--dry-run", "--conf", file)));
    }

    [Fact]
    public async Task ImageThatIsNone_IsRefusedByADryRunToo()
    {
        await _site.InitAsync();
        File.WriteAllBytes(_site.Image, []);
        Assert.Contains("has 0 bytes", await _site.FailsAsync(2, _site.Provision("--port", "COM5", "--dry-run")));
        File.WriteAllBytes(_site.Image, new byte[1000]);
        Assert.Contains("is no deployment image", await _site.FailsAsync(2, _site.Provision("--port", "COM5", "--dry-run")));
    }

    [Theory]
    [InlineData("ca-1.crt", "ca-1.key: are not a certificate and its key", "site", "host", "scada")]
    [InlineData("ca-1.key", "ca-1.key: are not a certificate and its key", "site", "broker-config")]
    [InlineData("broker/server.crt", "server.crt: holds no certificate in PEM form", "site", "broker-config")]
    public async Task SiteFilesThatAreNoCertificates_AreNamed(string file, string expected, params string[] command)
    {
        await _site.InitAsync();
        await _site.OkAsync("site", "broker-config", "--site", _site.Folder);
        await File.WriteAllTextAsync(Path.Combine(_site.Folder, file), "junk");
        Assert.Contains(expected, await _site.FailsAsync(1, [.. command, "--site", _site.Folder]));
    }

    [Fact]
    public async Task ReleaseKey_ThatIsNone_IsRefused()
    {
        await _site.InitAsync();
        string file = Path.Combine(_site.Root, "key");
        foreach (string text in new[] { "", "12", new string('5', 119) + "x", string.Concat(Enumerable.Repeat(new string('5', 120) + "\n", 3)) })
        {
            await File.WriteAllTextAsync(file, text);
            Assert.Contains("is no public key of releases", await _site.FailsAsync(1, "site", "release-key", file, "--site", _site.Folder));
        }

        Assert.Contains("/nowhere: there is no such file; give the public key of releases", await _site.FailsAsync(1, "site", "release-key", "/nowhere", "--site", _site.Folder));
    }

    [Theory]
    [InlineData("site.json", "null", "site.json: is not as sensornode writes it; put it back from a copy of the site")]
    [InlineData("site.json", "{\n  \"name\": 1", "site.json, line 2: is not as sensornode writes it")]
    [InlineData("site.json", "{\"name\":\"a\",\"scheme\":\"v{n}\",\"broker\":\"b\"}", "site.json, line 1: is not as sensornode writes it")]
    [InlineData("site.json", "{\"name\":\"a\",\"groups\":[null],\"scheme\":\"v{n}\",\"broker\":\"b\"}", "site.json: is not as sensornode writes it")]
    [InlineData("site.json", "{\"name\":\"a\",\"groups\":null,\"scheme\":\"v{n}\",\"broker\":\"b\"}", "site.json, line 1: is not as sensornode writes it")]
    [InlineData("site.json", "{\"name\":\"a\",\"groups\":[\"g\"],\"scheme\":null,\"broker\":\"b\"}", "site.json, line 1: is not as sensornode writes it")]
    [InlineData("site.json", "{\"name\":\"a\",\"groups\":[\"g\"],\"scheme\":\"v{n}\",\"broker\":\"b\",\"hosts\":[null]}", "site.json: is not as sensornode writes it")]
    [InlineData("site.json", "{\"name\":\"a\",\"groups\":[\"g\"],\"scheme\":\"v{n}\",\"broker\":\"b\",\"hosts\":[{\"may_control\":true}]}", "site.json, line 1: is not as sensornode writes it")]
    [InlineData("site.json", "{\"name\":\"a\",\"groups\":[\"g/h\"],\"scheme\":\"v{n}\",\"broker\":\"b\"}", "site.json, group 'g/h': a name has")]
    [InlineData("site.json", "{\"name\":\"a\",\"groups\":[\"g\"],\"scheme\":\"v{n}\",\"broker\":\"b\",\"generation\":9}", "ca-9.crt: there is no such file; put it back from a copy of the site")]
    [InlineData("nodes/vib-001/steps.json", "null", "steps.json: is not as sensornode writes it; delete it to do every step again")]
    [InlineData("nodes/vib-001/steps.json", "{\"identity\":null}", "steps.json: is not as sensornode writes it; delete it")]
    [InlineData("nodes/vib-001/steps.json", "[", "steps.json, line 1: is not as sensornode writes it; delete it")]
    [InlineData("anchors.pem/x", "", "anchors.pem: is a folder; a file in PEM form is expected")]
    public async Task DamagedFileOfTheSite_IsNamed(string file, string text, string expected)
    {
        await _site.InitAsync();
        string[] line = ["provision", "--site", _site.Folder, "--port", "COM5", "--name", "vib-001", "--identities-only"];
        await _site.OkAsync(line);
        string path = Path.Combine(_site.Folder, file);
        if (file == "anchors.pem/x")
        {
            File.Delete(Path.GetDirectoryName(path)!);
            File.Delete(Path.Combine(_site.Folder, "ca-1.crt"));
            File.WriteAllText(Path.Combine(_site.Folder, "site.json"), File.ReadAllText(Path.Combine(_site.Folder, "site.json")).Replace("\"has_outside_authority\": false", "\"has_outside_authority\": true", StringComparison.Ordinal));
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        Assert.Contains(expected, await _site.FailsAsync(1, line));
    }

    [Fact]
    public async Task DamagedNamesOfABatch_AreNamed()
    {
        await _site.InitAsync();
        string file = Path.Combine(_site.Root, "nodes.csv");
        File.WriteAllText(file, "port\nCOM1\n");
        string[] line = ["provision", "--site", _site.Folder, "--batch", file, "--identities-only"];
        await _site.OkAsync(line);
        string names = Directory.GetFiles(Path.Combine(_site.Folder, "batches")).Single();
        foreach (string text in new[] { "", "null", "{\"2\":null}", "{\"two\":\"a\"}" })
        {
            File.WriteAllText(names, text);
            string error = await _site.FailsAsync(1, line);
            Assert.Contains(names, error);
            Assert.Contains(": is not as sensornode writes it; delete it; lines without a name are then new nodes", error);
        }
    }

    [SkippableTheory]
    [InlineData("{root}/wifi.txt", "--site {root}/wifi.txt: is a file, not a folder")]
    [InlineData("{root}/wifi.txt/site", "--site {root}/wifi.txt/site: {root}/wifi.txt is a file, not a folder")]
    [InlineData("/proc/site", "--site /proc/site: cannot be written in /proc; give a folder that this user may write")]
    public async Task SiteFolder_ThatCannotBeOne_IsNamed(string folder, string expected)
    {
        Skip.IfNot(OperatingSystem.IsLinux() || !folder.StartsWith("/proc", StringComparison.Ordinal), "needs Linux");
        (folder, expected) = (folder.Replace("{root}", _site.Root, StringComparison.Ordinal), expected.Replace("{root}", _site.Root, StringComparison.Ordinal));
        Assert.Contains(expected, await _site.FailsAsync(1, "site", "init", "--site", folder, "--name", "x", "--group", "g", "--broker", "b"));
        string other = folder.StartsWith("/proc", StringComparison.Ordinal) ? "--site /proc/site: there is no such folder; give a site's folder" : expected;
        Assert.Contains(other, await _site.FailsAsync(1, "site", "list", "--site", folder));
    }

    [SkippableFact]
    public async Task SiteFolder_ThatMayNotBeUsed_IsNamed()
    {
        Skip.If(OperatingSystem.IsWindows() || Environment.UserName == "root", "root may do everything, and Windows has other rights");
        await _site.InitAsync();
        string json = Path.Combine(_site.Folder, "site.json");
        await WithModeAsync(_site.Folder, UnixFileMode.None, $"--site {_site.Folder}: may not be read by this user");
        await WithModeAsync(json, UnixFileMode.None, $"{json}: may not be read by this user");
        File.Delete(Path.Combine(_site.Folder, ".lock"));
        await WithModeAsync(_site.Folder, UnixFileMode.UserRead | UnixFileMode.UserExecute, $"the folder {_site.Folder} may not be written by this user; give a folder that this user may write");
        await WithModeAsync(_site.Root, UnixFileMode.UserRead | UnixFileMode.UserExecute, $"the folder {_site.Root} may not be written by this user", "site", "init", "--name", "x", "--group", "g", "--broker", "b", "--site", Path.Combine(_site.Root, "new"));

        async Task WithModeAsync(string path, UnixFileMode mode, string expected, params string[] command)
        {
            UnixFileMode before = OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);
            SetMode(path, mode);
            try
            {
                Assert.Contains(expected, await _site.FailsAsync(1, command.Length > 0 ? command : ["site", "broker-config", "--site", _site.Folder]));
            }
            finally
            {
                SetMode(path, before);
            }
        }

        static void SetMode(string path, UnixFileMode mode)
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, mode);
            }
        }
    }

    [Theory]
    [InlineData("3.0.1", "is version 3.0.1; 2.5.162 is needed: dotnet tool update -g nanoff --version 2.5.162")]
    [InlineData("2.5.94", "is version 2.5.94; 2.5.162 is needed")]
    [InlineData("unknown", "does not say its version (exit code 0); 2.5.162 is needed")]
    public async Task AnotherNanoff_IsRefused(string version, string expected)
    {
        await _site.InitAsync();
        _site.Version = version;
        Assert.Contains(expected, await _site.FailsAsync(1, _site.Provision("--port", "COM5")));
        Assert.Empty(_site.Calls);
    }

    [Fact]
    public async Task NameInUse_IsRefused()
    {
        await _site.InitAsync();
        _site.AddBoard("COM5");
        await _site.OkAsync(_site.Provision("--port", "COM5", "--no-birth", "--name", "Fan-1"));
        Assert.Contains("fan-1: differs from Fan-1 only by case", await _site.FailsAsync(1, _site.Provision("--port", "COM5", "--name", "fan-1")));
        using (SiteFolder site = _site.Open())
        {
            site.Inventory.Put(_site.Row("Fan-1") with { State = InventoryRow.StateBorn, BornUtc = DateTimeOffset.UtcNow });
        }

        Assert.Contains("Fan-1: is in service since", await _site.FailsAsync(1, _site.Provision("--port", "COM5", "--name", "Fan-1")));
        await _site.OkAsync("site", "retire", "Fan-1", "--site", _site.Folder);
        Assert.Contains("Fan-1: is retired, and a name is never used again", await _site.FailsAsync(1, _site.Provision("--port", "COM5", "--name", "Fan-1")));
        Assert.Contains("Fan-1: is retired; only a node in service can be renewed", await _site.FailsAsync(1, "site", "renew", "Fan-1", "--site", _site.Folder));
        Assert.Contains("nobody: is not in", await _site.FailsAsync(1, "site", "retire", "nobody", "--site", _site.Folder));
    }

    [Theory]
    [InlineData("", "holds no node; the first line names columns")]
    [InlineData("name,location\na,b\n", "line 1: the column port is needed")]
    [InlineData("port,colour\nCOM1,blue\n", "line 1: there is no column 'colour'")]
    [InlineData("port,name\nCOM1\n", "line 2: has 1 fields; the first line names 2 columns")]
    [InlineData("port,name\n,a\n", "line 2: the port is empty")]
    [InlineData("port,name\nCOM1,\"a\n", "line 2: a quote has no end")]
    [InlineData("port,name\nCOM1,a\nCOM2,A\n", "line 2: a: this name comes twice")]
    [InlineData("port,name\nCOM1,a\n# x\nCOM2,b/c\n", "line 4: 'b/c': a name has 1 to 47")]
    [InlineData("port,board\nCOM1,toaster\n", "board 'toaster': is not one of")]
    public async Task Batch_IsCheckedAsAWhole_BeforeABoardIsTouched(string text, string expected)
    {
        await _site.InitAsync();
        string file = Path.Combine(_site.Root, "nodes.csv");
        File.WriteAllText(file, text);
        Assert.Contains(expected, await _site.FailsAsync(1, _site.Provision("--batch", file, "--no-birth")));
        Assert.Empty(_site.Calls);
        Assert.False(Directory.Exists(Path.Combine(_site.Folder, "nodes")));
    }

    public void Dispose() => _site.Dispose();
}
