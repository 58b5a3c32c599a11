namespace SensorNode.Dsp
{
    /// <summary>Log levels of equal bands of a power spectrum, and of the variance: what the detector learns from.</summary>
    /// <remarks>
    /// Bands:   as many as asked for, of equal width over bins 2 to N / 2 - 1; bins 0 and 1 hold what the Hann window leaves of the mean and of drift.
    /// Format:  Q8: 256 log2(16 p + 1), p being the mean power of a bin in counts^2, scaled so that white noise of variance v gives v.
    ///          The 1 is a sixteenth of a count^2, about what rounding to whole counts adds. 0 to 10,600.
    /// Cost:    about 15 IL instructions a bin and 130 a band.
    /// </remarks>
    public sealed class BandLevels
    {
        private readonly int[] _edges;
        private readonly int _count;
        private readonly int _floor;
        private readonly int _floorLog;

        /// <param name="points">N of the transform.</param>
        /// <param name="bandCount">1 to 60.</param>
        public BandLevels(int points, int bandCount)
        {
            _count = bandCount;
            _edges = new int[bandCount + 1];
            for (int i = 0; i <= bandCount; i++)
            {
                _edges[i] = 2 + ((((points >> 1) - 2) * i) / bandCount);
            }

            // White noise of variance v has v N 3/8 in each Hann bin, times 2^10 in PowerSpectrum's format; a sixteenth of that for v = 1.
            _floor = points * 24;
            _floorLog = IntegerMath.Log2Q8(_floor);
        }

        /// <summary>Bands of an axis; its levels are one more, the variance's.</summary>
        public int Count { get { return _count; } }

        /// <summary>First bin of a band; the first one beyond it belongs to the next.</summary>
        public int FirstBin(int band)
        {
            return _edges[band];
        }

        /// <summary>Writes the levels of one axis.</summary>
        /// <param name="power">As PowerSpectrum gives it, of one window or the mean of several.</param>
        /// <param name="moments">Of the same windows.</param>
        /// <param name="levelsQ8">Written from offset on: one for each band, then the one of the variance.</param>
        /// <param name="offset">First index written.</param>
        /// <param name="peakBins">short[Count]: the strongest bin of each band.</param>
        public void Compute(long[] power, AxisMoments moments, short[] levelsQ8, int offset, short[] peakBins)
        {
            int count = _count;
            int first = _edges[0];
            for (int band = 0; band < count; band++)
            {
                int end = _edges[band + 1];
                long sum = 0;
                long most = -1;
                int mostAt = first;
                int k = first;

                // Two bins a round: counting costs as much as comparing.
                for (; k < end - 1; k += 2)
                {
                    long here = power[k];
                    long next = power[k + 1];
                    sum += here + next;
                    if (here > most)
                    {
                        most = here;
                        mostAt = k;
                    }

                    if (next > most)
                    {
                        most = next;
                        mostAt = k + 1;
                    }
                }

                if (k < end)
                {
                    sum += power[k];
                    mostAt = power[k] > most ? k : mostAt;
                }

                levelsQ8[offset + band] = (short)(IntegerMath.Log2Q8((sum / (end - first)) + _floor) - _floorLog);
                peakBins[band] = (short)mostAt;
                first = end;
            }

            levelsQ8[offset + count] = (short)VarianceLevel(moments);
        }

        // 256 log2(16 v + 1) from the sum of variances in Q8; four bits up, so that the table's ten bits hold for small ones too.
        private static int VarianceLevel(AxisMoments moments)
        {
            return IntegerMath.Log2Q8((moments.SumVarianceQ8 << 8) + ((long)moments.Windows << 12)) - IntegerMath.Log2Q8((long)moments.Windows << 12);
        }
    }
}
