namespace SensorNode.Contracts
{
    /// <summary>How one bus transfer ended. On anything but <see cref="Ok"/> the buffer is as it was.</summary>
    public enum TransferStatus
    {
        /// <summary>Every byte was moved and acknowledged.</summary>
        Ok = 0,

        /// <summary>No device answered at the address.</summary>
        NotAcknowledged = 1,

        /// <summary>The device held the clock for too long.</summary>
        TimedOut = 2,

        /// <summary>The device stopped acknowledging in the middle of the transfer.</summary>
        Partial = 3,

        /// <summary>The bus gave no reason.</summary>
        Unknown = 4
    }
}
