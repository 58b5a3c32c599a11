namespace SensorNode.Platform;

/// <summary>Where a thread of a node stands.</summary>
public enum NodeThreadState
{
    /// <summary>Made, not started.</summary>
    Unstarted,

    /// <summary>Waits for the baton only.</summary>
    Ready,

    /// <summary>Holds the baton.</summary>
    Running,

    /// <summary>Waits for an event or a time.</summary>
    Waiting,

    /// <summary>Over.</summary>
    Ended
}
