namespace SensorNode.Platform;

/// <summary>One thread of a node: a thread of the operating system that runs only while it holds its scheduler's baton.</summary>
public sealed class NodeThread
{
    private const int StackBytes = 512 * 1024;

    [ThreadStatic]
    private static NodeThread? t_current;

    internal readonly SemaphoreSlim Baton = new(0);
    internal readonly List<LinkedListNode<NodeThread>> WaitNodes = [];
    internal TimelineEvent? Deadline;
    internal WaitQueue? WokenBy;
    internal bool TimedOut;
    internal long QuantumStartNs;
    internal int ThrowsAfterPowerOff;
    private Action? _body;

    internal NodeThread(NodeProcess process, int id, string name, Action body)
    {
        Process = process;
        Id = id;
        Name = name;
        _body = body;
    }

    /// <summary>The thread that calls, where it is one of a node's; null in host code.</summary>
    public static NodeThread? Current => t_current;

    /// <summary>The boot it belongs to.</summary>
    public NodeProcess Process { get; }

    /// <summary>Counts from 1 in each boot.</summary>
    public int Id { get; }

    /// <summary>For reports.</summary>
    public string Name { get; }

    /// <summary>Where it stands.</summary>
    public NodeThreadState State { get; internal set; } = NodeThreadState.Unstarted;

    /// <summary>Whoever waits for the end of this thread.</summary>
    public WaitQueue EndedQueue { get; } = new();

    /// <summary>The stand-in's own object for this thread.</summary>
    public object? Tag { get; set; }

    internal void StartOperatingSystemThread()
    {
        var thread = new Thread(Main, StackBytes) { IsBackground = true, Name = Name };
        Interlocked.Increment(ref Process.Scheduler.OperatingSystemThreads);
        thread.Start();
    }

    /// <summary>Runs host code on this thread's stack, seen as host code.</summary>
    internal static void AsHost(Action callback)
    {
        NodeThread? self = t_current;
        t_current = null;
        try
        {
            callback();
        }
        finally
        {
            t_current = self;
        }
    }

    private void Main()
    {
        Baton.Wait();
        t_current = this;
        try
        {
            if (!Process.IsOff)
            {
                _body!();
            }
        }
        catch (NodePoweredOffException)
        {
        }
        catch (Exception exception)
        {
            Process.OnUncaught(this, exception);
        }

        t_current = null;
        _body = null;
        Tag = null;
        Process.Scheduler.OnThreadEnded(this);
        Interlocked.Decrement(ref Process.Scheduler.OperatingSystemThreads);
    }
}
