using SensorNode.Storage;

namespace SensorNode.Contracts
{
    /// <summary>Something whose state outlives a deep sleep.</summary>
    public interface IRetained
    {
        /// <summary>False while it holds what cannot be kept; the node then sleeps lightly.</summary>
        bool CanBeKept { get; }

        /// <summary>Puts its state. From the supervisor's thread while all others rest.</summary>
        void Keep(SleepState into);

        /// <summary>Takes back what <see cref="Keep"/> has put, before any thread was started.</summary>
        void Recall(SleepState from);
    }
}
