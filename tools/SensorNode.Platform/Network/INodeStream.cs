namespace SensorNode.Platform;

/// <summary>One TCP-like connection, seen from the node.</summary>
/// <remarks>Threads: one reader and one writer, both threads of the node. Blocking happens on the node's scheduler, so virtual time goes on.</remarks>
public interface INodeStream : IDisposable
{
    /// <summary>False once either side has closed and everything received was read.</summary>
    bool IsOpen { get; }

    /// <summary>Bytes that a read would give at once.</summary>
    int AvailableCount { get; }

    /// <summary>Reads what is there, at least one byte; waits for it.</summary>
    /// <param name="buffer">Filled from its start.</param>
    /// <param name="timeoutNs">Longest wait; <see cref="NodeScheduler.Infinite"/> for no limit.</param>
    /// <returns>Bytes read; 0 when the connection is closed or reset; -1 when the time is over.</returns>
    int Read(Span<byte> buffer, long timeoutNs);

    /// <summary>Sends all bytes, or puts them into the way out.</summary>
    /// <returns>False where the connection is gone.</returns>
    bool Write(ReadOnlySpan<byte> buffer);

    /// <summary>Closes in both directions. What was written before is still delivered.</summary>
    void Close();
}
