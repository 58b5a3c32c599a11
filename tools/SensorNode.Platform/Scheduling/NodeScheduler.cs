namespace SensorNode.Platform;

/// <summary>One timeline and one baton: the threads of one node, or of several nodes that share a time.</summary>
/// <remarks>
/// Only the holder of the baton runs. It gives the baton up when it waits, when its quantum of 20 ms is over, or when it ends; while
/// everybody waits, the timeline moves to the next event. A host thread drives: <see cref="RunUntil"/>.
/// Host code takes part through <see cref="Post"/>: callbacks run between threads, must not block, and may come from any thread.
/// Host threads that call firmware directly (no thread of a node) are served as long as nothing has to wait.
/// </remarks>
public sealed partial class NodeScheduler
{
    /// <summary>Time a thread runs while others are ready.</summary>
    public const long QuantumNs = 20_000_000;

    /// <summary>Waits end no sooner than this, as on the device.</summary>
    public const long ShortestWaitNs = 10_000_000;

    /// <summary>For waits without a limit.</summary>
    public const long Infinite = long.MaxValue;

    internal int OperatingSystemThreads;

    private const int ThrowsBeforeParking = 10_000;

    /// <param name="mode">How time passes.</param>
    /// <param name="speed">Timeline seconds in a real second; for <see cref="ClockMode.Scaled"/> only.</param>
    public NodeScheduler(ClockMode mode, double speed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        Mode = mode;
        Speed = speed;
        _clock = mode == ClockMode.Scaled ? new ScaledClock(speed) : null;
    }

    /// <summary>How time passes.</summary>
    public ClockMode Mode { get; }

    /// <summary>Timeline seconds in a real second.</summary>
    public double Speed { get; }

    /// <summary>Threads of the operating system that threads of nodes hold, those that are parked for good among them.</summary>
    public int OperatingSystemThreadCount => Volatile.Read(ref OperatingSystemThreads);

    /// <summary>A new boot of a node.</summary>
    public NodeProcess CreateProcess(string name) => new(this, name);

    /// <summary>Lets a new thread take part.</summary>
    public void Start(NodeThread thread)
    {
        lock (_gate)
        {
            ThrowIfOff(thread.Process);
            if (thread.State != NodeThreadState.Unstarted)
            {
                throw new InvalidOperationException("The thread was started before.");
            }

            thread.Process.Alive.Add(thread);
            MakeReady(thread);
        }

        thread.StartOperatingSystemThread();
    }

    /// <summary>Calls host code on the timeline.</summary>
    /// <param name="delayNs">From now; 0 for as soon as the baton is free.</param>
    /// <param name="callback">Must not block.</param>
    /// <param name="owner">Boot whose end cancels the call; null for none.</param>
    public TimelineEvent Post(long delayNs, Action callback, NodeProcess? owner = null)
    {
        lock (_gate)
        {
            TimelineEvent entry = AddEvent(NowLocked() + Math.Max(0, delayNs), null, callback, owner);
            Monitor.PulseAll(_gate);
            return entry;
        }
    }

    /// <summary>Takes a call back that has not happened.</summary>
    public void Cancel(TimelineEvent entry)
    {
        lock (_gate)
        {
            RemoveEvent(entry);
        }
    }

    /// <summary>Spends time with the baton in hand: computation, a bus transfer, a flash operation. Nobody else runs meanwhile.</summary>
    public void Charge(NodeProcess process, long costNs)
    {
        NodeThread? self = NodeThread.Current;
        NodeThread? next;
        lock (_gate)
        {
            ThrowIfOff(process);
            _nowNs += costNs;
            if (self == null)
            {
                return;
            }

            Throttle(self);
            ThrowIfOff(process);
            if (_nowNs - self.QuantumStartNs < QuantumNs && _nowNs < _limitNs)
            {
                return;
            }

            RunDueEvents();
            MakeReady(self);
            next = PickNext();
        }

        HandOver(self, next);
        ThrowIfOff(process);
    }

    /// <summary>Waits for a time. 0 or less only lets the others run.</summary>
    public void Sleep(NodeProcess process, long durationNs)
    {
        NodeThread? self = NodeThread.Current;
        if (self == null)
        {
            Charge(process, Math.Max(0, durationNs));
            return;
        }

        if (durationNs > 0)
        {
            Wait(process, [], durationNs);
            return;
        }

        NodeThread? next;
        lock (_gate)
        {
            ThrowIfOff(process);
            _nowNs += process.CallCostNs;
            RunDueEvents();
            MakeReady(self);
            next = PickNext();
        }

        HandOver(self, next);
        ThrowIfOff(process);
    }

    /// <summary>Waits until one of the queues is woken, or the time is over.</summary>
    /// <param name="process">The caller's boot.</param>
    /// <param name="queues">What to wait for.</param>
    /// <param name="timeoutNs">From now; <see cref="Infinite"/> for no limit. Shorter than 10 ms takes 10 ms.</param>
    /// <returns>The queue that was woken; null when the time is over.</returns>
    public WaitQueue? Wait(NodeProcess process, ReadOnlySpan<WaitQueue> queues, long timeoutNs)
    {
        NodeThread self = NodeThread.Current
            ?? throw new InvalidOperationException("A host thread called firmware that has to wait; run it in a thread of the node.");
        NodeThread? next;
        lock (_gate)
        {
            ThrowIfOff(process);
            self.State = NodeThreadState.Waiting;
            self.WokenBy = null;
            self.TimedOut = false;
            foreach (WaitQueue queue in queues)
            {
                self.WaitNodes.Add(queue.Waiting.AddLast(self));
            }

            if (timeoutNs != Infinite)
            {
                self.Deadline = AddEvent(_nowNs + Math.Max(timeoutNs, ShortestWaitNs), self, null, process);
            }

            next = PickNext();
        }

        HandOver(self, next);
        ThrowIfOff(process);
        return self.WokenBy;
    }

    /// <summary>The whole chip sleeps: no thread of the node runs, and what its threads wait for comes later by that time.</summary>
    public void LightSleep(NodeProcess process, long durationNs)
    {
        lock (_gate)
        {
            ThrowIfOff(process);
            foreach (TimelineEvent entry in _events.Where(entry => entry.Owner == process && entry.Thread != null).ToArray())
            {
                RemoveEvent(entry);
                entry.Thread!.Deadline = AddEvent(entry.TimeNs + durationNs, entry.Thread, null, process);
            }
        }

        long beganNs = NowNs;
        BeginExclusive(process);
        Wait(process, [], durationNs);
        EndExclusive(process);
        process.SleptNs += NowNs - beganNs;
    }

    /// <summary>Wakes the thread that has waited longest.</summary>
    /// <returns>False where nobody waits.</returns>
    public bool WakeOne(WaitQueue queue)
    {
        lock (_gate)
        {
            NodeThread? first = queue.Waiting.First?.Value;
            if (first == null)
            {
                return false;
            }

            Wake(first, queue);
            return true;
        }
    }

    /// <summary>Wakes everybody who waits.</summary>
    public void WakeAll(WaitQueue queue)
    {
        while (WakeOne(queue))
        {
        }
    }

    /// <summary>From here on only the calling thread of its node runs, as during a name look-up or a TLS handshake on the device.</summary>
    public void BeginExclusive(NodeProcess process)
    {
        lock (_gate)
        {
            ThrowIfOff(process);
            process.Exclusive = NodeThread.Current;
        }
    }

    /// <summary>Ends what <see cref="BeginExclusive"/> began.</summary>
    public void EndExclusive(NodeProcess process)
    {
        lock (_gate)
        {
            process.Exclusive = null;
        }
    }
}
