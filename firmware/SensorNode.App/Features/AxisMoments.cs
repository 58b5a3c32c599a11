namespace SensorNode.Features
{
    /// <summary>Mean, spread, peak and fourth moment of one axis, gathered over one window or several.</summary>
    /// <remarks>
    /// Format:   deviations from the window's own mean in quarters of a count, so that a rounded mean costs at most an eighth of a count.
    ///           Squares are summed exactly in Q4 (units of 1/16 count^2). Fourth powers are summed after <see cref="Shift"/> bits are cut from
    ///           each square; the shift is chosen so that the sum fits, and grows with the largest deviation only.
    /// Range:    any samples, 2048 a window, up to 16 windows: 2^36 a square, 2^51 their sum.
    /// Cost:     two passes, about 15 and 22 IL instructions a sample. Allocates nothing.
    /// </remarks>
    public sealed class AxisMoments
    {
        /// <summary>Samples taken in.</summary>
        public int Count;

        /// <summary>Sum of squared deviations, 1/16 count^2.</summary>
        public long SumSquaresQ4;

        /// <summary>Sum of squared squares, each square cut by <see cref="Shift"/> bits first.</summary>
        public long SumFourths;

        /// <summary>Bits cut from a square before it is squared again.</summary>
        public int Shift;

        /// <summary>Largest deviation, quarters of a count.</summary>
        public int PeakQ2;

        /// <summary>Smallest and largest sample, counts.</summary>
        public int Least;

        /// <summary>See <see cref="Least"/>.</summary>
        public int Most;

        /// <summary>True where a window did not move by a single count.</summary>
        public bool IsConstant;

        /// <summary>Largest difference between the means of a window's two halves, counts, where it outweighs the window's own spread.</summary>
        public int MeanStepCounts;

        /// <summary>Starts anew.</summary>
        public void Begin()
        {
            Count = 0;
            SumSquaresQ4 = 0;
            SumFourths = 0;
            Shift = 0;
            PeakQ2 = 0;
            Least = 32767;
            Most = -32768;
            IsConstant = false;
            MeanStepCounts = 0;
        }

        /// <summary>Takes in one window.</summary>
        /// <param name="samples">Counts; samples[offset] to samples[offset + count - 1] are read.</param>
        /// <param name="offset">First sample.</param>
        /// <param name="count">Samples, 128 to 2048, even.</param>
        public void Add(short[] samples, int offset, int count)
        {
            int half = offset + (count >> 1);
            int end = offset + count;
            int least = samples[offset];
            int most = least;
            int sumFirst = 0;
            for (int i = offset; i < half; i++)
            {
                int sample = samples[i];
                sumFirst += sample;
                if (sample < least)
                {
                    least = sample;
                }
                else if (sample > most)
                {
                    most = sample;
                }
            }

            int sumSecond = 0;
            for (int i = half; i < end; i++)
            {
                int sample = samples[i];
                sumSecond += sample;
                if (sample < least)
                {
                    least = sample;
                }
                else if (sample > most)
                {
                    most = sample;
                }
            }

            int meanQ2 = (int)((((long)sumFirst + sumSecond) * 4 + (count >> 1)) / count);
            int above = (most << 2) - meanQ2;
            int below = meanQ2 - (least << 2);
            int peak = above > below ? above : below;
            RaiseShift(peak);
            long squares = Sum(samples, offset, end, meanQ2);
            Count += count;
            SumSquaresQ4 += squares;
            PeakQ2 = peak > PeakQ2 ? peak : PeakQ2;
            Least = least < Least ? least : Least;
            Most = most > Most ? most : Most;
            IsConstant = IsConstant || least == most;
            NoteStep((sumSecond - sumFirst) / (count >> 1), squares / count);
        }

        private long Sum(short[] samples, int offset, int end, int meanQ2)
        {
            long squares = 0;
            long fourths = 0;
            int shift = Shift;
            for (int i = offset; i < end; i++)
            {
                long square = (samples[i] << 2) - meanQ2;
                square *= square;
                squares += square;
                square >>= shift;
                fourths += square * square;
            }

            SumFourths += fourths;
            return squares;
        }

        // Squares of up to 2^24 leave room for 32,768 samples below 2^63. What was summed before is cut to the same scale.
        private void RaiseShift(int peak)
        {
            while (((long)peak * peak) >> Shift >= 1 << 24)
            {
                Shift++;
                SumFourths >>= 2;
            }
        }

        // A pure step in the middle has a variance of a quarter of its square; anything whose halves differ by its deviation or more is a step.
        private void NoteStep(int step, long varianceQ4)
        {
            int size = step < 0 ? -step : step;
            if (((long)size * size) << 4 > varianceQ4 && size > MeanStepCounts)
            {
                MeanStepCounts = size;
            }
        }
    }
}
