namespace SensorNode.Platform;

/// <summary>How one I2C transfer ended on the wire; the numbers are those of the device's I2cTransferStatus.</summary>
public enum TransferStatus
{
    /// <summary>The bus gave no reason.</summary>
    UnknownError = 0,

    /// <summary>Every byte was moved and acknowledged.</summary>
    FullTransfer = 1,

    /// <summary>The device held the clock for too long.</summary>
    ClockStretchTimeout = 2,

    /// <summary>The device stopped acknowledging in the middle.</summary>
    PartialTransfer = 3,

    /// <summary>No device answered at the address.</summary>
    AddressNotAcknowledged = 4
}
