namespace SensorNode.Storage
{
    /// <summary>How a search for the next record ended.</summary>
    public enum JournalReadStatus
    {
        /// <summary>A valid record was read.</summary>
        Record = 0,

        /// <summary>There is none at or after that number.</summary>
        End = 1,

        /// <summary>Flash could not be read now; try again.</summary>
        Failed = 2
    }
}
