namespace SensorNode.Platform;

/// <summary>Something that happens at a time: a thread's wait is over, or host code is called. Ordered by time, then by the order of asking.</summary>
public sealed class TimelineEvent : IComparable<TimelineEvent>
{
    internal long TimeNs;
    internal long Sequence;
    internal NodeThread? Thread;
    internal Action? Callback;
    internal NodeProcess? Owner;
    internal bool IsPending;

    internal TimelineEvent()
    {
    }

    /// <inheritdoc/>
    public int CompareTo(TimelineEvent? other)
    {
        if (other == null)
        {
            return 1;
        }

        int byTime = TimeNs.CompareTo(other.TimeNs);
        return byTime != 0 ? byTime : Sequence.CompareTo(other.Sequence);
    }
}
