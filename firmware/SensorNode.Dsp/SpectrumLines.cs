namespace SensorNode.Dsp
{
    /// <summary>Finds the strongest lines of a Hann power spectrum, between the bins.</summary>
    /// <remarks>
    /// Method:   local maxima; the ratio a of the larger neighbour's amplitude to the peak's gives the offset (2 a - 1) / (a + 1) bins, exact for a
    ///           single sine; the peak's amplitude is divided by the window's own response there, 1 + 0.645 d^2 + 0.249 d^4 inverted.
    /// Accuracy: frequency within a tenth of a bin and amplitude within 2 % for a line 20 dB above its neighbourhood and 6 bins from the next.
    /// Cost:     about 1,000 IL instructions a line, and 15 a bin of the bands in which lines are found.
    /// </remarks>
    public static class SpectrumLines
    {
        /// <summary>Finds the lines, strongest first.</summary>
        /// <param name="power">As PowerSpectrum gives it.</param>
        /// <param name="bands">The bands that saw these powers last: their strongest bins are known already, so few others need a look. Used up.</param>
        /// <param name="bins">Whole bins, as many as it is long; 0 where there is no further line.</param>
        public static void Find(long[][] power, BandLevels bands, int[] bins)
        {
            int count = bands.Count;
            int[] candidates = bands.Candidates;
            long[] powers = bands.PeakPowers;
            int found = 0;
            while (found < bins.Length)
            {
                int best = -1;
                long most = 0;
                for (int band = 0; band < count; band++)
                {
                    long here = powers[band];
                    if (here > most)
                    {
                        most = here;
                        best = band;
                    }
                }

                if (best < 0)
                {
                    bins[found++] = 0;
                    continue;
                }

                // The strongest bin of a band may be the slope of a line in the next one.
                int bin = candidates[best];
                if (most > PowerSpectrum.At(power, bin - 1) && most >= PowerSpectrum.At(power, bin + 1))
                {
                    bins[found++] = bin;
                    if (found == bins.Length)
                    {
                        return;
                    }
                }

                int next = NextBelow(power, most, bin, bands.FirstBin(best), bands.FirstBin(best + 1));
                candidates[best] = next;
                powers[best] = next == 0 ? 0 : PowerSpectrum.At(power, next);
            }
        }

        // The strongest local maximum of a band below a power, or 0 where there is none.
        private static int NextBelow(long[][] power, long limit, int limitBin, int first, int end)
        {
            int size = power[0].Length;
            int best = 0;
            long most = 0;
            int k = first;
            while (k < end)
            {
                long[] row = power[k / size];
                int start = k - k % size;
                int stop = end - start < size ? end - start : size;
                for (int i = k - start; i < stop; i++)
                {
                    long here = row[i];
                    if (here > most && here <= limit)
                    {
                        k = start + i;
                        if (k != limitBin && (here < limit || k > limitBin) && here > PowerSpectrum.At(power, k - 1) && here >= PowerSpectrum.At(power, k + 1))
                        {
                            most = here;
                            best = k;
                        }
                    }
                }

                k = start + stop;
            }

            return best;
        }

        /// <summary>How far the line lies above its bin, in 1/1024 bins, -512 to 512.</summary>
        public static int OffsetQ10(long[][] power, int bin)
        {
            long above = PowerSpectrum.At(power, bin + 1);
            long below = PowerSpectrum.At(power, bin - 1);
            bool isAbove = above >= below;
            long neighbour = isAbove ? above : below;
            long peak = PowerSpectrum.At(power, bin);
            int up = UpShift(peak);
            long a = IntegerMath.Sqrt(neighbour << up);
            long one = IntegerMath.Sqrt(peak << up);
            if (one == 0)
            {
                return 0;
            }

            int offset = (int)((((2 * a) - one) << 10) / (one + a));
            offset = offset < 0 ? 0 : offset > 512 ? 512 : offset;
            return isAbove ? offset : -offset;
        }

        /// <summary>Peak amplitude of a line in 1/256 counts.</summary>
        public static long AmplitudeQ8(long[][] power, int points, int bin, int offsetQ10)
        {
            // |X| = A N / 4 on a bin; power is |X|^2 2^10, so its root is 32 |X|.
            long peak = PowerSpectrum.At(power, bin);
            int up = UpShift(peak);
            long root = IntegerMath.Sqrt(peak << up);
            int squareQ10 = (offsetQ10 * offsetQ10) >> 10;
            int gainQ10 = 1024 + ((661 * squareQ10) >> 10) + ((((255 * squareQ10) >> 10) * squareQ10) >> 10);
            return (root * gainQ10 / points) >> (5 - 2 + 10 - 8 + (up >> 1));
        }

        // Even number of bits by which a small power is lifted, so that its root keeps enough of them.
        private static int UpShift(long power)
        {
            return power < 1L << 30 ? 24 : power < 1L << 46 ? 12 : 0;
        }
    }
}
