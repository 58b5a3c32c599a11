using SensorNode.Platform;

namespace SensorNode.Emulator;

/// <summary>One timeline and what lives on it: one node, or several that share a virtual time.</summary>
/// <remarks>
/// Driven in one of two ways: step by step (<see cref="RunFor(TimeSpan)"/>, from the caller's thread), or on a thread of its own
/// (<see cref="Start"/>, <see cref="Stop"/>), which is how a scaled clock is used. Many nodes against real sockets take one world each.
/// </remarks>
public sealed class NodeWorld : IDisposable
{
    private readonly List<EmulatedNode> _nodes = [];
    private Thread? _driver;
    private volatile Exception? _failure;

    /// <param name="mode">How time passes.</param>
    /// <param name="speed">Timeline seconds in a real second, for a scaled clock.</param>
    public NodeWorld(ClockMode mode = ClockMode.Virtual, double speed = 1) => Scheduler = new NodeScheduler(mode, speed);

    /// <summary>Time and turns.</summary>
    public NodeScheduler Scheduler { get; }

    /// <summary>The nodes, in the order of adding.</summary>
    public IReadOnlyList<EmulatedNode> Nodes => _nodes;

    /// <summary>Time on the timeline.</summary>
    public TimeSpan Now => TimeSpan.FromTicks(Scheduler.NowNs / 100);

    /// <summary>Whether a thread of its own drives it.</summary>
    public bool IsStarted => _driver != null;

    /// <summary>Puts a node into the world, without power.</summary>
    public EmulatedNode Add(EmulatedNodeOptions options)
    {
        var node = new EmulatedNode(this, options);
        _nodes.Add(node);
        return node;
    }

    /// <summary>Runs for a time and returns.</summary>
    public void RunFor(TimeSpan duration) => Scheduler.RunUntil(Scheduler.NowNs + duration.Ticks * 100);

    /// <summary>Runs until something holds, looked at every so often on the timeline.</summary>
    /// <param name="condition">Looked at between threads, on the caller's thread.</param>
    /// <param name="limit">Longest time.</param>
    /// <param name="step">Time between two looks; 10 ms if left out.</param>
    /// <returns>Whether it holds.</returns>
    public bool RunUntil(Func<bool> condition, TimeSpan limit, TimeSpan? step = null)
    {
        TimeSpan end = Now + limit;
        while (!condition())
        {
            if (Now >= end)
            {
                return false;
            }

            RunFor(step ?? TimeSpan.FromMilliseconds(10));
        }

        return true;
    }

    /// <summary>Drives from a thread of its own from here on.</summary>
    public void Start()
    {
        if (_driver != null)
        {
            throw new InvalidOperationException("The world runs.");
        }

        _driver = new Thread(Drive, 1024 * 1024) { IsBackground = true, Name = "world" };
        _driver.Start();
    }

    /// <summary>Stands still from here on; nodes keep their power.</summary>
    public void Stop()
    {
        if (_driver == null)
        {
            return;
        }

        do
        {
            Scheduler.Pause();
        }
        while (!_driver.Join(10));

        _driver = null;
        if (_failure is { } failure)
        {
            _failure = null;
            throw new InvalidOperationException("The emulator's own code failed: " + failure.Message, failure);
        }
    }

    /// <summary>Stops, and takes the power from every node.</summary>
    public void Dispose()
    {
        Stop();
        foreach (EmulatedNode node in _nodes)
        {
            node.PowerOff();
        }
    }

    /// <summary>Lets threads without power end. Nothing else moves.</summary>
    internal void Drain()
    {
        if (!IsStarted)
        {
            Scheduler.RunUntil(Scheduler.NowNs);
        }
    }

    private void Drive()
    {
        try
        {
            Scheduler.RunUntil(NodeScheduler.Infinite);
        }
        catch (Exception exception)
        {
            _failure = exception;
        }
    }
}
