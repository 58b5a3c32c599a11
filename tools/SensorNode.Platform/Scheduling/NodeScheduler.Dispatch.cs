using System.Runtime.ExceptionServices;

namespace SensorNode.Platform;

/// <content>Who runs next, and how time gets there. Everything here is called with the lock held, unless it says otherwise.</content>
public sealed partial class NodeScheduler
{
    /// <summary>How far the timeline may run ahead of real time before a busy thread is held back, and how far it may lag before the anchor slips; in real time.</summary>
    private const long SlackRealNs = 5_000_000;
    private const long LagRealNs = 200_000_000;

    private readonly object _gate = new();
    private readonly SemaphoreSlim _driverWake = new(0);
    private readonly SortedSet<TimelineEvent> _events = [];
    private readonly LinkedList<NodeThread> _ready = new();
    private readonly ScaledClock? _clock;
    private NodeThread? _current;
    private ExceptionDispatchInfo? _callbackFailure;
    private long _nowNs;
    private long _limitNs;
    private long _sequence;
    private long _idleUntilNs = -1;
    private bool _isDriven;

    /// <summary>Nanoseconds on the timeline, from any thread.</summary>
    public long NowNs
    {
        get
        {
            lock (_gate)
            {
                return NowLocked();
            }
        }
    }

    /// <summary>Scaled clock only: time by which the timeline was held back because the computer was too slow.</summary>
    public long SlippedNs { get; private set; }

    /// <summary>Dispatches of a thread, for measuring.</summary>
    public long SwitchCount { get; private set; }

    /// <summary>Runs everything up to a time. The caller's thread drives and returns when that time is reached, or <see cref="Pause"/> was called,
    /// or, on a virtual clock, when nothing can happen any more. What a host callback threw comes out here.</summary>
    public void RunUntil(long timeNs)
    {
        lock (_gate)
        {
            if (_isDriven)
            {
                throw new InvalidOperationException("Another thread drives this scheduler.");
            }

            _isDriven = true;
            _limitNs = timeNs;
            _clock?.Anchor(_nowNs);
        }

        while (true)
        {
            NodeThread? next;
            lock (_gate)
            {
                next = PickNext();
                if (next == null)
                {
                    _isDriven = false;
                    if (_limitNs == timeNs && timeNs != Infinite)
                    {
                        _nowNs = Math.Max(_nowNs, timeNs);
                    }

                    _limitNs = _nowNs;
                    break;
                }
            }

            next.Baton.Release();
            _driverWake.Wait();
        }

        ExceptionDispatchInfo? failure = _callbackFailure;
        _callbackFailure = null;
        failure?.Throw();
    }

    /// <summary>Makes <see cref="RunUntil"/> return soon. From any thread.</summary>
    public void Pause()
    {
        lock (_gate)
        {
            _limitNs = Math.Min(_limitNs, _nowNs);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Not under the lock: gives the baton to the next thread, or to the driver, and waits to get it back.</summary>
    private void HandOver(NodeThread self, NodeThread? next)
    {
        if (next == self)
        {
            return;
        }

        (next?.Baton ?? _driverWake).Release();
        self.Baton.Wait();
    }

    /// <summary>Moves time on until a thread can run.</summary>
    /// <returns>The thread that now holds the baton; null if the driver has it: the limit is reached or nothing is left to happen.</returns>
    private NodeThread? PickNext()
    {
        _current = null;
        while (true)
        {
            RunDueEvents();
            NodeThread? next = TakeReady();
            if (next != null)
            {
                next.State = NodeThreadState.Running;
                next.QuantumStartNs = _nowNs;
                _current = next;
                SwitchCount++;
                return next;
            }

            long until = Math.Min(_events.Min?.TimeNs ?? Infinite, _limitNs);
            if (_nowNs >= _limitNs || (until == Infinite && _clock == null))
            {
                return null;
            }

            PassTime(until);
        }
    }

    private NodeThread? TakeReady()
    {
        for (LinkedListNode<NodeThread>? node = _ready.First; node != null; node = node.Next)
        {
            NodeProcess process = node.Value.Process;
            bool isFree = process.Exclusive == null || process.Exclusive == node.Value;
            if (isFree && (_nowNs < _limitNs || process.IsOff))
            {
                _ready.Remove(node);
                return node.Value;
            }
        }

        return null;
    }

    private void PassTime(long untilNs)
    {
        if (_clock == null)
        {
            _nowNs = untilNs;
            return;
        }

        long target = _clock.TargetNs;
        if (target < untilNs)
        {
            _idleUntilNs = untilNs;
            Monitor.Wait(_gate, untilNs == Infinite ? 1000 : _clock.RealMsUntil(untilNs));
            _idleUntilNs = -1;
            target = _clock.TargetNs;
        }

        LimitLag(target);
        _nowNs = Math.Max(_nowNs, Math.Min(target, untilNs));
    }

    private void LimitLag(long targetNs)
    {
        long lag = targetNs - _nowNs;
        long allowed = (long)(LagRealNs * Speed);
        bool isIdle = _events.Count == 0 || _events.Min!.TimeNs > targetNs;
        if (lag > allowed && !isIdle)
        {
            SlippedNs += lag - allowed;
            _clock!.Anchor(_nowNs + allowed);
        }
    }

    /// <summary>Holds a busy thread back whose charges have run ahead of real time.</summary>
    private void Throttle(NodeThread self)
    {
        if (_clock == null)
        {
            return;
        }

        long slack = (long)(SlackRealNs * Speed);
        while (_nowNs - _clock.TargetNs > slack && !self.Process.IsOff && _limitNs > _nowNs)
        {
            Monitor.Wait(_gate, _clock.RealMsUntil(_nowNs));
        }
    }

    /// <summary>Ends waits and makes calls whose time has come. Gives the lock up during a call.</summary>
    private void RunDueEvents()
    {
        while (_events.Min is { } entry && entry.TimeNs <= _nowNs)
        {
            RemoveEvent(entry);
            if (entry.Thread != null)
            {
                entry.Thread.TimedOut = true;
                Wake(entry.Thread, null);
                continue;
            }

            Monitor.Exit(_gate);
            Exception? failure = null;
            try
            {
                NodeThread.AsHost(entry.Callback!);
            }
            catch (NodePoweredOffException)
            {
                // Power went, from another thread, after the event was taken: as if it had gone just before.
            }
            catch (Exception exception)
            {
                failure = exception;
            }

            Monitor.Enter(_gate);
            if (failure != null)
            {
                // The caller is host code, but the stack may be a node's: the driver gets it.
                _callbackFailure ??= ExceptionDispatchInfo.Capture(failure);
                _limitNs = _nowNs;
            }
        }
    }

    private void Wake(NodeThread thread, WaitQueue? by)
    {
        foreach (LinkedListNode<NodeThread> node in thread.WaitNodes)
        {
            node.List?.Remove(node);
        }

        thread.WaitNodes.Clear();
        if (thread.Deadline != null)
        {
            RemoveEvent(thread.Deadline);
            thread.Deadline = null;
        }

        thread.WokenBy = by;
        MakeReady(thread);
    }

    private void MakeReady(NodeThread thread)
    {
        thread.State = NodeThreadState.Ready;
        _ready.AddLast(thread);
        Monitor.PulseAll(_gate);
    }

    private TimelineEvent AddEvent(long timeNs, NodeThread? thread, Action? callback, NodeProcess? owner)
    {
        var entry = new TimelineEvent { TimeNs = timeNs, Sequence = _sequence++, Thread = thread, Callback = callback, Owner = owner, IsPending = true };
        _events.Add(entry);
        return entry;
    }

    private void RemoveEvent(TimelineEvent entry)
    {
        if (entry.IsPending)
        {
            entry.IsPending = false;
            _events.Remove(entry);
        }
    }

    private long NowLocked() => _idleUntilNs < 0 ? _nowNs : Math.Max(_nowNs, Math.Min(_clock!.TargetNs, _idleUntilNs));
}
