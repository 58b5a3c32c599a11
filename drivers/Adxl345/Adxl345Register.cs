namespace SensorNode.Drivers
{
    /// <summary>Register addresses of the ADXL345, with reset values. Source: Analog Devices ADXL345 data sheet Rev. G, register map.</summary>
    internal static class Adxl345Register
    {
        /// <summary>Identity, always 0xE5.</summary>
        public const byte DevId = 0x00;

        /// <summary>Offset of x; y and z follow. 15.6 mg a count. Reset 0x00.</summary>
        public const byte OfsX = 0x1E;

        /// <summary>Low power in bit 4, rate code in bits 3..0. Reset 0x0A: 100 Hz.</summary>
        public const byte BwRate = 0x2C;

        /// <summary>Measure is bit 3. Reset 0x00: standby.</summary>
        public const byte PowerCtl = 0x2D;

        /// <summary>Interrupt pins. Reset 0x00. The flags in INT_SOURCE do not depend on it.</summary>
        public const byte IntEnable = 0x2E;

        /// <summary>DATA_READY bit 7, watermark bit 1, overrun bit 0. The three clear when data are read. Reset 0x02.</summary>
        public const byte IntSource = 0x30;

        /// <summary>FULL_RES bit 3, justify bit 2, range in bits 1..0. Reset 0x00.</summary>
        public const byte DataFormat = 0x31;

        /// <summary>First of six data bytes, x low first. Reading all six takes one sample out of the FIFO.</summary>
        public const byte DataX0 = 0x32;

        /// <summary>FIFO mode in bits 7..6 (0 bypass, 2 stream), watermark in bits 4..0. Reset 0x00.</summary>
        public const byte FifoCtl = 0x38;

        /// <summary>Samples waiting in bits 5..0.</summary>
        public const byte FifoStatus = 0x39;

        /// <summary>Value of <see cref="DevId"/>.</summary>
        public const byte Identity = 0xE5;

        /// <summary>POWER_CTL: measuring.</summary>
        public const byte Measure = 0x08;

        /// <summary>DATA_FORMAT: 16 g.</summary>
        public const int Range16G = 0x03;

        /// <summary>DATA_FORMAT: the self-test's force.</summary>
        public const int SelfTest = 0x80;

        /// <summary>DATA_FORMAT: full resolution, right-justified, sign-extended.</summary>
        public const byte FullResolution = 0x08;

        /// <summary>FIFO_CTL: stream mode, watermark at half.</summary>
        public const byte FifoStream = 0x90;

        /// <summary>INT_SOURCE: overrun.</summary>
        public const int Overrun = 0x01;
    }
}
