namespace System.Device.I2c
{
    /// <summary>Status and bytes moved: the only place where a failed transfer shows.</summary>
    public struct I2cTransferResult
    {
        internal I2cTransferResult(uint bytesTransferred, I2cTransferStatus status)
        {
            BytesTransferred = bytesTransferred;
            Status = status;
        }

        public uint BytesTransferred { get; }

        public I2cTransferStatus Status { get; }
    }
}
