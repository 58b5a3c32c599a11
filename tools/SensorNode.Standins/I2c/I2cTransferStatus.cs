namespace System.Device.I2c
{
    /// <summary>How a transfer ended.</summary>
    public enum I2cTransferStatus
    {
        UnknownError = 0,
        FullTransfer = 1,
        ClockStretchTimeout = 2,
        PartialTransfer = 3,
        SlaveAddressNotAcknowledged = 4
    }
}
