namespace SensorNode.Contracts
{
    /// <summary>How one sensor operation ended.</summary>
    public enum SensorStatus
    {
        /// <summary>Done; the values are valid.</summary>
        Ok = 0,

        /// <summary>The bus failed or the chip did not answer. Nothing was moved.</summary>
        BusFault = 1,

        /// <summary>The FIFO overran: at least one sample is lost. The FIFO was cleared; the caller throws away the current window.</summary>
        Overrun = 2,

        /// <summary>The identity register does not name the expected chip.</summary>
        WrongChip = 3,

        /// <summary>The chip has no such range or rate.</summary>
        InvalidSetting = 4,

        /// <summary>The chip has no such function.</summary>
        NotSupported = 5,

        /// <summary>A value outside what the sensor can measure, or a checksum that does not fit.</summary>
        ImplausibleValue = 6
    }
}
