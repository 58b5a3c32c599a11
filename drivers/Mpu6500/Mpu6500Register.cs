namespace SensorNode.Drivers
{
    /// <summary>Register addresses of the MPU-6500. Source: InvenSense RM-MPU-6500A-00, register map and descriptions.</summary>
    internal static class Mpu6500Register
    {
        /// <summary>Factory codes of the self-test, x, y and z; 0: none.</summary>
        public const byte SelfTestXAccel = 0x0D;

        /// <summary>In <see cref="AccelConfig"/>: the force on all axes.</summary>
        public const int SelfTestAllAxes = 0xE0;

        /// <summary>Output rate is 1 kHz / (1 + value), for FIFO and registers; only with DLPF_CFG 1 to 6 and FCHOICE_B (GYRO_CONFIG, reset value) 0.</summary>
        public const byte SampleRateDivider = 0x19;

        /// <summary>FIFO_MODE is bit 6, DLPF_CFG in bits 2..0: with 0 or 7 the internal rate is 8 kHz and <see cref="SampleRateDivider"/> does not count.</summary>
        public const byte Config = 0x1A;

        /// <summary>In <see cref="Config"/>: a full FIFO takes nothing more.</summary>
        public const byte FifoStopsWhenFull = 0x40;

        /// <summary>In <see cref="Config"/>: DLPF_CFG 1, an internal rate of 1 kHz that the divider divides.</summary>
        public const byte DividerInForce = 0x01;

        /// <summary>Self-test in bits 7..5, range in bits 4..3.</summary>
        public const byte AccelConfig = 0x1C;

        /// <summary>ACCEL_FCHOICE_B bit 3, low-pass in bits 2..0.</summary>
        public const byte AccelConfig2 = 0x1D;

        /// <summary>What goes into the FIFO: accelerometer is bit 3.</summary>
        public const byte FifoEn = 0x23;

        /// <summary>Interrupts that are made: FIFO overflow is bit 4. The pin is not used, the flag is.</summary>
        public const byte IntEnable = 0x38;

        /// <summary>FIFO overflow is bit 4. Cleared by reading.</summary>
        public const byte IntStatus = 0x3A;

        /// <summary>Die temperature, high byte first.</summary>
        public const byte TempOutH = 0x41;

        /// <summary>FIFO_EN bit 6, FIFO_RST bit 2.</summary>
        public const byte UserCtrl = 0x6A;

        /// <summary>H_RESET bit 7, SLEEP bit 6, clock source in bits 2..0.</summary>
        public const byte PowerManagement1 = 0x6B;

        /// <summary>Axes switched off: gyroscope is bits 2..0.</summary>
        public const byte PowerManagement2 = 0x6C;

        /// <summary>Bytes in the FIFO, high byte first.</summary>
        public const byte FifoCountH = 0x72;

        /// <summary>The FIFO itself; the address does not go on.</summary>
        public const byte FifoReadWrite = 0x74;

        /// <summary>Identity, always 0x70.</summary>
        public const byte WhoAmI = 0x75;

        /// <summary>Value of <see cref="WhoAmI"/>.</summary>
        public const byte Identity = 0x70;

        /// <summary>INT_STATUS: FIFO overflow.</summary>
        public const int FifoOverflow = 0x10;
    }
}
