using System;
using SensorNode.Dsp;

namespace SensorNode.Detection
{
    /// <summary>A learned picture of the healthy machine: centroids, their scatter, which of them are standstill, and the threshold. Does not change.</summary>
    /// <remarks>
    /// Score:   for each centroid, deviations in standard deviations, each freed of what its lower neighbour on the axis already says;
    ///          their mean square. The least over the centroids counts. 1 is usual for a healthy window.
    /// Format:  means log2 Q8; weights 1/sd in Q10, at most 20 per octave; neighbour coefficients Q10; scores log2 Q8.
    /// Memory:  4 bytes a centroid and value and 4 bytes a value: 3.4 KB for ten centroids of 75 values.
    /// Cost:    about 37,000 IL instructions a score for ten centroids of 75 values.
    /// </remarks>
    public sealed class Baseline
    {
        internal readonly int AxisCount;
        internal readonly int PerAxis;
        internal readonly int Length;
        internal readonly int CentroidCount;
        internal readonly short[] Means;
        internal readonly short[] WeightsQ10;
        internal readonly short[] OwnQ10;
        internal readonly short[] NeighbourQ10;
        internal readonly byte[] Standstill;
        internal readonly int[] Counts;
        internal int HealthyMeanQ8;
        internal int ThresholdQ8;
        internal int SpreadQ16;
        internal int UnsteadyLimit;
        internal int WindowCount;
        internal int AsideCount;
        internal bool KnowsStop;

        internal Baseline(int axisCount, int perAxis, int centroidCount)
        {
            AxisCount = axisCount;
            PerAxis = perAxis;
            Length = axisCount * perAxis;
            CentroidCount = centroidCount;
            Means = new short[centroidCount * Length];
            WeightsQ10 = new short[centroidCount * Length];
            OwnQ10 = new short[Length];
            NeighbourQ10 = new short[Length];
            Standstill = new byte[centroidCount];
            Counts = new int[centroidCount];
        }

        /// <summary>Learned operating states, standstill included.</summary>
        public int StateCount { get { return CentroidCount; } }

        /// <summary>Running windows it was learned from.</summary>
        public int LearnedWindows { get { return WindowCount; } }

        /// <summary>log2 of the score above which four averaged decisions are a warning, Q8.</summary>
        public int ThresholdLog2Q8 { get { return ThresholdQ8; } }

        /// <summary>Usual log2 score of a healthy window that was not fitted, Q8.</summary>
        public int HealthyLog2Q8 { get { return HealthyMeanQ8; } }

        /// <summary>A number that hardly two baselines share.</summary>
        public int Mark { get { return (ThresholdQ8 << 16) ^ HealthyMeanQ8 ^ SpreadQ16; } }

        /// <summary>True where a state is the machine standing still.</summary>
        public bool IsStandstill(int state)
        {
            return Standstill[state] != 0;
        }

        /// <summary>Allows what the baseline that it extends allowed: the windows that showed it are gone, but what was healthy then stays healthy.</summary>
        internal void Allow(Baseline old)
        {
            if (old.ThresholdQ8 > ThresholdQ8)
            {
                ThresholdQ8 = old.ThresholdQ8;
            }

            if (old.UnsteadyLimit > UnsteadyLimit)
            {
                UnsteadyLimit = old.UnsteadyLimit;
            }

            // Where one of them saw the running machine look as if it had stopped, its stop cannot be told from its run.
            KnowsStop = KnowsStop && old.KnowsStop;
        }

        /// <summary>True where the mean of one value lies below a level in one of the states.</summary>
        public bool KnowsBelow(int index, int levelQ8)
        {
            for (int i = index; i < Means.Length; i += Length)
            {
                if (Means[i] < levelQ8)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Mean square deviation of a window from its nearest state.</summary>
        /// <param name="vectorQ8">short[length], values 0 to 12287.</param>
        /// <param name="state">Index of the nearest state.</param>
        /// <returns>Squared standard deviations in Q16, 1 or more.</returns>
        public long Score(short[] vectorQ8, out int state)
        {
            // |d| < 2^14 and weights < 2^15: z < 2^19. Coefficients < 2^11.2: products < 2^30.2, their difference < 2^31.
            short[] means = Means;
            short[] weights = WeightsQ10;
            short[] own = OwnQ10;
            short[] neighbour = NeighbourQ10;
            int length = Length;
            int k = 0;
            long best = long.MaxValue;
            state = 0;
            for (int c = 0; c < CentroidCount; c++)
            {
                long sum = 0;
                int before = 0;
                for (int i = 0; i < length; i++)
                {
                    int z = ((vectorQ8[i] - means[k]) * weights[k]) >> 10;
                    long e = ((own[i] * z) - (neighbour[i] * before)) >> 10;
                    sum += e * e;
                    before = z;
                    k++;
                }

                if (sum < best)
                {
                    best = sum;
                    state = c;
                }
            }

            best /= length;
            return best < 1 ? 1 : best;
        }

        /// <summary>log2 of a score in Q8: 0 for a mean square of 1.</summary>
        public static int LogScoreQ8(long meanSquareQ16)
        {
            return IntegerMath.Log2Q8(meanSquareQ16) - (16 << 8);
        }

        /// <summary>Finds the value that deviates most from a state.</summary>
        /// <param name="vectorQ8">The window.</param>
        /// <param name="state">Index of the state.</param>
        /// <param name="sigmaQ4">Signed deviation in sixteenths of a standard deviation.</param>
        /// <param name="beyondThree">Number of values more than three standard deviations away.</param>
        /// <returns>Index of the value.</returns>
        public int Worst(short[] vectorQ8, int state, out int sigmaQ4, out int beyondThree)
        {
            int worst = 0;
            int largest = -1;
            sigmaQ4 = 0;
            beyondThree = 0;
            int k = state * Length;
            for (int i = 0; i < Length; i++)
            {
                int sigma = ((vectorQ8[i] - Means[k]) * WeightsQ10[k]) >> 14;
                int size = sigma < 0 ? -sigma : sigma;
                if (size > 48)
                {
                    beyondThree++;
                }

                // A band can be named by a frequency, the level cannot: it only counts where no band says as much.
                if (i % PerAxis != PerAxis - 1 && size > largest)
                {
                    largest = size;
                    worst = i;
                    sigmaQ4 = sigma;
                }

                k++;
            }

            return worst;
        }
    }
}
