using SensorNode.Bench;
using SensorNode.CostMeter;
using SensorNode.Emulator;

namespace SensorNode.HostRun;

/// <summary>Runs a device program on the host as nanoCLR would, with the meter's counts, so that the two can be compared line by line.</summary>
/// <remarks>Usage: HostRun FOLDER ASSEMBLY [METHOD ..]: Program.Main of the assembly in the folder; each METHOD (Namespace.Type::Method) is counted, and COUNT lines tell what was counted since the last one.</remarks>
public static class Program
{
    public static int Main(string[] args)
    {
        if (args.Length < 2 || !File.Exists(Path.Combine(args[0], args[1] + ".dll")))
        {
            Console.Error.WriteLine("usage: HostRun FOLDER ASSEMBLY [METHOD ..], where FOLDER holds ASSEMBLY.dll");
            return 2;
        }

        try
        {
            using var firmware = new MeteredFirmware(args[0], FirmwareFiles.References, args[2..].ToDictionary(method => method, method => method, StringComparer.Ordinal));
            return Run(firmware.Images, args[1]);
        }
        catch (CostMeterException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static int Run(FirmwareFolder folder, string assembly)
    {
        using var world = new NodeWorld();
        EmulatedNode node = world.Add(new EmulatedNodeOptions
        {
            Firmware = folder,
            EntryAssembly = assembly,
            EntryType = assembly + ".Program",
            Console = new CountingConsole(),
        });
        node.PowerOn();
        world.RunUntil(() => node.LastBoot != null, TimeSpan.FromHours(1));
        if (node.LastBoot?.UncaughtException is { } exception)
        {
            Console.Error.WriteLine(exception);
            return 1;
        }

        return node.LastBoot == null ? 1 : 0;
    }
}
