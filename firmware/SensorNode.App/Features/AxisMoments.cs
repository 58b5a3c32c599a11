using SensorNode.Dsp;

namespace SensorNode.Features
{
    /// <summary>Spread, peak and kurtosis of one axis over the windows of a decision, and what makes a window unfit.</summary>
    /// <remarks>Cost: that of <see cref="Statistics"/>, and 6 IL instructions a sample of the first half. Allocates nothing.</remarks>
    public sealed class AxisMoments
    {
        private readonly Statistics _statistics = new Statistics();

        /// <summary>Windows taken in.</summary>
        public int Windows;

        /// <summary>Sum of the windows' variances, Q8 counts squared.</summary>
        public long SumVarianceQ8;

        /// <summary>Sum of the windows' kurtoses, Q8.</summary>
        public long SumKurtosisQ8;

        /// <summary>Largest deviation from a window's mean, Q8 counts.</summary>
        public int PeakQ8;

        /// <summary>Smallest sample.</summary>
        public int Least;

        /// <summary>Largest sample.</summary>
        public int Most;

        /// <summary>True where a window did not move by a single count.</summary>
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
            Least = 32767;
            Most = -32768;
            IsConstant = false;
            MeanStepCounts = 0;
        }

        /// <summary>Takes in one window.</summary>
        /// <param name="samplesCounts">short[count] or longer.</param>
        /// <param name="count">128 to 2048, a multiple of 8.</param>
        public void Add(short[] samplesCounts, int count)
        {
            Statistics statistics = _statistics;
            statistics.Measure(samplesCounts, count);
            Windows++;
            SumVarianceQ8 += statistics.VarianceQ8;
            SumKurtosisQ8 += statistics.KurtosisQ8;
            PeakQ8 = statistics.PeakQ8 > PeakQ8 ? statistics.PeakQ8 : PeakQ8;
            Least = statistics.Min < Least ? statistics.Min : Least;
            Most = statistics.Max > Most ? statistics.Max : Most;
            IsConstant = IsConstant || statistics.Min == statistics.Max;

            int half = count >> 1;
            int sum = 0;
            for (int i = 0; i < half; i += 4)
            {
                sum += samplesCounts[i] + samplesCounts[i + 1] + samplesCounts[i + 2] + samplesCounts[i + 3];
            }

            NoteStep(sum, half);
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
