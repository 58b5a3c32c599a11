namespace SensorNode.Platform;

/// <content>The end of a boot.</content>
public sealed partial class NodeScheduler
{
    /// <summary>Throws where the boot has no power. Every platform call begins with this.</summary>
    public void ThrowIfOff(NodeProcess process)
    {
        if (!process.IsOff)
        {
            return;
        }

        NodeThread? self = NodeThread.Current;
        if (self != null && ++self.ThrowsAfterPowerOff > ThrowsBeforeParking)
        {
            Park(self);
        }

        throw new NodePoweredOffException();
    }

    internal int CountAlive(NodeProcess process)
    {
        lock (_gate)
        {
            return process.Alive.Count;
        }
    }

    internal void PowerOff(NodeProcess process, EndReason reason)
    {
        lock (_gate)
        {
            if (process.IsOff)
            {
                return;
            }

            process.IsOff = true;
            process.EndReason = reason;
            process.Exclusive = null;
            RemoveEventsOf(process);
            foreach (NodeThread thread in process.Alive)
            {
                if (thread.State == NodeThreadState.Waiting)
                {
                    Wake(thread, null);
                }
            }

            ReportEndIfOver(process);
            Monitor.PulseAll(_gate);
        }
    }

    internal void OnThreadEnded(NodeThread thread)
    {
        lock (_gate)
        {
            thread.State = NodeThreadState.Ended;
            thread.Process.Alive.Remove(thread);
            while (thread.EndedQueue.Waiting.First is { } first)
            {
                Wake(first.Value, thread.EndedQueue);
            }

            ReportEndIfOver(thread.Process);
            _current = null;
        }

        // The thread is about to be gone, so somebody else has to look for the next one.
        _driverWake.Release();
    }

    private void ReportEndIfOver(NodeProcess process)
    {
        if (process.Alive.Count > 0 || process.IsEndReported)
        {
            return;
        }

        process.IsEndReported = true;
        process.IsOff = true;
        RemoveEventsOf(process);
        if (process.EndReason == EndReason.None)
        {
            process.EndReason = EndReason.Exited;
        }

        AddEvent(_nowNs, null, process.RaiseEnded, null);
    }

    private void RemoveEventsOf(NodeProcess process)
    {
        foreach (TimelineEvent entry in _events.Where(e => e.Owner == process).ToArray())
        {
            RemoveEvent(entry);
        }
    }

    private void Park(NodeThread self)
    {
        lock (_gate)
        {
            self.Process.ParkedThreadCount++;
        }

        OnThreadEnded(self);

        // It never comes back to where it took the lock.
        while (Monitor.IsEntered(_gate))
        {
            Monitor.Exit(_gate);
        }

        Thread.Sleep(Timeout.Infinite);
    }
}
