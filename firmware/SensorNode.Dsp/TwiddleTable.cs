namespace SensorNode.Dsp
{
    /// <summary>The factors between the two passes of <see cref="RealFft"/>.</summary>
    internal static class TwiddleTable
    {
        /// <summary>Output scale as a power of two: 18 bits from the first pass, 18 from the twiddles.</summary>
        public const int OutputBits = 36;

        private const int TwiddleBits = 18;

        /// <summary>Makes cosine and sine of 2 pi k n / N, times 2^18, or 2^36 in row R/4.</summary>
        /// <returns>[k][2 n] cosine, [k][2 n + 1] sine, for k below half the column size and n up to half the row size. Row 0 is null.</returns>
        /// <remarks>
        /// Powers of e^(2 pi i / N) by repeated multiplication in Q30: at most 31 + 16 roundings, so within 2^-24 of the true value.
        /// All angles lie below a quarter turn.
        /// </remarks>
        public static long[][] Create(int points, int rows, int rowSize)
        {
            int cosineStep;
            int sineStep;
            FirstStepQ30(points, out cosineStep, out sineStep);
            long rowCosine = 1L << 30;
            long rowSine = 0;
            long[][] table = new long[rows][];
            for (int k = 1; k < rows; k++)
            {
                long next = (rowCosine * cosineStep - rowSine * sineStep + (1L << 29)) >> 30;
                rowSine = (rowCosine * sineStep + rowSine * cosineStep + (1L << 29)) >> 30;
                rowCosine = next;
                // The first pass leaves row R/4 as it is.
                table[k] = Row(rowCosine, rowSine, rowSize / 2, k + k == rows ? OutputBits : TwiddleBits);
            }
            return table;
        }

        private static long[] Row(long rowCosine, long rowSine, int last, int bits)
        {
            long[] row = new long[2 * last + 2];
            long cosine = 1L << 30;
            long sine = 0;
            for (int n = 0; n <= last; n++)
            {
                row[2 * n] = bits > 30 ? cosine << bits - 30 : cosine + (1L << 29 - bits) >> 30 - bits;
                row[2 * n + 1] = bits > 30 ? sine << bits - 30 : sine + (1L << 29 - bits) >> 30 - bits;
                long next = (cosine * rowCosine - sine * rowSine + (1L << 29)) >> 30;
                sine = (cosine * rowSine + sine * rowCosine + (1L << 29)) >> 30;
                cosine = next;
            }
            return row;
        }

        // cos and sin of 2 pi / N in Q30.
        private static void FirstStepQ30(int points, out int cosine, out int sine)
        {
            switch (points)
            {
                case 128: cosine = 1072448455; sine = 52686014; break;
                case 256: cosine = 1073418433; sine = 26350943; break;
                case 512: cosine = 1073660973; sine = 13176464; break;
                case 1024: cosine = 1073721611; sine = 6588356; break;
                default: cosine = 1073736771; sine = 3294193; break;
            }
        }
    }
}
