using SensorNode.Dsp.Kernels;

namespace SensorNode.Dsp
{
    /// <summary>Squared magnitudes of the bins of a <see cref="RealFft"/>.</summary>
    /// <remarks>
    /// Format:   long[N / 2 + 1]; entry k times 2^Exponent is |bin k|^2 in counts squared, bins as in RealFft: not divided by N, no correction
    ///           for the window. A sine of amplitude A counts on bin k gives (A N / 4)^2 with the Hann window.
    /// Range:    0 to 2^62; the sum over all entries stays below 2^62 too.
    /// Accuracy: each of re and im is cut to 1/32 count before it is squared.
    /// </remarks>
    public static class PowerSpectrum
    {
        /// <summary>Power of two to multiply the entries by.</summary>
        public const int Exponent = -10;

        /// <summary>Powers with mean removed and a periodic Hann window, both applied to the bins: cheaper than to the samples, and exact.</summary>
        /// <param name="fft">After Transform; not changed.</param>
        /// <param name="power">long[N / 2 + 1] or longer; the first N / 2 + 1 entries are written.</param>
        /// <remarks>
        /// The window (1 - cos) / 2 makes bin k / 2 - (bin k-1 + bin k+1) / 4. With d(k) = bin k - bin k+1 that is (d(k) - d(k-1)) / 4.
        /// The mean is bin 0, taken as 0. Four times the result fits a long for every input; where a difference on the way does not, it
        /// wraps and wraps back.
        /// </remarks>
        public static void ComputeHann(RealFft fft, long[] power)
        {
            int rowSize = fft.RowSize;
            if (fft.ColumnSize == 16)
                HannPower16.Run(fft.Re, fft.Im, rowSize, power);
            else if (fft.ColumnSize == 32)
                HannPower32.Run(fft.Re, fft.Im, rowSize, power);
            else
                HannPower64.Run(fft.Re, fft.Im, rowSize, power);
        }
    }
}
