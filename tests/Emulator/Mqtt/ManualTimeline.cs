namespace SensorNode.Emulator.Tests.Mqtt;

/// <summary>A clock that stands still until a test moves it, with the callbacks that fall due on the way.</summary>
internal sealed class ManualTimeline
{
    private readonly PriorityQueue<Action, (long DueMs, int Order)> _due = new();
    private int _order;

    public long NowMs { get; private set; }

    public void Schedule(long delayMs, Action action) => _due.Enqueue(action, (NowMs + Math.Max(0, delayMs), _order++));

    public void Advance(long ms)
    {
        long endMs = NowMs + ms;
        while (_due.TryPeek(out Action? action, out (long DueMs, int Order) priority) && priority.DueMs <= endMs)
        {
            _due.Dequeue();
            NowMs = Math.Max(NowMs, priority.DueMs);
            action();
        }

        NowMs = endMs;
    }
}
