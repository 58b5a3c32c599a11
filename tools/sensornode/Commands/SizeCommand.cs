using System.CommandLine;
using System.Globalization;
using System.Text;
using SensorNode.CostMeter;
using SensorNode.Emulator;

namespace SensorNode.Tool.Commands;

/// <summary>sensornode size: what the firmware takes in flash, assembly by assembly and type by type.</summary>
public static class SizeCommand
{
    private static readonly Option<int> s_types = new("--types") { Description = "How many types to list, the largest first, 0 to 1000.", HelpName = "N", DefaultValueFactory = _ => 15 };
    private static readonly Option<string?> s_assembly = new("--assembly") { Description = "Only the types of this assembly.", HelpName = "NAME" };
    private static readonly Option<bool> s_strict = new("--strict") { Description = "Exit code 1 where something is over its aim." };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("size", """
            Estimates the .pe files that a board gets, and lists the types by their IL bytes; warns of what is over its aim: the application, which lies in the
            heap after an update, and everything deployed, by the slot of the coming flash layout.
            Examples: sensornode size
                      sensornode size --assembly SensorNode.Base --types 40
            """) { s_types, s_assembly, s_strict };
        command.SetAction(parsed => Run(parsed.GetValue(s_types), parsed.GetValue(s_assembly), parsed.GetValue(s_strict)));
        return command;
    }

    private static int Run(int types, string? assembly, bool isStrict)
    {
        if (types is < 0 or > 1000)
        {
            throw new ToolException($"size: --types {types}: 0 to 1000 are expected", ExitCode.Usage);
        }

        string[] all = [.. DeployedSize.OwnAssemblies(FirmwareFolder.DefaultPath)];
        string[] listed = assembly == null ? all : [.. all.Where(path => Path.GetFileNameWithoutExtension(path) == assembly)];
        if (listed.Length == 0)
        {
            throw new ToolException($"size: --assembly {assembly}: there is no such assembly; there are {string.Join(", ", all.Select(Path.GetFileNameWithoutExtension))}", ExitCode.Usage);
        }

        List<string> warnings = Warnings();
        Console.Out.Write(Assemblies(all) + Types(listed, types));
        foreach (string warning in warnings)
        {
            Console.Out.WriteLine("warning: " + warning);
        }

        return isStrict && warnings.Count > 0 ? ExitCode.Failure : ExitCode.Success;
    }

    private static string Assemblies(string[] paths)
    {
        var text = new StringBuilder("| assembly | .pe, bytes | of it IL | types |\n|---|---|---|---|\n");
        foreach (string path in paths)
        {
            IReadOnlyList<DeviceTypeSize> types = DeviceImageSize.Types(path);
            text.Append(CultureInfo.InvariantCulture, $"| {Path.GetFileNameWithoutExtension(path)} | {DeviceImageSize.Estimate(path):N0} | {types.Sum(type => type.IlBytes):N0} | {types.Count} |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"| the platform's libraries, BME280's package among them | {DeployedSize.PlatformBytes():N0} | | |\n");
        text.Append(CultureInfo.InvariantCulture, $"| everything deployed | {DeployedSize.Estimate(FirmwareFolder.DefaultPath):N0} | | |\n");
        return text.ToString();
    }

    private static string Types(string[] paths, int count)
    {
        if (count == 0)
        {
            return "";
        }

        var text = new StringBuilder("\n| type | bytes | of it IL | assembly |\n|---|---|---|---|\n");
        foreach ((DeviceTypeSize type, string path) in paths.SelectMany(path => DeviceImageSize.Types(path).Select(type => (type, path))).OrderByDescending(pair => pair.type.Bytes).Take(count))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {type.Name} | {type.Bytes:N0} | {type.IlBytes:N0} | {Path.GetFileNameWithoutExtension(path)} |\n");
        }

        return text.ToString();
    }

    private static List<string> Warnings()
    {
        var warnings = new List<string>();
        Check("SensorNode.App", DeviceImageSize.Estimate(Path.Combine(FirmwareFolder.DefaultPath, "SensorNode.App.dll")), DeployedSize.AppTargetBytes);
        Check("everything deployed", DeployedSize.Estimate(FirmwareFolder.DefaultPath), DeployedSize.DeployedTargetBytes);
        return warnings;

        void Check(string name, int bytes, int aim)
        {
            if (bytes > aim)
            {
                warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{name} takes {bytes:N0} bytes, {bytes - aim:N0} more than the aim of {aim:N0}"));
            }
        }
    }
}
