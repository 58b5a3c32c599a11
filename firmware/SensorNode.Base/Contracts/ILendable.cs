namespace SensorNode.Contracts
{
    /// <summary>Memory that its owner gives back for a moment, so that a birth message has room.</summary>
    public interface ILendable
    {
        /// <summary>Frees the memory as soon as it is not in use, and keeps it free for some seconds.</summary>
        /// <param name="nowMs">Time since boot.</param>
        void Lend(long nowMs);
    }
}
