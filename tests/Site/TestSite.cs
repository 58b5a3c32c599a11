using System.Reflection;
using System.Text.Json;
using SensorNode.Interop.Tests.Mqtt;
using SensorNode.Site;
using SensorNode.Tool.Tests;
using Xunit;

namespace SensorNode.Site.Tests;

/// <summary>A temporary folder with a site, boards for the stand-in of nanoff, an application image and a Wi-Fi password.</summary>
internal sealed class TestSite : IDisposable
{
    public const string Password = "apricot-Kiwi-77";

    private readonly List<string> _printed = [];

    public TestSite(params string[] groups)
    {
        Root = Directory.CreateTempSubdirectory("sensornode-site-").FullName;
        Folder = Path.Combine(Root, "site");
        Boards = Path.Combine(Root, "boards");
        Directory.CreateDirectory(Boards);
        Image = Path.Combine(Root, "SensorNode.Boot.bin");
        File.WriteAllBytes(Image, [.. "NFMRK1\0\0"u8, .. new byte[1000]]);
        PasswordFile = Path.Combine(Root, "wifi.txt");
        File.WriteAllText(PasswordFile, Password + "\n");
        Port = LoopbackPort.Free();
        Groups = groups.Length > 0 ? groups : ["plant"];
        Fault = null;
        Version = null;
        Environment.SetEnvironmentVariable("STANDIN_BOARDS", Boards);
        Environment.SetEnvironmentVariable("SENSORNODE_RETRY_PAUSE_S", "0");
    }

    public string Root { get; }

    public string Folder { get; }

    public string Boards { get; }

    public string Image { get; }

    public string PasswordFile { get; }

    public int Port { get; }

    public string[] Groups { get; }

    /// <summary>All that the tool printed.</summary>
    public string Printed => string.Join('\n', _printed);

    public string? Fault
    {
        set => Environment.SetEnvironmentVariable("STANDIN_FAULT", value);
    }

    public string? Version
    {
        set => Environment.SetEnvironmentVariable("STANDIN_VERSION", value);
    }

    public static string Standin => typeof(TestSite).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "NanoffStandin").Value! + (OperatingSystem.IsWindows() ? ".exe" : "");

    /// <summary>Every call of nanoff but those that ask for its version.</summary>
    public IReadOnlyList<string[]> Calls
    {
        get
        {
            string log = Path.Combine(Boards, "calls.log");
            return !File.Exists(log) ? [] : [.. File.ReadAllLines(log).Select(line => JsonSerializer.Deserialize<string[]>(line)!).Where(call => !call.Contains("--version"))];
        }
    }

    public async Task InitAsync() => await OkAsync(["site", "init", "--site", Folder, "--name", "Plant North", .. Groups.SelectMany(group => new[] { "--group", group }), "--broker", $"localhost:{Port}"]);

    public Task BrokerConfigAsync() => OkAsync("site", "broker-config", "--site", Folder, "--bind", "127.0.0.1");

    public string AddBoard(string port)
    {
        Directory.CreateDirectory(Path.Combine(Boards, port));
        return port;
    }

    /// <summary>Arguments of provision for a board.</summary>
    public string[] Provision(params string[] more) =>
        ["provision", "--site", Folder, "--image", Image, "--clr-version", "1.12.4.20", "--ssid", "plant-iot", "--wifi-password-file", PasswordFile, "--nanoff", Standin, .. more];

    public async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        (int code, string output, string error) = await ToolRun.RunAsync(arguments);
        _printed.Add(output + error);
        return (code, output, error);
    }

    public async Task<string> OkAsync(params string[] arguments)
    {
        (int code, string output, string error) = await RunAsync(arguments);
        Assert.True(code == 0, $"sensornode {string.Join(' ', arguments)}: {code}\n{output}{error}");
        return output;
    }

    /// <summary>The tool must fail with one line on standard error (steps that went before it aside).</summary>
    public async Task<string> FailsAsync(int exitCode, params string[] arguments)
    {
        (int code, string output, string error) = await RunAsync(arguments);
        Assert.True(code == exitCode, $"sensornode {string.Join(' ', arguments)}: {code}\n{output}{error}");
        return Assert.Single(error.Split('\n'), line => line.StartsWith("sensornode: ", StringComparison.Ordinal));
    }

    public SiteFolder Open() => SiteFolder.Open(Folder, TimeProvider.System);

    public InventoryRow Row(string name) => Inventory.Open(Path.Combine(Folder, "inventory.csv")).Find(name)!;

    public string NodeFile(string node, string file) => Path.Combine(Folder, "nodes", node, file);

    public void Dispose()
    {
        Fault = null;
        Version = null;
        Directory.Delete(Root, recursive: true);
    }
}
