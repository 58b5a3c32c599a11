namespace SensorNode.Platform;

/// <summary>Threads of nodes that wait for one thing, in the order they came. The thing itself lives with the caller.</summary>
/// <remarks>Threads: as everything that node threads share, touched only by the holder of the baton or inside a scheduler callback.</remarks>
public sealed class WaitQueue
{
    internal readonly LinkedList<NodeThread> Waiting = new();

    /// <summary>Whether anybody waits.</summary>
    public bool IsEmpty => Waiting.Count == 0;
}
