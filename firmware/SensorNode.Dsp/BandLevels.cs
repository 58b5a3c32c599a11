namespace SensorNode.Dsp
{
    /// <summary>Log levels of equal bands of a power spectrum, and of the variance: what the detector learns from.</summary>
    /// <remarks>
    /// Bands:   as many as asked for, of equal width over bins 2 to N / 2 - 1; bins 0 and 1 hold what the Hann window leaves of the mean and of drift.
    /// Format:  Q8: 256 log2(16 p + 1), p being the mean power of a bin in counts^2, scaled so that white noise of variance v gives v.
    ///          The 1 is a sixteenth of a count^2, about what rounding to whole counts adds. 0 to 10,600.
    /// Cost:    about 18 IL instructions a bin and 190 a band, velocity included.
    /// </remarks>
    public sealed class BandLevels
    {
        private readonly int[] _edges;
        private readonly int _count;
        private readonly int _floor;
        private readonly int _floorLog;
        private readonly long[] _peakPowers;
        private readonly int[] _candidates;

        /// <param name="points">N of the transform.</param>
        /// <param name="bandCount">1 to 60.</param>
        public BandLevels(int points, int bandCount)
        {
            _count = bandCount;
            _edges = new int[bandCount + 1];
            _peakPowers = new long[bandCount];
            _candidates = new int[bandCount];
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

        /// <summary>The power of each band's strongest bin, of the axis that Compute saw last. SpectrumLines.Find uses it up.</summary>
        internal long[] PeakPowers { get { return _peakPowers; } }

        /// <summary>These bins.</summary>
        internal int[] Candidates { get { return _candidates; } }

        /// <summary>First bin of a band; the first one beyond it belongs to the next.</summary>
        public int FirstBin(int band)
        {
            return _edges[band];
        }

        /// <summary>Writes the levels of one axis, and sums its velocity on the way: reading a bin costs as much as either.</summary>
        /// <param name="power">As PowerSpectrum gives it, of one window or the mean of several.</param>
        /// <param name="moments">Of the same windows.</param>
        /// <param name="velocity">Of the same N; holds the axis's velocity afterwards.</param>
        /// <param name="levelsQ8">Written from offset on: one for each band, then the one of the variance.</param>
        /// <param name="offset">First index written.</param>
        /// <param name="peakBins">short[Count]: the strongest bin of each band.</param>
        public void Compute(long[][] power, AxisMoments moments, VelocityBand velocity, short[] levelsQ8, int offset, short[] peakBins)
        {
            int count = _count;

            // Arrays have a power of two of bins each.
            int size = power[0].Length;
            int last = size - 1;
            int[] edges = _edges;
            int[] candidates = _candidates;
            long[] peakPowers = _peakPowers;
            int floor = _floor;
            int floorLog = _floorLog;
            int k = edges[0];
            int end = k;
            int stop = 0;
            int mode = velocity.Begin();
            int modeEnd = velocity.Next;
            long weighted = 0;
            for (int band = 0; band < count; band++)
            {
                int first = end;
                end = edges[band + 1];
                long sum = 0;
                long most = -1;
                int mostAt = first;
                while (k < end)
                {
                    if (k >= modeEnd)
                    {
                        mode = velocity.Advance(k);
                        modeEnd = velocity.Next;
                    }

                    long[] powers = power[k / size];
                    int i = k & last;
                    stop = k - i + size;
                    stop = stop < end ? stop : end;
                    stop = stop < modeEnd ? stop : modeEnd;
                    int stopOfFour = mode == VelocityBand.Singly ? k : stop - 3;

                    // Four bins a round: counting costs as much as comparing.
                    while (k < stopOfFour)
                    {
                        long p = powers[i];
                        long q = powers[i + 1];
                        long r = powers[i + 2];
                        long s = powers[i + 3];
                        long four = p + q + r + s;
                        sum += four;
                        if (p > most)
                        {
                            most = p;
                            mostAt = k;
                        }

                        if (q > most)
                        {
                            most = q;
                            mostAt = k + 1;
                        }

                        if (r > most)
                        {
                            most = r;
                            mostAt = k + 2;
                        }

                        if (s > most)
                        {
                            most = s;
                            mostAt = k + 3;
                        }

                        if (mode == VelocityBand.Fours)
                        {
                            weighted += four / ((k + 1) * (k + 2));
                        }
                        else if (mode == VelocityBand.Corrected)
                        {
                            weighted += (four - ((3 * (s - p) + r - q) / (k + 1))) / ((k + 1) * (k + 2));
                        }

                        i += 4;
                        k += 4;
                    }

                    for (; k < stop; k++)
                    {
                        long p = powers[k & last];
                        sum += p;
                        if (p > most)
                        {
                            most = p;
                            mostAt = k;
                        }

                        if (mode != VelocityBand.None)
                        {
                            weighted += p / ((k * k) + 1);
                        }
                    }
                }

                levelsQ8[offset + band] = (short)(IntegerMath.Log2Q8((sum / (end - first)) + floor) - floorLog);
                peakBins[band] = (short)mostAt;
                candidates[band] = mostAt;
                peakPowers[band] = most;
            }

            velocity.End(weighted);
            levelsQ8[offset + count] = (short)VarianceLevel(moments);
        }

        // 256 log2(16 v + 1) from the sum of variances in Q8; four bits up, so that the table's ten bits hold for small ones too.
        private static int VarianceLevel(AxisMoments moments)
        {
            return IntegerMath.Log2Q8((moments.SumVarianceQ8 << 8) + ((long)moments.Windows << 12)) - IntegerMath.Log2Q8((long)moments.Windows << 12);
        }
    }
}
