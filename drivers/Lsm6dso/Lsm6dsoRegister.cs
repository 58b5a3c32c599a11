namespace SensorNode.Drivers
{
    /// <summary>Register addresses of the LSM6DSO, with reset values. Source: ST DS12140 Rev 2, register mapping and register description.</summary>
    internal static class Lsm6dsoRegister
    {
        /// <summary>FIFO batch rates: gyroscope in bits 7..4, accelerometer in bits 3..0. Reset 0x00: nothing is batched.</summary>
        public const byte FifoCtrl3 = 0x09;

        /// <summary>FIFO mode in bits 2..0: 0 bypass (clears the FIFO), 6 continuous. Reset 0x00.</summary>
        public const byte FifoCtrl4 = 0x0A;

        /// <summary>Identity, always 0x6C.</summary>
        public const byte WhoAmI = 0x0F;

        /// <summary>Accelerometer rate in bits 7..4, range in bits 3..2, LPF2 in bit 1. Reset 0x00: power-down.</summary>
        public const byte Ctrl1Xl = 0x10;

        /// <summary>BDU bit 6, IF_INC bit 2, SW_RESET bit 0. Reset 0x04.</summary>
        public const byte Ctrl3C = 0x12;

        /// <summary>Accelerometer self-test in bits 1..0: 0 off, 1 positive, 2 negative. Reset 0x00.</summary>
        public const byte Ctrl5C = 0x14;

        /// <summary>I3C_disable is bit 1. Reset 0xE0.</summary>
        public const byte Ctrl9Xl = 0x18;

        /// <summary>Die temperature, low byte; high byte follows. 256 counts a degree, 0 at 25 degrees Celsius.</summary>
        public const byte OutTempL = 0x20;

        /// <summary>FIFO level, bits 7..0. The next register holds bits 9..8 and the flags.</summary>
        public const byte FifoStatus1 = 0x3A;

        /// <summary>Difference of the chip's clock from nominal, signed, 0.15 % a step.</summary>
        public const byte InternalFreqFine = 0x63;

        /// <summary>First of the seven bytes of a FIFO word. A burst that goes on past 0x7E starts again here with the next word.</summary>
        public const byte FifoDataOutTag = 0x78;

        /// <summary>Value of <see cref="WhoAmI"/>.</summary>
        public const byte Identity = 0x6C;

        /// <summary>CTRL3_C: block data update and address increment.</summary>
        public const byte Ctrl3CBduIfInc = 0x44;

        /// <summary>CTRL3_C: software reset, address increment kept.</summary>
        public const byte Ctrl3CReset = 0x05;

        /// <summary>CTRL9_XL: reset value with I3C switched off.</summary>
        public const byte Ctrl9XlI3cOff = 0xE2;

        /// <summary>FIFO_CTRL4: continuous mode.</summary>
        public const byte FifoContinuous = 0x06;

        /// <summary>FIFO_CTRL4: bypass mode.</summary>
        public const byte FifoBypass = 0x00;

        /// <summary>FIFO_STATUS2: FIFO_OVR_IA (bit 6) or FIFO_OVR_LATCHED (bit 3).</summary>
        public const int FifoStatus2Overrun = 0x48;
    }
}
