namespace SensorNode.Platform;

/// <summary>Everything that one boot of a node can reach outside itself. Its stand-ins find it in a static field of their own copy.</summary>
/// <remarks>Made anew for each boot. What it refers to and what outlives the boot: buses, flash, network, Wi-Fi, time of day, console.</remarks>
public sealed class NodePlatform
{
    private long _utcOffsetTicks;

    /// <summary>Threads and time of this boot.</summary>
    public required NodeProcess Process { get; init; }

    /// <summary>I2C buses by number, 1 and up.</summary>
    public required IReadOnlyDictionary<int, EmulatedI2cBus> I2cBuses { get; init; }

    /// <summary>Files on I:\.</summary>
    public required FlashFileSystem Flash { get; init; }

    /// <summary>The network; null for a node without one.</summary>
    public INodeNetwork? Network { get; init; }

    /// <summary>Wi-Fi as the world has it.</summary>
    public required WifiState Wifi { get; init; }

    /// <summary>Pins beside the buses.</summary>
    public GpioState Gpio { get; init; } = new();

    /// <summary>The time of day as the world has it.</summary>
    public required NodeTime Time { get; init; }

    /// <summary>The console.</summary>
    public required INodeConsole Console { get; init; }

    /// <summary>The hardware generator; seeded, so that a run can be repeated.</summary>
    public required Random Random { get; init; }

    /// <summary>Station address, 6 bytes.</summary>
    public required byte[] MacAddress { get; init; }

    /// <summary>What GC.Run says is free. The emulator does not count a device's heap; the cost meter does.</summary>
    public int FreeHeapBytes { get; init; } = 90_000;

    /// <summary>Certificates and keys by name, as nanoff puts them into the device's configuration.</summary>
    public IReadOnlyDictionary<string, byte[]> DeviceCertificates { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>Where Assembly.Load goes.</summary>
    public INodeAssemblyLoader? Loader { get; set; }

    /// <summary>True where this boot is the end of a deep sleep that its timer ended.</summary>
    public bool IsTimerWake { get; init; }

    /// <summary>State that stand-ins keep for the life of this boot, by their own names: mapped pins, whether Wi-Fi is up, ..</summary>
    public IDictionary<string, object> State { get; } = new Dictionary<string, object>();

    /// <summary>The scheduler of <see cref="Process"/>.</summary>
    public NodeScheduler Scheduler => Process.Scheduler;

    /// <summary>UTC as the node's clock shows it, in ticks of 100 ns since year 1. Starts at 1970 with power and in each restart, and goes on through sleep.</summary>
    public long UtcTicks
    {
        get => DateTime.UnixEpoch.Ticks + Process.UptimeNs / 100 + _utcOffsetTicks;
        set => _utcOffsetTicks = value - DateTime.UnixEpoch.Ticks - Process.UptimeNs / 100;
    }

    /// <summary>The clock has gone through a sleep, as well as it could.</summary>
    public void PassSleep(long sleptNs) => _utcOffsetTicks += sleptNs / 100 * Time.SleepErrorPpm / 1_000_000;

    /// <summary>Every platform call begins with this: throws without power, costs a little time, lets others run when the quantum is over.</summary>
    public void EnterCall() => Process.Scheduler.Charge(Process, Process.CallCostNs);
}
