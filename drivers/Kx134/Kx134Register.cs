namespace SensorNode.Drivers
{
    /// <summary>Register addresses of the KX134-1211. Source: Kionix KX134-1211 Technical Reference Manual Rev. 1.0, register map.</summary>
    internal static class Kx134Register
    {
        /// <summary>Command test response: 0x55 after a reset.</summary>
        public const byte Cotr = 0x12;

        /// <summary>Identity, always 0x46.</summary>
        public const byte WhoAmI = 0x13;

        /// <summary>PC1 (operating) bit 7, RES (high performance) bit 6, range in bits 4..3.</summary>
        public const byte Cntl1 = 0x1B;

        /// <summary>SRST (software reset) is bit 7.</summary>
        public const byte Cntl2 = 0x1C;

        /// <summary>IIR_BYPASS bit 7, LPRO (filter at half the rate instead of a ninth) bit 6, rate in bits 3..0. Reset 0x06.</summary>
        public const byte OdCntl = 0x21;

        /// <summary>BUFE bit 7, BRES (16 bits) bit 6, mode in bits 1..0: 1 stream.</summary>
        public const byte BufCntl2 = 0x5F;

        /// <summary>Bytes in the buffer, bits 7..0. The next register holds bits 9..8.</summary>
        public const byte BufStatus1 = 0x60;

        /// <summary>Any write empties the buffer.</summary>
        public const byte BufClear = 0x62;

        /// <summary>The buffer itself; the address does not go on.</summary>
        public const byte BufRead = 0x63;

        /// <summary>Value of <see cref="WhoAmI"/>.</summary>
        public const byte Identity = 0x46;

        /// <summary>Value of <see cref="Cotr"/>.</summary>
        public const byte CotrAfterReset = 0x55;

        /// <summary>BUF_CNTL2: buffer on, 16 bits, stream mode.</summary>
        public const byte BufferStream = 0xC1;
    }
}
