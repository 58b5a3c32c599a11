namespace SensorNode.Platform;

/// <summary>Faults of the wire between processor and chip, asked before each transfer.</summary>
public interface II2cFaults
{
    /// <summary>Says what happens to the coming transfer.</summary>
    /// <param name="nowNs">Time of the START condition.</param>
    /// <param name="address">7-bit address.</param>
    /// <param name="write">Bytes to be written.</param>
    /// <param name="read">Filled by the fault if it returns <see cref="I2cFault.StuckData"/>; untouched otherwise.</param>
    I2cFault Next(long nowNs, int address, ReadOnlySpan<byte> write, Span<byte> read);
}
