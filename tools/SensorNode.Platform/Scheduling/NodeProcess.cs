namespace SensorNode.Platform;

/// <summary>All threads of one boot of a node, from power-on to the last thread's end.</summary>
public sealed class NodeProcess
{
    private int _lastThreadId;
    internal readonly List<NodeThread> Alive = [];
    internal NodeThread? Exclusive;
    internal bool IsEndReported;

    internal NodeProcess(NodeScheduler scheduler, string name)
    {
        Scheduler = scheduler;
        Name = name;
        BootedNs = scheduler.NowNs;
    }

    /// <summary>The timeline it runs on.</summary>
    public NodeScheduler Scheduler { get; }

    /// <summary>What the stand-ins reach, for calls of its threads; set by whoever boots it.</summary>
    public NodePlatform? Platform { get; set; }

    /// <summary>The node's name, for reports.</summary>
    public string Name { get; }

    /// <summary>Time on the timeline at which this boot began.</summary>
    public long BootedNs { get; }

    /// <summary>Time since this boot began.</summary>
    public long UptimeNs => Scheduler.NowNs - BootedNs;

    /// <summary>The same without light sleep, in which the device's tick counter stands still.</summary>
    public long AwakeNs => UptimeNs - SleptNs;

    /// <summary>Time in light sleep.</summary>
    public long SleptNs { get; internal set; }

    /// <summary>Time after which the board starts again out of the deep sleep that ended this boot; 0 for never.</summary>
    public long DeepSleepNs { get; private set; }

    /// <summary>What one platform call costs on the timeline. It also keeps a loop that polls the clock from stopping time.</summary>
    public long CallCostNs { get; set; } = 20_000;

    /// <summary>From here on every platform call throws.</summary>
    public bool IsOff { get; internal set; }

    /// <summary>Why it is ending or has ended.</summary>
    public EndReason EndReason { get; internal set; }

    /// <summary>The first exception nobody caught, with its stack, as text; null where there was none.</summary>
    public string? UncaughtException { get; private set; }

    /// <summary>Threads that went on calling the platform after power-off and had to be parked for good. 0 unless firmware has a hole.</summary>
    public int ParkedThreadCount { get; internal set; }

    /// <summary>Threads that have not ended.</summary>
    public int AliveThreadCount => Scheduler.CountAlive(this);

    /// <summary>Called once, as host code on the timeline, when the last thread has ended.</summary>
    public event Action<NodeProcess>? Ended;

    /// <summary>Makes a thread; it runs after <see cref="NodeScheduler.Start"/>.</summary>
    public NodeThread CreateThread(string name, Action body) => new(this, Interlocked.Increment(ref _lastThreadId), name, body);

    /// <summary>The station's radio goes off: every connection over it is gone.</summary>
    public event Action? RadioOff;

    /// <summary>Raises <see cref="RadioOff"/>.</summary>
    public void TurnRadioOff() => RadioOff?.Invoke();

    /// <summary>Ends the boot with a deep sleep.</summary>
    /// <param name="durationNs">See <see cref="DeepSleepNs"/>.</param>
    public void StartDeepSleep(long durationNs)
    {
        DeepSleepNs = durationNs;
        Scheduler.PowerOff(this, EndReason.DeepSleep);
    }

    /// <summary>Ends the boot: every thread is thrown out of its platform call. From any thread; returns at once.</summary>
    public void PowerOff(EndReason reason) => Scheduler.PowerOff(this, reason);

    internal void OnUncaught(NodeThread thread, Exception exception)
    {
        UncaughtException ??= $"thread {thread.Id} ({thread.Name}): {exception}";
        Scheduler.PowerOff(this, EndReason.UncaughtException);
    }

    internal void RaiseEnded()
    {
        Action<NodeProcess>? ended = Ended;
        Ended = null;
        ended?.Invoke(this);
    }
}
