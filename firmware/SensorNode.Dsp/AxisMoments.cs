namespace SensorNode.Dsp
{
    /// <summary>Spread, peak and kurtosis of one axis over the windows of a decision, and what makes a window unfit.</summary>
    /// <remarks>Cost: that of Statistics after a transform. Allocates nothing.</remarks>
    public sealed class AxisMoments
    {
        private readonly Statistics _statistics;

        /// <param name="statistics">Of the window taken in last; axes may share one.</param>
        public AxisMoments(Statistics statistics)
        {
            _statistics = statistics;
        }

        /// <summary>Windows taken in.</summary>
        public int Windows;

        /// <summary>Sum of the windows' variances, Q8 counts squared.</summary>
        public long SumVarianceQ8;

        /// <summary>Sum of the windows' kurtoses, Q8.</summary>
        public long SumKurtosisQ8;

        /// <summary>Largest deviation from a window's mean, Q8 counts.</summary>
        public int PeakQ8;

        /// <summary>True where a sample stands at the end of the range.</summary>
        public bool IsClipped;

        /// <summary>True where a window hardly moved: a variance below 1/512 count^2.</summary>
        public bool IsConstant;

        /// <summary>Largest difference between the means of a window's two halves, counts, where it outweighs the window's own spread.</summary>
        public int MeanStepCounts;

        /// <summary>Starts anew.</summary>
        public void Begin()
        {
            Windows = 0;
            SumVarianceQ8 = 0;
            SumKurtosisQ8 = 0;
            PeakQ8 = 0;
            IsClipped = false;
            IsConstant = false;
            MeanStepCounts = 0;
        }

        /// <summary>Takes in one window.</summary>
        /// <param name="fft">After it has transformed the window, before its powers.</param>
        /// <param name="samplesCounts">The window.</param>
        /// <param name="clipCounts">A sample of this size or more is clipped.</param>
        public void Add(RealFft fft, short[] samplesCounts, int clipCounts)
        {
            int count = fft.Points;
            Statistics statistics = _statistics;
            statistics.Measure(fft, samplesCounts);
            Windows++;
            SumVarianceQ8 += statistics.VarianceQ8;
            SumKurtosisQ8 += statistics.KurtosisQ8;
            PeakQ8 = statistics.PeakQ8 > PeakQ8 ? statistics.PeakQ8 : PeakQ8;
            IsConstant = IsConstant || statistics.VarianceQ8 == 0;

            // Samples are looked at one by one only where one of them may be that large.
            int mean = statistics.MeanQ8 < 0 ? -statistics.MeanQ8 : statistics.MeanQ8;
            if ((mean + statistics.PeakQ8) >> 8 >= clipCounts - 1)
            {
                IsClipped = IsClipped || HasClipped(samplesCounts, count, clipCounts);
            }
        }

        /// <summary>Looks for a step of the mean in the window taken in last, before another axis takes one in.</summary>
        /// <param name="samplesCounts">The window.</param>
        /// <param name="count">Its samples, a multiple of 8.</param>
        public void LookForStep(short[] samplesCounts, int count)
        {
            int half = count >> 1;
            int sum = 0;
            for (int i = 0; i < half; i += 4)
            {
                sum += samplesCounts[i] + samplesCounts[i + 1] + samplesCounts[i + 2] + samplesCounts[i + 3];
            }

            NoteStep(sum, half);
        }

        private static bool HasClipped(short[] samplesCounts, int count, int clipCounts)
        {
            for (int i = 0; i < count; i++)
            {
                int sample = samplesCounts[i];
                if (sample >= clipCounts || sample <= -clipCounts)
                {
                    return true;
                }
            }

            return false;
        }

        // A pure step in the middle has a variance of a quarter of its square; anything whose halves differ by its deviation or more is a step.
        private void NoteStep(int sumFirstHalf, int half)
        {
            int stepQ8 = 2 * ((int)(((long)sumFirstHalf << 8) / half) - _statistics.MeanQ8);
            int size = (stepQ8 < 0 ? -stepQ8 : stepQ8) >> 8;
            if (((long)size * size) << 8 > _statistics.VarianceQ8 && size > MeanStepCounts)
            {
                MeanStepCounts = size;
            }
        }
    }
}
