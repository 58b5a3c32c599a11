using System;
using SensorNode.Dsp.Kernels;

namespace SensorNode.Dsp
{
    /// <summary>Mean, spread, extremes and kurtosis of one block of samples.</summary>
    /// <remarks>
    /// Format:   Q8 unless the name says otherwise: 256 is one count, or one count squared.
    /// Range:    any block of 2 to 2048 samples, every int16 value; no sum overflows (see the constants at the sums).
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
        public int DeviationQ8 { get; private set; }

        /// <summary>Least sample, counts.</summary>
        public int Min { get; private set; }

        /// <summary>Greatest sample, counts.</summary>
        public int Max { get; private set; }

        /// <summary>Greatest distance from the mean, Q8 counts.</summary>
        public int PeakQ8 { get; private set; }

        /// <summary>Fourth central moment over the variance squared, Q8: 256 for a square wave, 384 for a sine, 768 for normal noise; 0 if all samples are equal.</summary>
        public int KurtosisQ8 { get; private set; }

        /// <summary>Measures one block.</summary>
        /// <param name="samplesCounts">short[count] or longer. Not changed.</param>
        /// <param name="count">2 to 2048.</param>
        /// <exception cref="ArgumentException">A count outside of 2 to 2048, or beyond the array.</exception>
        public void Measure(short[] samplesCounts, int count)
        {
            if (count < 2 || count > 2048 || count > samplesCounts.Length)
                throw new ArgumentException("Statistics of " + count.ToString() + " samples: valid is 2 to 2048, within the array of " + samplesCounts.Length.ToString() + ".");
            int min = samplesCounts[0];
            int max = min;
            int sum = 0;
            for (int i = 0; i < count; i++)
            {
                int sample = samplesCounts[i];
                sum += sample;
                if (sample > max)
                    max = sample;
                else if (sample < min)
                    min = sample;
            }
            Min = min;
            Max = max;
            int mean = (2 * sum + (sum < 0 ? -count : count)) / (2 * count);
            // Deviations up to 2^16: squares 2^32, their sum 2^43. Fourth powers are summed after a shift that keeps squares to 26 bits.
            int spread = max - mean > mean - min ? max - mean : mean - min;
            int shift = spread < 1 << 13 ? 0 : 7;
            long squares = 0;
            long fourths = 0;
            for (int i = 0; i < count; i++)
            {
                long deviation = samplesCounts[i] - mean;
                deviation *= deviation;
                squares += deviation;
                deviation >>= shift;
                fourths += deviation * deviation;
            }
            Finish(sum, mean, squares, fourths, shift, count);
        }

        /// <summary>Measures the block that was transformed last: half the instructions of the other Measure, since sum and rows are there.</summary>
        /// <param name="fft">After Transform; not changed.</param>
        /// <remarks>
        /// Min and Max are not known afterwards (0), and PeakQ8 is the distance from the mean rounded to a count; the rest is the same.
        /// Only where a sample is 38,968 counts or more from the mean are the fourth powers summed again.
        /// </remarks>
        public void Measure(RealFft fft)
        {
            int count = fft.Points;
            // Bin 0 is the sum, exactly: nothing on its way is multiplied but by powers of two.
            int sum = (int)(fft.Re[0][0] >> -fft.Exponent);
            int mean = (2 * sum + (sum < 0 ? -count : count)) / (2 * count);
            long[] sums = _sums;
            if (fft.ColumnSize == 16)
                Moments16.Run(fft.Samples, fft.RowSize, mean, sums);
            else if (fft.ColumnSize == 32)
                Moments32.Run(fft.Samples, fft.RowSize, mean, sums);
            else
                Moments64.Run(fft.Samples, fft.RowSize, mean, sums);
            Min = 0;
            Max = 0;
            long peakSquare = sums[2];
            if (peakSquare > SafeSquare)
                sums[1] = Fourths(fft.Samples, mean);
            Finish(sum, mean, sums[0], sums[1], (int)sums[3] >> 1, count);
            PeakQ8 = (int)IntegerMath.Sqrt(peakSquare << 16);
        }

        /// <summary>Samples at or beyond a limit, in either direction.</summary>
        /// <param name="samplesCounts">The array measured last.</param>
        /// <param name="count">As given to Measure.</param>
        /// <param name="clipCounts">The limit, 1 or more.</param>
        /// <returns>0 without a look at the samples if Min and Max lie within the limit.</returns>
        public int CountClipped(short[] samplesCounts, int count, int clipCounts)
        {
            if (Max < clipCounts && Min > -clipCounts)
                return 0;
            int clipped = 0;
            for (int i = 0; i < count; i++)
            {
                int sample = samplesCounts[i];
                if (sample >= clipCounts || sample <= -clipCounts)
                    clipped++;
            }
            return clipped;
        }

        private void Finish(int sum, int mean, long squares, long fourths, int shift, int count)
        {
            // The sum is at most 2^26, so times 256 it needs a long.
            long sumQ8 = (long)sum << 8;
            MeanQ8 = (int)((2 * sumQ8 + (sumQ8 < 0 ? -count : count)) / (2 * count));
            int high = (Max << 8) - MeanQ8;
            int low = MeanQ8 - (Min << 8);
            PeakQ8 = high > low ? high : low;
            // About the true mean: the rounded one is off by residue / count.
            long residue = sum - (long)mean * count;
            VarianceQ8 = ((squares << 8) - (residue * residue << 8) / count + count / 2) / count;
            DeviationQ8 = (int)(IntegerMath.Sqrt(VarianceQ8 << 10) + 1 >> 1);
            KurtosisQ8 = Kurtosis(fourths, shift, residue, count);
        }

        // Sum of fourth powers / 1024 for deviations of up to 65,535.
        private static long Fourths(short[][] rows, int mean)
        {
            long fourths = 0;
            for (int r = 0; r < rows.Length; r++)
            {
                short[] row = rows[r];
                for (int i = 0; i < row.Length; i++)
                {
                    long deviation = row[i] - mean;
                    deviation = deviation * deviation >> 5;
                    fourths += deviation * deviation;
                }
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
