namespace SensorNode.Contracts
{
    /// <summary>The node's console. For people at the bench; nothing depends on it.</summary>
    public interface ILog
    {
        /// <summary>Writes one line with the time since boot in front of it. Never a secret.</summary>
        void Write(string line);
    }
}
