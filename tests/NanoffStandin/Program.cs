using System.Text.Json;

namespace SensorNode.NanoffStandin;

/// <summary>What nanoff 2.5.162 does with a board, done with a folder. README.md has the environment variables.</summary>
internal static class Program
{
    private const int BadArguments = 9000;

    private static readonly JsonSerializerOptions s_json = new() { PropertyNameCaseInsensitive = true };
    private static string s_boards = "";
    private static (string Step, string Kind) s_fault;

    public static int Main(string[] arguments)
    {
        s_boards = Environment.GetEnvironmentVariable("STANDIN_BOARDS") ?? "";
        string[] fault = (Environment.GetEnvironmentVariable("STANDIN_FAULT") ?? "").Split('=');
        s_fault = (fault[0], fault[^1]);
        File.AppendAllText(Path.Combine(s_boards, "calls.log"), JsonSerializer.Serialize(arguments) + "\n");
        var line = new CommandLine(arguments);
        string version = Environment.GetEnvironmentVariable("STANDIN_VERSION") ?? "2.5.162";
        if (line.Has("version"))
        {
            Console.Error.WriteLine($"nanoff {version}+baccab8dd8");
            return 0;
        }

        Console.WriteLine($".NET nanoFramework Firmware Flasher v{version}+baccab8dd8\nCopyright (C) 2019 .NET Foundation and nanoFramework project contributors\n");
        if (s_fault.Kind == "hangs" && s_fault.Step == Step(line))
        {
            Thread.Sleep(TimeSpan.FromMinutes(1));
        }

        return line.Fault != null ? Fail(BadArguments, line.Fault) : Run(line);
    }

    private static string Step(CommandLine line) =>
        line.Has("filedeployment") ? "files" : line.Has("networkdeployment") ? "network" : line.Has("devicedetails") ? "details" : line.Has("update") ? "update" : "deploy";

    private static int Run(CommandLine line)
    {
        if (!line.Has("suppressnanoffversioncheck"))
        {
            return Fail(BadArguments, "the stand-in has no internet: --suppressnanoffversioncheck is missing");
        }

        if (line.Value("filedeployment") is { } files)
        {
            return CopyFiles(files);
        }

        if (line.Value("networkdeployment") is { } network)
        {
            // As nanoff: it says so, and goes on.
            Console.WriteLine("No operation was performed with the options supplied.\n");
            return SetNetwork(network);
        }

        if (line.Has("nanodevice"))
        {
            return Deploy(line);
        }

        if (line.Value("platform") != "esp32" && line.Value("target")?.StartsWith("ESP", StringComparison.Ordinal) != true && line.Value("target")?.StartsWith("M5", StringComparison.Ordinal) != true)
        {
            return Fail(BadArguments, "neither --platform esp32 nor a target of it");
        }

        if (line.Value("serialport") is not { } port)
        {
            return Fail(6001, "");
        }

        var board = new Board(Path.Combine(s_boards, port));
        if (!board.IsThere)
        {
            return Fail(4005, "");
        }

        if (line.Has("devicedetails"))
        {
            return s_fault.Step == "details" ? Fail(s_fault.Kind) : Details(board);
        }

        return line.Has("update") ? Update(line, board) : Fail(BadArguments, "no operation; --deploy without --nanodevice takes an address that is wrong for some images");
    }

    private static int Update(CommandLine line, Board board)
    {
        if (line.Value("v") != "minimal")
        {
            return Fail(4000, "The handle is invalid.");
        }

        if (line.Has("fromarchive") != (line.Value("archivepath") != null))
        {
            return Fail(BadArguments, "--archivepath is required when --fromarchive is specified.");
        }

        if (s_fault.Step == "update")
        {
            return Fail(s_fault.Kind);
        }

        if (line.Has("masserase"))
        {
            board.Erase();
        }

        board.Write("runtime", $"{line.Value("target")} {line.Value("fwversion")}");
        return 0;
    }

    // Through the CLR. With less than normal verbosity nanoff says nothing and ends with success even where it failed.
    private static int Deploy(CommandLine line)
    {
        if (line.Has("platform") || line.Has("target"))
        {
            return Fail(BadArguments, "Incompatible options combined with --nanodevice.");
        }

        if (line.Value("serialport") is not { } port)
        {
            return Fail(6001, "");
        }

        if (!line.Has("deploy") || line.Value("image") is not { } image)
        {
            return Fail(BadArguments, "--deploy requires --image to specify the deployment image path.");
        }

        var board = new Board(Path.Combine(s_boards, port));
        if (!board.HasRuntime || !File.Exists(image))
        {
            return Fail(2002, "Missing details to perform deployment operation.");
        }

        bool isNormal = line.Value("v") is null or "n" or "normal";
        bool isFailing = s_fault.Step == "deploy" && s_fault.Kind != "hangs";
        if (isNormal)
        {
            Console.WriteLine($"Getting details from nano device...OK\nDeploying managed application...{(isFailing ? "FAILED!" : "OK")}");
        }

        if (isFailing)
        {
            return isNormal ? Fail(s_fault.Kind) : 0;
        }

        board.CopyApplication(image);
        return 0;
    }

    private static int Details(Board board)
    {
        Console.WriteLine($"\nConnected to:\nESP32 (ESP32-D0WD-V3 (revision v3.1))\nFeatures Wi-Fi, BT, Dual Core, 240MHz\nFlash size 4MB\nPSRAM: not available\nCrystal 40MHz\nMAC {board.HardwareAddress}\n");
        board.Reset();
        return 0;
    }

    private static int CopyFiles(string file)
    {
        FileList list = JsonSerializer.Deserialize<FileList>(File.ReadAllText(file), s_json)!;
        var board = new Board(Path.Combine(s_boards, list.SerialPort));
        if (!board.HasRuntime)
        {
            return Fail(2000, "");
        }

        if (s_fault.Step == "files" && s_fault.Kind.StartsWith('E'))
        {
            return Fail(s_fault.Kind);
        }

        Console.WriteLine("Debug engine created.\nDevice connected and ready for deployment.");
        foreach (FileEntry entry in list.Files)
        {
            if (!entry.DestinationFilePath.StartsWith("I:\\", StringComparison.Ordinal))
            {
                return Fail(2003, "");
            }

            bool isLost = !File.Exists(entry.SourceFilePath) || (s_fault is ("files", "lost") && entry == list.Files[^1]);
            if (!isLost)
            {
                board.CopyFile(entry.SourceFilePath, entry.DestinationFilePath);
            }

            if (s_fault is not ("files", "quiet"))
            {
                Console.Write($"Deploying file {entry.SourceFilePath} to {entry.DestinationFilePath}...");
                Console.WriteLine(isLost ? $"\nError deploying content file {entry.SourceFilePath} to {entry.DestinationFilePath}" : "OK");
            }
        }

        return 0;
    }

    private static int SetNetwork(string file)
    {
        string text = File.ReadAllText(file);
        NetworkSettings settings = JsonSerializer.Deserialize<NetworkSettings>(text, s_json)!;
        var board = new Board(Path.Combine(s_boards, settings.SerialPort));
        if (!board.HasRuntime)
        {
            return Fail(2000, "");
        }

        if (s_fault is ("network", "talks"))
        {
            Console.WriteLine(text);
        }
        else if (s_fault.Step == "network")
        {
            return Fail(s_fault.Kind);
        }

        board.Write("network.json", text);
        Console.WriteLine("Updating network configuration...OK\nUpdating wireless configuration...OK");
        return 0;
    }

    private static int Fail(string code) => Fail(int.Parse(code[1..], System.Globalization.CultureInfo.InvariantCulture), "");

    private static int Fail(int code, string more)
    {
        Console.WriteLine(more.Length > 0 ? $"Error E{code}: ({more})" : $"E{code}");
        return code;
    }

    private sealed record FileEntry(string DestinationFilePath, string SourceFilePath);

    private sealed record FileList(string SerialPort, FileEntry[] Files);

    private sealed record NetworkSettings(string SerialPort, WirelessClient WirelessClient);

    private sealed record WirelessClient(string Ssid, string Password, string Authentication, string Encryption, string ConfigurationOption, bool DhcpEnabled);
}
