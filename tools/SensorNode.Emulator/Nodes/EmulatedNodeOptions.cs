using SensorNode.Platform;

namespace SensorNode.Emulator;

/// <summary>What an emulated node is made of. What is given here belongs to the node and outlives its reboots.</summary>
public sealed class EmulatedNodeOptions
{
    /// <summary>For reports.</summary>
    public string Name { get; init; } = "node";

    /// <summary>Its firmware; null for the firmware of this build.</summary>
    public FirmwareFolder? Firmware { get; init; }

    /// <summary>Use one loaded copy of the firmware of this build with all nodes of the process that do so: a twentieth of the memory, and compiled once.</summary>
    public bool SharesFirmware { get; init; }

    /// <summary>Assembly with the entry point.</summary>
    public string EntryAssembly { get; init; } = "SensorNode.Boot";

    /// <summary>Class with the entry point.</summary>
    public string EntryType { get; init; } = "SensorNode.Boot.Program";

    /// <summary>Static method without parameters.</summary>
    public string EntryMethod { get; init; } = "Main";

    /// <summary>I:\.</summary>
    public FlashFileSystem Flash { get; init; } = new();

    /// <summary>Buses with their chips, by number.</summary>
    public IReadOnlyDictionary<int, EmulatedI2cBus> I2cBuses { get; init; } = new Dictionary<int, EmulatedI2cBus> { [1] = new() };

    /// <summary>The way to a broker; null for none.</summary>
    public INodeNetwork? Network { get; init; }

    /// <summary>Wi-Fi.</summary>
    public WifiState Wifi { get; init; } = new();

    /// <summary>Pins beside the buses.</summary>
    public GpioState Gpio { get; init; } = new();

    /// <summary>Time of day and time server.</summary>
    public NodeTime Time { get; init; } = new();

    /// <summary>Where the console goes; null throws it away.</summary>
    public INodeConsole? Console { get; init; }

    /// <summary>For the node's random numbers and its station address.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>From power or reboot to Main.</summary>
    public TimeSpan BootTime { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>What the firmware is told about its heap.</summary>
    public int FreeHeapBytes { get; init; } = 90_000;

    /// <summary>Station address, 6 bytes; null makes one from the seed.</summary>
    public byte[]? MacAddress { get; init; }

    /// <summary>Certificates and keys in the device's configuration, by name.</summary>
    public IReadOnlyDictionary<string, byte[]> DeviceCertificates { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>Called with each boot's platform before firmware runs, for a test's own hooks.</summary>
    public Action<NodePlatform>? Booting { get; init; }
}
