namespace SensorNode.Supervision
{
    /// <summary>A thread's work, as the supervisor sees it.</summary>
    public interface IProgress
    {
        /// <summary>Grows with every step; what stands still has hung.</summary>
        int Progress { get; }
    }
}
