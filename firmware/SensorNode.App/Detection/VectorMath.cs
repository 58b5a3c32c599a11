namespace SensorNode.Detection
{
    /// <summary>Integer helpers of the detector: distances, roots and logarithms that are the same to the bit everywhere.</summary>
    public static class VectorMath
    {
        /// <summary>Mean square difference of two stretches of Q8 values.</summary>
        /// <returns>Q16, capped at 2^30 - 1.</returns>
        public static int MeanSquare(short[] a, int aOffset, short[] b, int bOffset, int length)
        {
            // Differences stay below 2^14, so 128 squares stay below 2^35.
            long sum = 0;
            int end = aOffset + length;
            for (int i = aOffset; i < end; i++)
            {
                int difference = a[i] - b[bOffset];
                sum += difference * difference;
                bOffset++;
            }

            long mean = sum / length;
            return mean >= (1 << 30) ? (1 << 30) - 1 : (int)mean;
        }

        /// <summary>Largest integer whose square is not above the value. 0 for values below 1.</summary>
        public static int SquareRoot(long value)
        {
            if (value <= 0)
            {
                return 0;
            }

            long bit = 1L << 62;
            while (bit > value)
            {
                bit >>= 2;
            }

            long root = 0;
            while (bit != 0)
            {
                if (value >= root + bit)
                {
                    value -= root + bit;
                    root = (root >> 1) + bit;
                }
                else
                {
                    root >>= 1;
                }

                bit >>= 2;
            }

            return (int)root;
        }

        /// <summary>log2 of a positive number in Q8, rounded down. 0 and below give the value for 1, which is 0.</summary>
        /// <remarks>Squares the mantissa once for each of the eight bits; about 200 IL instructions.</remarks>
        public static int Log2Q8(long value)
        {
            if (value <= 1)
            {
                return 0;
            }

            int log = 0;
            while (value >= 1L << 31)
            {
                value >>= 1;
                log++;
            }

            while (value < 1L << 30)
            {
                value <<= 1;
                log--;
            }

            log += 30;
            for (int i = 0; i < 8; i++)
            {
                value = (value * value) >> 30;
                log <<= 1;
                if (value >= 1L << 31)
                {
                    value >>= 1;
                    log++;
                }
            }

            return log;
        }
    }
}
