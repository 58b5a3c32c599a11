namespace SensorNode.Drivers
{
    /// <summary>What the LSM6DSO can be set to, and the bits for it. No state, no bus.</summary>
    internal static class Lsm6dsoSettings
    {
        private static readonly int[] NominalRatesHz = { 0, 12, 26, 52, 104, 208, 417, 833, 1667, 3333, 6667 };

        /// <summary>FS_XL at its place in CTRL1_XL, or -1. The order is the chip's: 2, 16, 4, 8 g. Source: DS12140, CTRL1_XL.</summary>
        public static int RangeBits(int rangeG)
        {
            switch (rangeG)
            {
                case 2: return 0x00;
                case 4: return 0x08;
                case 8: return 0x0C;
                case 16: return 0x04;
                default: return -1;
            }
        }

        /// <summary>ODR_XL and BDR_XL code 1 to 10, or -1.</summary>
        public static int RateIndex(int outputRateHz)
        {
            for (int i = 1; i < NominalRatesHz.Length; i++)
            {
                if (NominalRatesHz[i] == outputRateHz)
                {
                    return i;
                }
            }

            return -1;
        }

        /// <summary>The rate that this very chip runs at: 6667 Hz x (1 + 0.0015 x trim) / ratio, ratio 1, 2, 4 .. 512. Source: DS12140, INTERNAL_FREQ_FINE.</summary>
        /// <param name="rateIndex">1 to 10.</param>
        /// <param name="trim">-128 to 127, steps of 0.15 %.</param>
        public static int OutputRateMilliHz(int rateIndex, int trim)
        {
            // At most 6667 x 11905 = 79 million.
            int fullMilliHz = 6667 * (10000 + (15 * trim)) / 10;
            int shift = 10 - rateIndex;
            return (fullMilliHz + ((1 << shift) >> 1)) >> shift;
        }

        /// <summary>Sixteen output periods, 10 to 320 ms.</summary>
        public static int TurnOnMs(int outputRateMilliHz)
        {
            int milliseconds = 16000000 / outputRateMilliHz;
            return milliseconds < 10 ? 10 : milliseconds > 320 ? 320 : milliseconds;
        }
    }
}
