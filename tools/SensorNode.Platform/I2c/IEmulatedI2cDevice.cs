namespace SensorNode.Platform;

/// <summary>A chip on the bus, as the wire sees it. Chip models implement this; it outlives reboots of the node.</summary>
/// <remarks>
/// Threads: called by whichever thread holds the node's baton, so never twice at a time. It must not block and must not call the platform.
/// Time:    nanoseconds on the world's timeline. It never goes back, and it does not start anew when the node reboots.
/// </remarks>
public interface IEmulatedI2cDevice
{
    /// <summary>Supply voltage comes up: registers take their reset values. Called once at the start and again after each power cut,
    /// not when the processor alone reboots.</summary>
    void PowerOn(long nowNs);

    /// <summary>One transfer: START, address+W and the written bytes (if any), then, if bytes are to be read, a (repeated) START, address+R and the read bytes, STOP.</summary>
    /// <param name="nowNs">Time of the START condition.</param>
    /// <param name="bitNs">Duration of one bit on the wire, so that a chip can place each byte in time (9 bits a byte).</param>
    /// <param name="write">Bytes after the address, may be empty.</param>
    /// <param name="read">To be filled, may be empty. What stands here on a failure is thrown away.</param>
    /// <returns>FullTransfer if the chip acknowledged everything. The bus injects faults of the wire itself.</returns>
    TransferStatus Transfer(long nowNs, long bitNs, ReadOnlySpan<byte> write, Span<byte> read);
}
