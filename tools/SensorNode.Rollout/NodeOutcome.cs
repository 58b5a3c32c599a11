namespace SensorNode.Rollout;

/// <summary>How far a node is with the release.</summary>
public enum NodeOutcome
{
    /// <summary>Not offered yet.</summary>
    Waiting,

    /// <summary>Offered; it has not begun.</summary>
    Offered,

    /// <summary>Fetches it.</summary>
    Fetching,

    /// <summary>Has all of it and waits for a quiet moment to restart.</summary>
    Complete,

    /// <summary>Runs it on trial.</summary>
    OnTrial,

    /// <summary>It is in force.</summary>
    Confirmed,

    /// <summary>Not for this node: older than what it has, or made for another product or board.</summary>
    LeftOut,

    /// <summary>Held back by the node's setting update.mode.</summary>
    Held,

    /// <summary>The node does not take it.</summary>
    Refused,

    /// <summary>Tried and left for the one before.</summary>
    WentBack,

    /// <summary>Began, and told no result within the time.</summary>
    Silent,
}
