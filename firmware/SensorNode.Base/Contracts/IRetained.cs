using SensorNode.Storage;

namespace SensorNode.Contracts
{
    /// <summary>Something whose state outlives a deep sleep.</summary>
    public interface IRetained
    {
        /// <summary>Puts its state, or says by <see cref="SleepState.IsRefused"/> that it holds what cannot be kept. From the supervisor's thread while all others rest.</summary>
        void Keep(SleepState into);

        /// <summary>Takes back what <see cref="Keep"/> has put, before any thread was started.</summary>
        void Recall(SleepState from);
    }
}
