using SensorNode.Update;

namespace SensorNode.Rollout;

/// <summary>One node of a rollout: what it last said, and what follows from it.</summary>
/// <param name="name">Sparkplug name.</param>
public sealed class RolloutNode(string name)
{
    /// <summary>Sparkplug name.</summary>
    public string Name { get; } = name;

    /// <summary>What it last said; null for nothing yet.</summary>
    public NodeUpdateState? State { get; private set; }

    /// <summary>Whether the broker keeps an offer of this release for it.</summary>
    public bool IsOffered { get; set; }

    /// <summary>When its wave began, or when the offer was found.</summary>
    public TimeSpan OfferedAt { get; set; }

    /// <summary>Whether its time is over.</summary>
    public bool IsLate { get; set; }

    /// <summary>Whether it told that the release is for another product or board. That stays, whatever it tells later.</summary>
    public bool IsOther { get; private set; }

    /// <summary>How far it is.</summary>
    public NodeOutcome Outcome { get; private set; }

    /// <summary>The node's reason in words where there is one to tell; else empty.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Bytes of the payload stored, in percent.</summary>
    public int Percent => State is { Total: > 0 } state ? (int)Math.Clamp(100L * state.Stored / state.Total, 0, 100) : 0;

    /// <summary>Counts against the release.</summary>
    public bool HasFailed => Outcome is NodeOutcome.Refused or NodeOutcome.WentBack or NodeOutcome.Silent;

    /// <summary>Nothing more is waited for.</summary>
    public bool IsSettled => HasFailed || Outcome is NodeOutcome.Confirmed or NodeOutcome.LeftOut or NodeOutcome.Held || (IsLate && Outcome is NodeOutcome.Offered or NodeOutcome.Complete);

    /// <summary>Takes what it says.</summary>
    public void Take(NodeUpdateState state) => State = state;

    /// <summary>Says anew how far it is.</summary>
    public void Judge(RolloutRelease release)
    {
        if (IsOther)
        {
            // It looks at the release again every hour, and would count as fetching meanwhile.
            return;
        }

        (Outcome, Reason) = JudgeState(release);
        IsOther = State?.ReasonId == release.IdText && State.Reason is UpdateReason.OtherProduct or UpdateReason.OtherBoard && Outcome == NodeOutcome.LeftOut;
        if (IsLate && Outcome == NodeOutcome.Offered)
        {
            Reason = "no word within the time";
        }

        if (IsLate && Outcome is NodeOutcome.Fetching or NodeOutcome.OnTrial)
        {
            (Outcome, Reason) = (NodeOutcome.Silent, Outcome == NodeOutcome.Fetching ? "began to fetch, and came to no end" : "no word since its trial began");
        }
    }

    private (NodeOutcome, string) JudgeState(RolloutRelease release)
    {
        NodeOutcome idle = IsOffered ? NodeOutcome.Offered : NodeOutcome.Waiting;
        if (State == null)
        {
            return (idle, "");
        }

        if (State.InForceId == release.IdText)
        {
            return (NodeOutcome.Confirmed, "");
        }

        if (State.Phase > 0 && State.DeliveryId == release.IdText && State.Reason != UpdateReason.Held)
        {
            return (State.Phase switch { 1 or 2 => NodeOutcome.Fetching, 3 => NodeOutcome.Complete, _ => NodeOutcome.OnTrial }, "");
        }

        if (State.ReasonId == release.IdText && OutcomeOf(State.Reason) is { } outcome)
        {
            return (outcome, UpdateReason.Text(State.Reason));
        }

        // What UpdateCheck.Age says on the node.
        bool isOlder = release.Manifest.SecurityCounter < State.SecurityCounter;
        bool isSame = release.Manifest.SecurityCounter == State.SecurityCounter && release.Manifest.Version <= State.Version;
        return isOlder ? (NodeOutcome.LeftOut, $"has security counter {State.SecurityCounter}")
            : isSame ? (NodeOutcome.LeftOut, "runs " + RolloutRelease.TextOf(State.Version))
            : (idle, "");
    }

    private static NodeOutcome? OutcomeOf(int reason) => reason switch
    {
        UpdateReason.Held => NodeOutcome.Held,
        UpdateReason.OtherProduct or UpdateReason.OtherBoard => NodeOutcome.LeftOut,
        >= UpdateReason.NoKey and <= UpdateReason.FlashFailed => NodeOutcome.Refused,
        >= UpdateReason.Crashed and <= UpdateReason.CrashedInForce => NodeOutcome.WentBack,
        _ => null,
    };
}
