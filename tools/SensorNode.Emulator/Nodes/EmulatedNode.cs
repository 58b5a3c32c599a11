using System.Reflection;
using SensorNode.Platform;

namespace SensorNode.Emulator;

/// <summary>One board: power, reboots, and the firmware's own Main on the stand-ins.</summary>
/// <remarks>
/// A reboot asked for by the firmware starts Main again after the boot time, a deep sleep when its timer ends. After an exit, an uncaught exception or a power cut the board
/// stays as it is until <see cref="PowerOff"/> and <see cref="PowerOn"/>. A thread of firmware that computes for ever without any platform
/// call cannot be stopped from outside; everything else can.
/// </remarks>
public sealed class EmulatedNode
{
    private readonly NodeWorld _world;
    private readonly ManualResetEventSlim _isDown = new(true);
    private NodeProcess? _process;
    private NodeContext? _context;
    private ImageLoader? _images;
    private TimelineEvent? _pendingBoot;
    private int _bootNumber;
    private long _awakeNs;
    private NodePlatform? _asleep;

    internal EmulatedNode(NodeWorld world, EmulatedNodeOptions options)
    {
        _world = world;
        Options = options;
    }

    /// <summary>What it is made of.</summary>
    public EmulatedNodeOptions Options { get; }

    /// <summary>The timeline it lives on.</summary>
    public NodeWorld World => _world;

    /// <summary>Whether it has power.</summary>
    public bool IsPowered { get; private set; }

    /// <summary>Whether firmware runs: between the start of Main and the end of the last thread.</summary>
    public bool IsRunning => _process != null;

    /// <summary>Boots so far.</summary>
    public int BootCount => _bootNumber;

    /// <summary>Time in which its processor ran, over all boots: neither without power nor asleep.</summary>
    public long AwakeNs => _awakeNs + (_process?.AwakeNs ?? 0);

    /// <summary>How the last boot ended; null before that.</summary>
    public BootRecord? LastBoot { get; private set; }

    /// <summary>Called on the timeline when a boot has ended.</summary>
    public event Action<EmulatedNode, BootRecord>? BootEnded;

    /// <summary>Gives it power: chips reset, Main starts after the boot time.</summary>
    public void PowerOn()
    {
        if (IsPowered)
        {
            throw new InvalidOperationException(Options.Name + " has power.");
        }

        IsPowered = true;
        foreach (EmulatedI2cBus bus in Options.I2cBuses.Values)
        {
            bus.PowerOn(_world.Scheduler.NowNs);
        }

        ScheduleBoot();
    }

    /// <summary>Takes its power, in the middle of whatever it does, and waits until every thread is gone.</summary>
    /// <exception cref="TimeoutException">A thread makes no platform calls and did not end within ten real seconds.</exception>
    public void PowerOff()
    {
        CutPower();
        _world.Drain();
        if (!_isDown.Wait(TimeSpan.FromSeconds(10)))
        {
            throw new TimeoutException(Options.Name + ": a thread of the firmware did not end after power-off.");
        }
    }

    /// <summary>Takes its power and returns at once: from any thread, also from callbacks on the timeline. <see cref="BootEnded"/> tells the rest.</summary>
    public void CutPower()
    {
        IsPowered = false;
        _asleep = null;
        if (_pendingBoot is { } pending)
        {
            _pendingBoot = null;
            _world.Scheduler.Cancel(pending);
        }

        _process?.PowerOff(EndReason.PoweredOff);
    }

    private void ScheduleBoot() => _pendingBoot = _world.Scheduler.Post(Options.BootTime.Ticks * 100, Boot);

    private void Boot()
    {
        if (_process != null)
        {
            // Power came back before the last thread of the boot before was gone.
            _pendingBoot = _world.Scheduler.Post(10_000_000, Boot);
            return;
        }

        _pendingBoot = null;
        _bootNumber++;
        NodeProcess process = _world.Scheduler.CreateProcess(Options.Name);
        NodePlatform platform = CreatePlatform(process, _asleep);
        _asleep = null;
        Options.Flash.PowerCut = CutPower;
        Options.Flash.Spend = cost => process.Scheduler.Charge(process, cost);
        Options.Booting?.Invoke(platform);

        process.Platform = platform;
        NodeContext context = Options.SharesFirmware ? NodeContext.Shared : new NodeContext(Options.Firmware ?? new FirmwareFolder(), platform);
        if (Options.SharesFirmware)
        {
            platform.Loader = _images = new ImageLoader(context);
        }

        MethodInfo main = context.LoadFirmware(Options.EntryAssembly).GetType(Options.EntryType, true)!.GetMethod(Options.EntryMethod, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            ?? throw new MissingMethodException(Options.EntryType, Options.EntryMethod);
        _isDown.Reset();
        _process = process;
        _context = context;
        process.Ended += OnEnded;
        process.Scheduler.Start(process.CreateThread("Main", main.CreateDelegate<Action>()));
        if (!IsPowered)
        {
            // Cut by another thread while the firmware was loaded, when there was no process yet.
            process.PowerOff(EndReason.PoweredOff);
        }
    }

    private void OnEnded(NodeProcess process)
    {
        Options.Flash.Abandon();
        Options.Flash.PowerCut = null;
        Options.Flash.Spend = null;
        Options.Gpio.Reset();
        if (_images == null)
        {
            _context?.Unload();
        }

        _images?.Unload();
        _images = null;
        _context = null;
        _process = null;
        _awakeNs += process.AwakeNs;
        var record = new BootRecord(_bootNumber, process.BootedNs, process.Scheduler.NowNs, process.EndReason, process.UncaughtException, process.Platform!.IsTimerWake);
        LastBoot = record;
        _isDown.Set();
        if (process.EndReason == EndReason.Rebooted && IsPowered)
        {
            ScheduleBoot();
        }

        if (process.EndReason == EndReason.DeepSleep && IsPowered && process.DeepSleepNs > 0)
        {
            _asleep = process.Platform;
            _pendingBoot = _world.Scheduler.Post(process.DeepSleepNs + (Options.BootTime.Ticks * 100), Boot);
        }

        BootEnded?.Invoke(this, record);
    }

    private NodePlatform CreatePlatform(NodeProcess process, NodePlatform? asleep)
    {
        var platform = new NodePlatform
        {
            Process = process,
            I2cBuses = Options.I2cBuses,
            Flash = Options.Flash,
            Network = Options.Network,
            Wifi = Options.Wifi,
            Gpio = Options.Gpio,
            Time = Options.Time,
            Console = Options.Console ?? new NullConsole(),
            Random = new Random(HashCode(Options.Seed, _bootNumber)),
            MacAddress = Options.MacAddress ?? [0x02, 0x53, (byte)(Options.Seed >> 24), (byte)(Options.Seed >> 16), (byte)(Options.Seed >> 8), (byte)Options.Seed],
            FreeHeapBytes = Options.FreeHeapBytes,
            DeviceCertificates = Options.DeviceCertificates,
            IsTimerWake = asleep != null
        };
        if (asleep != null)
        {
            platform.UtcTicks = asleep.UtcTicks;
            platform.PassSleep(asleep.Process.DeepSleepNs);
        }

        return platform;
    }

    private static int HashCode(int seed, int boot) => unchecked((seed * 486_187_739) + boot);
}
