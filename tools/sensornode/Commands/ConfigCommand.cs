using System.CommandLine;
using SensorNode.Tool.Configuration;

namespace SensorNode.Tool.Commands;

/// <summary>sensornode config: node.conf before it goes to a node.</summary>
public static class ConfigCommand
{
    // Far above what the node reads; a wrong file is named, not loaded.
    private const long SizeBytesMax = 1024 * 1024;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("config", """
            Checks a node.conf with the firmware's own parser, and lists every setting.
            Examples: sensornode config check node.conf
                      sensornode config check node.conf --show
                      sensornode config keys
            """);
        command.Subcommands.Add(CreateCheck());
        command.Subcommands.Add(CreateKeys());
        return command;
    }

    /// <summary>Every setting as a Markdown table, from the firmware's schema.</summary>
    public static string KeysTable()
    {
        using var firmware = new FirmwareConfiguration();
        IEnumerable<string> rows = firmware.Describe().Select(s => $"| `{s.Name}` | {s.Default} | {s.Allowed} | {s.Description} |\n");
        return "| key | default | allowed | what |\n|---|---|---|---|\n" + string.Concat(rows);
    }

    private static Command CreateCheck()
    {
        var file = new Argument<string>("FILE") { Description = "The node.conf." };
        var show = new Option<bool>("--show") { Description = "Print every setting in force, defaults included; secrets are left out." };
        var command = new Command("check", """
            Reads a node.conf as the node does at boot: each fault with line, key and reason, exit code 1; nothing wrong, exit code 0.
            Example: sensornode config check node.conf --show
            """);
        command.Arguments.Add(file);
        command.Options.Add(show);
        command.SetAction(parsed => Check(parsed.GetRequiredValue(file), parsed.GetValue(show)));
        return command;
    }

    private static Command CreateKeys()
    {
        var command = new Command("keys", """
            Prints every setting with its default and what it may be, as a Markdown table.
            Example: sensornode config keys
            """);
        command.SetAction(_ => Console.Out.Write(KeysTable()));
        return command;
    }

    private static int Check(string file, bool showsAll)
    {
        byte[] bytes = Read(file);
        using var firmware = new FirmwareConfiguration();
        var faults = new List<string>();
        IReadOnlyList<(string Name, string? Value)>? settings = firmware.TryRead(bytes, faults);
        if (settings == null)
        {
            foreach (string fault in faults)
            {
                Console.Error.WriteLine($"{file}: {fault}");
            }

            return ExitCode.Failure;
        }

        if (!showsAll)
        {
            Console.Out.WriteLine($"{file}: nothing wrong");
            return ExitCode.Success;
        }

        foreach ((string name, string? value) in settings)
        {
            Console.Out.WriteLine(value == null ? $"# {name} is set, and not shown" : $"{name} = {value}".TrimEnd());
        }

        return ExitCode.Success;
    }

    private static byte[] Read(string file) => File.Exists(file) && new FileInfo(file).Length > SizeBytesMax
        ? throw new ToolException($"{file}: is longer than {SizeBytesMax} bytes, so it is no node.conf")
        : InputFile.ReadBytes(file, null, "give a node.conf");
}
