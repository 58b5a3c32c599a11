using SensorNode.Platform;

namespace SensorNode.Emulator;

/// <summary>One direction of a connection: things arrive in order, after the network's delay, and not while the network is away.</summary>
internal sealed class DelayLane(NodeScheduler scheduler, InMemoryNetwork network)
{
    private const long RetryNs = 200_000_000;

    private readonly Queue<(long AtNs, Action Arrive)> _queue = new();
    private bool _isRunning;

    /// <summary>From any thread.</summary>
    public void Post(Action arrive)
    {
        lock (_queue)
        {
            _queue.Enqueue((scheduler.NowNs + network.LatencyNs, arrive));
            if (_isRunning)
            {
                return;
            }

            _isRunning = true;
        }

        scheduler.Post(network.LatencyNs, Deliver);
    }

    private void Deliver()
    {
        while (true)
        {
            (long AtNs, Action Arrive) next;
            lock (_queue)
            {
                if (!_queue.TryPeek(out next))
                {
                    _isRunning = false;
                    return;
                }

                long waitNs = network.IsReachable ? next.AtNs - scheduler.NowNs : RetryNs;
                if (waitNs > 0)
                {
                    scheduler.Post(waitNs, Deliver);
                    return;
                }

                _queue.Dequeue();
            }

            next.Arrive();
        }
    }
}
