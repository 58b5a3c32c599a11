namespace SensorNode.Contracts
{
    /// <summary>The node's flash files. Names are flat, up to 31 characters of a-z, 0-9, '-', '_' and '.'.</summary>
    /// <remarks>
    /// Durability: a write counts when the call has returned Ok, not before; power may fail inside any call and leave a torn last write.
    /// There is no atomic replace: write a new file, then make it count by one small record.
    /// Errors: no call throws for what the drive does. A full drive may show as Full or as Failed: the platform does not always say which.
    /// Threads: one at a time; callers share one lock. Cost: each call blocks every thread while flash is written (10 to 100 ms).
    /// </remarks>
    public interface IFileStore
    {
        /// <summary>Length in bytes.</summary>
        /// <returns>-1: there is no such file, or the platform says so; it may where the drive fails. Less: could not be found out.</returns>
        int Length(string name);

        /// <summary>Reads part of a file.</summary>
        /// <param name="name">File name.</param>
        /// <param name="fileOffset">First byte read.</param>
        /// <param name="buffer">Written from offset on.</param>
        /// <param name="offset">First index written.</param>
        /// <param name="count">Most bytes to read.</param>
        /// <param name="read">Bytes read; less than count only at the end of the file.</param>
        FileStatus Read(string name, int fileOffset, byte[] buffer, int offset, int count, out int read);

        /// <summary>Creates the file, or replaces all of it, and closes it.</summary>
        FileStatus Write(string name, byte[] buffer, int offset, int count);

        /// <summary>Adds at the end of the file, which is created where it is missing, and closes it.</summary>
        FileStatus Append(string name, byte[] buffer, int offset, int count);

        /// <summary>Deletes the file. Ok too where there was none.</summary>
        FileStatus Delete(string name);

        /// <summary>Gives the file a new name. The new name must be free.</summary>
        /// <returns>Ok; NotFound; Failed, also where the new name is taken.</returns>
        FileStatus Move(string from, string to);

        /// <summary>Names of all files, in no order.</summary>
        /// <returns>Null where the drive could not be read: that is not an empty drive, and nobody may take it for one.</returns>
        string[] List();
    }
}
