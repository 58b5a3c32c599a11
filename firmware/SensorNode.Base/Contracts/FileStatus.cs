namespace SensorNode.Contracts
{
    /// <summary>How one file operation ended.</summary>
    public enum FileStatus
    {
        /// <summary>Done, and durable.</summary>
        Ok = 0,

        /// <summary>No file of that name.</summary>
        NotFound = 1,

        /// <summary>The file system is full. What stood before is still there; a new file may hold a part.</summary>
        Full = 2,

        /// <summary>The file system failed. What stood before is still there; a file being written may hold a part.</summary>
        Failed = 3
    }
}
