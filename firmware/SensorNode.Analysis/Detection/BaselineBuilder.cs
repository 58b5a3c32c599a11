using SensorNode.Dsp;

namespace SensorNode.Detection
{
    /// <summary>Turns what a learner has gathered into a baseline with its threshold. Runs once, at the end of learning.</summary>
    /// <remarks>Cost: about a million IL instructions for ten centroids of 75 values (square roots), once.</remarks>
    public static class BaselineBuilder
    {
        // A centroid's variance counts as if five more windows had shown the pooled variance.
        private const int ShrinkWindows = 5;

        // Nothing is believed to be steadier than 0.05 octave, 3.5 % of power: (0.05 octave)^2 in Q16.
        private const int VarianceFloorQ16 = 164;

        // Threshold: mean + 3 standard deviations of the log2 scores of windows kept aside, Q8, which is what chance can do; and 0.6 octave, a mean
        // square half as large again, for what a healthy machine does that it did not do while it was learned.
        private const int DeviationsQ8 = 768;
        private const int AllowanceQ8 = 154;

        // What is known of that standard deviation before any window: 0.2 octave of the machine's own unrest, and the spread of the mean of
        // independent squares, 2 / length, in octave^2 (times 1/ln(2)^2). It weighs as much as 32 windows.
        private const int PriorWindows = 32;
        private const int PriorUnrestQ16 = 2621;
        private const int PriorSquaresQ16 = 272707;

        /// <summary>Makes the baseline. The learner is not to be used any more.</summary>
        /// <param name="learner">At least one window fitted.</param>
        /// <param name="axisCount">Axes in a vector.</param>
        /// <param name="perAxis">Values an axis: the bands, then log2 of the variance.</param>
        /// <param name="spreadQ16">Usual change from window to window.</param>
        /// <param name="unsteadyLimit">Unsteady windows of the last 32 beyond which steadiness is no longer waited for.</param>
        /// <param name="runningWindows">Windows learned from the running machine.</param>
        /// <param name="scratch">short[axisCount * perAxis], overwritten.</param>
        public static Baseline Build(BaselineLearner learner, int axisCount, int perAxis, int spreadQ16, int unsteadyLimit, int runningWindows, short[] scratch)
        {
            learner.Tidy(spreadQ16);
            Baseline baseline = new Baseline(axisCount, perAxis, learner.CentroidCount);
            baseline.UnsteadyLimit = unsteadyLimit;
            baseline.WindowCount = runningWindows;
            baseline.AsideCount = learner.Aside.Count;
            long scatter = 0;
            for (int i = 0; i < baseline.Length; i++)
            {
                scatter += SetColumn(learner, baseline, i, spreadQ16);
            }

            // Overlapping windows change less from one to the next than they scatter; steadiness is judged by the larger.
            scatter /= baseline.Length;
            baseline.SpreadQ16 = scatter > spreadQ16 ? (int)scatter : spreadQ16;

            for (int c = 0; c < baseline.CentroidCount; c++)
            {
                baseline.Counts[c] = learner.Count(c);
            }

            MachineGate.MarkStandstill(baseline);
            SetThreshold(learner, baseline, scratch);
            return baseline;
        }

        private static long SetColumn(BaselineLearner learner, Baseline baseline, int i, int spreadQ16)
        {
            long scatter = 0;
            long freedom = 0;
            for (int c = 0; c < baseline.CentroidCount; c++)
            {
                scatter += (long)learner.Variance(c, i) * learner.Count(c);
                freedom += learner.Count(c) - 1;
            }

            long pooled = freedom > 0 ? scatter / freedom : spreadQ16;
            for (int c = 0; c < baseline.CentroidCount; c++)
            {
                int count = learner.Count(c);
                long variance = (((long)learner.Variance(c, i) * count) + (ShrinkWindows * pooled)) / (count - 1 + ShrinkWindows);

                // A mean of few windows is itself uncertain: the next window scatters by one count-th more.
                variance += (variance / count) + VarianceFloorQ16;
                baseline.Means[(c * baseline.Length) + i] = learner.Mean(c, i);
                baseline.WeightsQ10[(c * baseline.Length) + i] = (short)((1 << 26) / (int)IntegerMath.Sqrt(variance << 16));
            }

            int correlationQ10 = i % baseline.PerAxis == 0 ? 0 : Correlation(learner, baseline, i, scatter, freedom);
            int remainderQ10 = (int)IntegerMath.Sqrt((1 << 20) - (correlationQ10 * correlationQ10));
            baseline.OwnQ10[i] = (short)((1 << 20) / remainderQ10);
            baseline.NeighbourQ10[i] = (short)((correlationQ10 << 10) / remainderQ10);
            return pooled;
        }

        // Correlation of a value with its lower neighbour over all fitted windows, drawn towards 0 as if ten more had shown none. Q10, within 0.9.
        private static int Correlation(BaselineLearner learner, Baseline baseline, int i, long scatter, long freedom)
        {
            long before = 0;
            for (int c = 0; c < baseline.CentroidCount; c++)
            {
                before += (long)learner.Variance(c, i - 1) * learner.Count(c);
            }

            long scale = (long)(int)IntegerMath.Sqrt(scatter) * (int)IntegerMath.Sqrt(before);
            if (scale == 0)
            {
                return 0;
            }

            long correlation = ((long)learner.Cross(i) << 12) / scale * freedom / (freedom + 10);
            return correlation > 921 ? 921 : correlation < -921 ? -921 : (int)correlation;
        }

        // The windows still at hand are scored by the finished baseline. All windows ever kept aside have a rough score, given when they were
        // seen; how the rough scores of those at hand differ from all of them corrects for which ones happen to be at hand.
        private static void SetThreshold(BaselineLearner learner, Baseline baseline, short[] scratch)
        {
            int[] scores = new int[learner.Aside.Count];
            int count = 0;
            long roughSum = 0;
            long roughSquares = 0;
            int state;
            bool hasRunning = HasRunning(baseline);

            // Where windows of the running machine look as if it had stopped, its stop cannot be told from its run.
            baseline.KnowsStop = true;
            for (int i = 0; i < scores.Length; i++)
            {
                int rough = learner.Aside.Read(i, scratch);
                int score = Baseline.LogScoreQ8(baseline.Score(scratch, out state));
                baseline.KnowsStop = baseline.KnowsStop && !MachineGate.LooksStopped(baseline, scratch);
                if (!hasRunning || !baseline.IsStandstill(state))
                {
                    scores[count++] = score;
                    roughSum += rough;
                    roughSquares += rough * rough;
                }
            }

            int priorQ16 = PriorUnrestQ16 + (PriorSquaresQ16 / baseline.Length);
            if (count == 0)
            {
                // No window could be kept aside: a wide guess, half an octave above what fitted windows show.
                baseline.HealthyMeanQ8 = 128;
                baseline.ThresholdQ8 = 128 + AllowanceQ8 + ((DeviationsQ8 * (int)IntegerMath.Sqrt(priorQ16 * 2)) >> 8);
                return;
            }

            LimitOutliers(scores, count, 3 * (int)IntegerMath.Sqrt(priorQ16));
            long sum = 0;
            for (int i = 0; i < count; i++)
            {
                sum += scores[i];
            }

            int mean = (int)(sum / count);
            long squares = 0;
            for (int i = 0; i < count; i++)
            {
                squares += (scores[i] - mean) * (scores[i] - mean);
            }

            int roughMean = (int)(roughSum / count);
            long roughVariance = (roughSquares / count) - (roughMean * roughMean);
            long varianceQ16 = squares / count * (learner.Aside.RoughVarianceQ16 + priorQ16) / (roughVariance + priorQ16);
            varianceQ16 = ((varianceQ16 * count) + (priorQ16 * PriorWindows)) / (count + PriorWindows);

            // Less scatter than can be expected of any machine is luck of the draw.
            varianceQ16 = varianceQ16 < priorQ16 ? priorQ16 : varianceQ16;

            // The mean is uncertain too: by one part in the number of blocks, for the windows of a block are alike.
            int blocks = (learner.Aside.SeenCount + BaselineLearner.BlockWindows - 1) / BaselineLearner.BlockWindows;
            int deviation = (int)IntegerMath.Sqrt(varianceQ16 + (varianceQ16 / blocks));
            baseline.HealthyMeanQ8 = mean + learner.Aside.RoughMeanQ8 - roughMean;
            baseline.ThresholdQ8 = baseline.HealthyMeanQ8 + AllowanceQ8 + ((DeviationsQ8 * deviation) >> 8);
        }

        private static bool HasRunning(Baseline baseline)
        {
            for (int c = 0; c < baseline.CentroidCount; c++)
            {
                if (!baseline.IsStandstill(c))
                {
                    return true;
                }
            }

            return false;
        }

        // Disturbed windows among those kept aside, a run-up for example, must not open the threshold for good: none counts as further from the
        // median than three of the deviations that are to be expected.
        private static void LimitOutliers(int[] scores, int count, int reach)
        {
            for (int i = 1; i < count; i++)
            {
                int score = scores[i];
                int j = i;
                while (j > 0 && scores[j - 1] > score)
                {
                    scores[j] = scores[j - 1];
                    j--;
                }

                scores[j] = score;
            }

            int most = scores[count / 2] + reach;
            for (int i = 0; i < count; i++)
            {
                if (scores[i] > most)
                {
                    scores[i] = most;
                }
            }
        }
    }
}
