using SensorNode.Dsp.Kernels;

namespace SensorNode.Dsp
{
    /// <summary>Mean, spread, peak and kurtosis of one block of samples.</summary>
    /// <remarks>
    /// Format:   Q8 unless the name says otherwise: 256 is one count, or one count squared.
    /// Range:    any block that a RealFft takes, every int16 value; no sum overflows (see the comments at the sums).
    /// Accuracy: mean and variance exact but for the last rounding. Kurtosis takes the mean rounded to a count, which is off by at most
    ///           0.7 |skewness| / (standard deviation in counts), relatively: 1 % at 20 counts and skewness 0.3.
    /// Memory:   a few fields; Measure allocates nothing.
    /// </remarks>
    public sealed class Statistics
    {
        // Eight fourth powers of deviations up to its root fit 64 bits.
        private const long SafeSquare = 1518500249;

        private readonly long[] _sums = new long[4];

        /// <summary>Mean, Q8, rounded to nearest.</summary>
        public int MeanQ8 { get; private set; }

        /// <summary>Mean square of the deviations from the mean, Q8 counts squared.</summary>
        public long VarianceQ8 { get; private set; }

        /// <summary>Square root of the variance, Q8 counts: the RMS of the block without its mean.</summary>
        public int DeviationQ8 { get { return (int)(IntegerMath.Sqrt(VarianceQ8 << 10) + 1 >> 1); } }

        /// <summary>Greatest distance from the mean rounded to a count, Q8 counts.</summary>
        public int PeakQ8 { get; private set; }

        /// <summary>Fourth central moment over the variance squared, Q8: 256 for a square wave, 384 for a sine, 768 for normal noise; 0 if all samples are equal.</summary>
        public int KurtosisQ8 { get; private set; }

        /// <summary>Measures the block that was transformed last, since its sum is there.</summary>
        /// <param name="fft">After Transform and before its powers; not changed.</param>
        /// <param name="samplesCounts">The block.</param>
        /// <remarks>
        /// Only where a sample is 38,968 counts or more from the mean are the fourth powers summed again.
        /// </remarks>
        public void Measure(RealFft fft, short[] samplesCounts)
        {
            int count = fft.Points;
            // Bin 0 is the sum, exactly: nothing on its way is multiplied but by powers of two.
            int sum = (int)(fft.Data[0][0] >> RealFft.OutputBits);
            int mean = (2 * sum + (sum < 0 ? -count : count)) / (2 * count);
            long[] sums = _sums;
            Moments.Run(samplesCounts, count, mean, sums);
            long peakSquare = sums[2];
            if (peakSquare > SafeSquare)
                sums[1] = Fourths(samplesCounts, count, mean);
            Finish(sum, mean, sums[0], sums[1], (int)sums[3] >> 1, count);
            PeakQ8 = (int)IntegerMath.Sqrt(peakSquare << 16);
        }

        private void Finish(int sum, int mean, long squares, long fourths, int shift, int count)
        {
            // The sum is at most 2^26, so times 256 it needs a long.
            long sumQ8 = (long)sum << 8;
            MeanQ8 = (int)((2 * sumQ8 + (sumQ8 < 0 ? -count : count)) / (2 * count));
            // About the true mean: the rounded one is off by residue / count.
            long residue = sum - (long)mean * count;
            VarianceQ8 = ((squares << 8) - (residue * residue << 8) / count + count / 2) / count;
            KurtosisQ8 = Kurtosis(fourths, shift, residue, count);
        }

        // Sum of fourth powers / 1024 for deviations of up to 65,535.
        private static long Fourths(short[] samplesCounts, int count, int mean)
        {
            long fourths = 0;
            for (int i = 0; i < count; i++)
            {
                long deviation = samplesCounts[i] - mean;
                deviation = deviation * deviation >> 5;
                fourths += deviation * deviation;
            }
            return fourths;
        }

        // Mean fourth power over the variance squared. With e the distance from the rounded mean to the true one, the fourth central moment is
        // the one about the rounded mean less 6 e^2 variance, less e^4, less 4 e times the third moment, which is left out.
        private int Kurtosis(long fourths, int shift, long residue, int count)
        {
            long variance = VarianceQ8;
            long momentQ10;
            if (fourths < 1L << 52 - 2 * shift)
            {
                long errorQ8 = (residue << 8) / count;
                long errorSquareQ16 = errorQ8 * errorQ8;
                momentQ10 = (fourths << 10 + 2 * shift) / count - (6 * errorSquareQ16 * variance >> 14) - (errorSquareQ16 * errorSquareQ16 >> 22);
            }
            else
            {
                // So large that half a count of the mean does not show.
                variance >>= shift;
                momentQ10 = fourths / count << 10;
            }
            if (variance == 0)
                return 0;
            return (int)(((momentQ10 / variance << 14) + variance / 2) / variance);
        }
    }
}
