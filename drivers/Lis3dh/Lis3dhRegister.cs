namespace SensorNode.Drivers
{
    /// <summary>Register addresses of the LIS3DH, with reset values. Source: ST LIS3DH datasheet (DocID17530), register mapping.</summary>
    internal static class Lis3dhRegister
    {
        /// <summary>Identity, always 0x33.</summary>
        public const byte WhoAmI = 0x0F;

        /// <summary>Rate in bits 7..4, low power in bit 3, axes in bits 2..0. Reset 0x07: power-down.</summary>
        public const byte CtrlReg1 = 0x20;

        /// <summary>High-pass filter. Reset 0x00: off.</summary>
        public const byte CtrlReg2 = 0x21;

        /// <summary>BDU bit 7, range in bits 5..4, high resolution in bit 3, self-test in bits 2..1. Reset 0x00.</summary>
        public const byte CtrlReg4 = 0x23;

        /// <summary>FIFO_EN is bit 6. Reset 0x00.</summary>
        public const byte CtrlReg5 = 0x24;

        /// <summary>First of six data bytes, x low first, with the address-increment bit. In FIFO mode a burst rolls over from 0x2D to 0x28.</summary>
        public const byte OutXLBurst = 0x28 | 0x80;

        /// <summary>FIFO mode in bits 7..6: 0 bypass (clears the FIFO), 2 stream. Reset 0x00.</summary>
        public const byte FifoCtrl = 0x2E;

        /// <summary>WTM bit 7, OVRN_FIFO bit 6, EMPTY bit 5, samples waiting in bits 4..0.</summary>
        public const byte FifoSrc = 0x2F;

        /// <summary>Value of <see cref="WhoAmI"/>.</summary>
        public const byte Identity = 0x33;

        /// <summary>CTRL_REG4: block data update.</summary>
        public const int BlockDataUpdate = 0x80;

        /// <summary>CTRL_REG4: self-test 0, a force in the positive direction.</summary>
        public const int SelfTest0 = 0x02;

        /// <summary>CTRL_REG5: FIFO on.</summary>
        public const byte FifoEnable = 0x40;

        /// <summary>FIFO_CTRL_REG: stream mode.</summary>
        public const byte FifoStream = 0x80;

        /// <summary>FIFO_SRC_REG: the FIFO is full.</summary>
        public const int Overrun = 0x40;

        /// <summary>FIFO_SRC_REG: the FIFO is empty.</summary>
        public const int Empty = 0x20;
    }
}
