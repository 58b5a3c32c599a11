using SensorNode.Dsp.Kernels;

namespace SensorNode.Dsp
{
    /// <summary>Squared magnitudes of the bins of a <see cref="RealFft"/>, in the place of the bins.</summary>
    /// <remarks>
    /// Format:   entry k times 2^Exponent is |bin k|^2 in counts squared, bins as in RealFft: not divided by N, no correction
    ///           for the window. A sine of amplitude A counts on bin k gives (A N / 4)^2 with the Hann window.
    /// Order:    bin k at [k / R][k % R], R being the length of all arrays but the one of bin N / 2: 16 up to 256 points, 32 up to 1024, 64 for 2048.
    /// Range:    0 to 2^62; the sum over all entries stays below 2^62 too.
    /// Accuracy: each of re and im is cut to 1/32 count before it is squared.
    /// </remarks>
    public static class PowerSpectrum
    {
        /// <summary>Power of two to multiply the entries by.</summary>
        public const int Exponent = -10;

        /// <summary>Powers with mean removed and a periodic Hann window, both applied to the bins: cheaper than to the samples, and exact.</summary>
        /// <param name="fft">After Transform. Its bins are lost.</param>
        /// <returns>N / 2 + 1 powers, valid until the next Transform.</returns>
        /// <remarks>
        /// The window (1 - cos) / 2 makes bin k / 2 - (bin k-1 + bin k+1) / 4. With d(k) = bin k - bin k+1 that is (d(k) - d(k-1)) / 4.
        /// The mean is bin 0, taken as 0. Four times the result fits a long for every input; where a difference on the way does not, it
        /// wraps and wraps back.
        /// </remarks>
        public static long[][] ComputeHann(RealFft fft)
        {
            long[][] data = fft.Data;
            int rowSize = fft.RowSize;
            if (fft.ColumnSize == 16)
                HannPower16.Run(data, rowSize, data[0], data[rowSize], data[1]);
            else if (fft.ColumnSize == 32)
                HannPower32.Run(data, rowSize, data[0], data[rowSize], data[1]);
            else
                HannPower64.Run(data, rowSize, data[0], data[rowSize], data[1]);
            return data;
        }

        /// <summary>The power of one bin. Loops over many bins go array by array instead.</summary>
        public static long At(long[][] power, int bin)
        {
            int size = power[0].Length;
            return power[bin / size][bin % size];
        }

        /// <summary>Zeros for powers of a transform's size.</summary>
        public static long[][] Allocate(RealFft fft)
        {
            int last = fft.RowSize / 2;
            return Allocate(fft.ColumnSize, last, last + 1);
        }

        internal static long[][] Allocate(int size, int lastBin, int count)
        {
            long[][] arrays = new long[count][];
            for (int i = 0; i < count; i++)
                arrays[i] = new long[i == lastBin ? 1 : size];
            return arrays;
        }
    }
}
