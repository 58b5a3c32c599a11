using System;
using SensorNode.Contracts;
using SensorNode.Dsp;

namespace SensorNode.Features
{
    /// <summary>Turns windows of samples into features, integers only. Owns the transform and all work arrays of one window size.</summary>
    /// <remarks>
    /// Use:     Begin, then AddWindow once (or up to averageCount times: powers are averaged, which steadies the levels), then Finish.
    /// Memory:  the transform's arrays, where its powers are too; with averaging a further long[N / 2 + 1] an axis; one short[N] where a window begins in the
    ///          middle of an array. No allocation later, but after ReleaseWork.
    /// Errors:  the constructor throws on sizes it does not know. Bad samples are flagged in the quality, never thrown.
    /// Threads: one at a time; no clock.
    /// </remarks>
    public sealed class FeatureExtractor
    {
        // A change of the mean by a quarter of g within a window: the node was turned or knocked.
        private const int GravityShiftNanoG = 250000000;

        private const int AverageShift = 6;
        private const int AverageCountMax = 1 << AverageShift;

        private const int EnvelopeRateMilliHzMin = 1500000;

        private readonly int _points;
        private readonly int _axisCount;
        private readonly int _rateMilliHz;
        private readonly int _nanoGPerCount;
        private readonly int _clipCounts;
        private readonly int _averageCount;
        private readonly BandLevels _bands;
        private readonly VelocityBand _velocity;
        private readonly AxisMoments[] _moments;
        private readonly long _stepPower;
        private readonly long[][][] _sums;
        private readonly int[] _lines = new int[AxisFeatures.LineCount];
        private readonly WindowFeatures _features;
        private readonly EnvelopeLine _envelope;
        private RealFft _fft;
        private short[] _samples;
        private int _windows;

        /// <param name="points">128, 256, 512, 1024 or 2048.</param>
        /// <param name="axisCount">1 to 3.</param>
        /// <param name="outputRateMilliHz">The sensor's own output data rate.</param>
        /// <param name="honestMilliHz">Upper end of the band in which the sensor's own filter is flat.</param>
        /// <param name="nanoGPerCount">One count in nano-g.</param>
        /// <param name="clipCounts">A sample of this size or more is clipped; 1 to 32768.</param>
        /// <param name="averageCount">Most windows averaged, 1 to 64.</param>
        /// <exception cref="ArgumentException">A value out of range.</exception>
        public FeatureExtractor(int points, int axisCount, int outputRateMilliHz, int honestMilliHz, int nanoGPerCount, int clipCounts, int averageCount)
        {
            if (axisCount < 1 || axisCount > 3 || outputRateMilliHz < 1 || nanoGPerCount < 1 || clipCounts < 1 || averageCount < 1 || averageCount > AverageCountMax)
            {
                throw new ArgumentException("Features: an argument is out of range.");
            }

            _points = points;
            _axisCount = axisCount;
            _rateMilliHz = outputRateMilliHz;
            _nanoGPerCount = nanoGPerCount;
            _clipCounts = clipCounts;
            _averageCount = averageCount;
            long stepOver16 = (long)points * (GravityShiftNanoG / nanoGPerCount) / 16;
            _stepPower = stepOver16 > 1 << 25 ? long.MaxValue : (stepOver16 * stepOver16) << 10;
            _bands = new BandLevels(points, WindowFeatures.BandCount);
            _velocity = new VelocityBand(points, outputRateMilliHz, honestMilliHz, nanoGPerCount);
            _envelope = HasEnvelope(points, outputRateMilliHz, honestMilliHz) ? new EnvelopeLine() : null;
            _features = new WindowFeatures(axisCount);
            _moments = new AxisMoments[axisCount];
            _sums = new long[axisCount][][];
            Statistics statistics = new Statistics();
            MakeWork();
            for (int i = 0; i < axisCount; i++)
            {
                _moments[i] = new AxisMoments(statistics);
                _sums[i] = averageCount > 1 ? PowerSpectrum.Allocate(_fft) : null;
            }
        }

        /// <summary>The features of the last decision: the object that Finish returns.</summary>
        public WindowFeatures Last { get { return _features; } }

        /// <summary>Ends of the band that velocity is summed over.</summary>
        public int VelocityLowMilliHz { get { return _velocity.LowMilliHz; } }

        /// <summary>See <see cref="VelocityLowMilliHz"/>.</summary>
        public int VelocityHighMilliHz { get { return _velocity.HighMilliHz; } }

        /// <summary>Frequency of a bin.</summary>
        public int BinMilliHz(int bin)
        {
            return (int)((long)bin * _rateMilliHz / _points);
        }

        /// <summary>Lower edge of a band.</summary>
        public int BandLowMilliHz(int band)
        {
            return BinMilliHz(_bands.FirstBin(band));
        }

        /// <summary>Strongest frequency of a band in the last decision; 0 for what is no band.</summary>
        public int PeakMilliHz(int axis, int band)
        {
            return band < WindowFeatures.BandCount ? BinMilliHz(_features.Axes[axis].BandPeakBins[band]) : 0;
        }

        /// <summary>Starts a decision.</summary>
        public void Begin()
        {
            MakeWork();
            _windows = 0;
            _features.Quality = WindowQuality.Good;
            for (int axis = 0; axis < _axisCount; axis++)
            {
                _moments[axis].Begin();
                if (_averageCount > 1)
                {
                    for (int i = 0; i < _sums[axis].Length; i++)
                    {
                        Array.Clear(_sums[axis][i], 0, _sums[axis][i].Length);
                    }
                }
            }
        }

        /// <summary>Takes in one window. Not more than averageCount times between Begin and Finish.</summary>
        /// <param name="x">First axis; N samples from offset on are read.</param>
        /// <param name="y">Second axis, or null.</param>
        /// <param name="z">Third axis, or null.</param>
        /// <param name="offset">First sample.</param>
        /// <param name="quality">What the sampler found: bits of <see cref="WindowQuality"/>.</param>
        public void AddWindow(short[] x, short[] y, short[] z, int offset, int quality)
        {
            _windows++;
            _features.Quality |= quality;
            for (int axis = 0; axis < _axisCount; axis++)
            {
                AddAxis(axis, axis == 0 ? x : axis == 1 ? y : z, offset);
            }
        }

        /// <summary>Ends a decision.</summary>
        /// <returns>The same object each time.</returns>
        public WindowFeatures Finish()
        {
            for (int axis = 0; axis < _axisCount; axis++)
            {
                if (_averageCount > 1)
                {
                    Divide(_sums[axis]);
                    Describe(axis, _sums[axis]);
                }

                Summarise(axis);
            }

            return _features;
        }

        /// <summary>Puts the power of every bin in the place of a window's samples, 256 log2(p + 1), p as PowerSpectrum gives it (counts^2 x 1024). Overwrites the work arrays.</summary>
        /// <param name="samples">short[N]; the first N / 2 + 1 are overwritten.</param>
        public void ReplaceBySpectrum(short[] samples)
        {
            MakeWork();
            _fft.Transform(samples);
            long[][] power = PowerSpectrum.ComputeHann(_fft);
            for (int i = 0; i <= _points >> 1; i++)
            {
                samples[i] = (short)IntegerMath.Log2Q8(PowerSpectrum.At(power, i) + 1);
            }
        }

        /// <summary>Gives the transform's arrays and tables back to the heap until the next Begin. Not between Begin and Finish.</summary>
        public void ReleaseWork()
        {
            _fft = null;
            _samples = null;
        }

        private void MakeWork()
        {
            if (_fft == null)
            {
                _fft = new RealFft(_points);
            }
        }

        /// <summary>Looks for the envelope line of one axis. Between Finish and the next Begin. Overwrites the work arrays and the samples.</summary>
        /// <param name="axis">0 to axisCount - 1.</param>
        /// <param name="samples">short[N]: that axis of the window taken in last. Overwritten, to save an array.</param>
        /// <returns>False where rate or window size do not allow it: nothing is written then.</returns>
        /// <remarks>Cost: stage1024.envelope.il of the benchmark. Allocates nothing.</remarks>
        public bool FindEnvelope(int axis, short[] samples)
        {
            if (_envelope == null)
            {
                return false;
            }

            AxisFeatures into = _features.Axes[axis];
            int rmsQ8 = (int)((long)into.AccelerationMicroGRms * 256000 / _nanoGPerCount);
            MakeWork();
            _envelope.Find(_fft, samples, samples, 0, rmsQ8 >> 4);
            into.EnvelopeMilliHz = _envelope.IsFound ? (int)((long)_envelope.LineBinQ10 * _rateMilliHz / _points >> 10) : 0;
            into.EnvelopeDepthPermille = _envelope.IsFound ? _envelope.DepthPermille : 0;
            return true;
        }

        // From 1,500 Hz on the band (0.16 to 0.34 of the rate) lies above what turns, and its lines reach 375 Hz; its middle must be in the honest band.
        private static bool HasEnvelope(int points, int rateMilliHz, int honestMilliHz)
        {
            return points >= EnvelopeLine.PointsMin && rateMilliHz >= EnvelopeRateMilliHzMin && honestMilliHz >= rateMilliHz / 4;
        }

        private void AddAxis(int axis, short[] samples, int offset)
        {
            if (offset != 0)
            {
                if (_samples == null)
                {
                    _samples = new short[_points];
                }

                Array.Copy(samples, offset, _samples, 0, _points);
                samples = _samples;
            }

            _fft.Transform(samples);
            _moments[axis].Add(_fft, samples, _clipCounts);
            long[][] power = PowerSpectrum.ComputeHann(_fft);

            // A step of the mean by s counts leaves about s N / (2 pi) in bin 1; the samples are looked at only where that much is there.
            if (power[0][1] > _stepPower)
            {
                _moments[axis].LookForStep(samples, _points);
            }

            if (_averageCount == 1)
            {
                Describe(axis, power);
                return;
            }

            for (int i = 0; i < _sums[axis].Length; i++)
            {
                long[] sums = _sums[axis][i];
                for (int k = 0; k < sums.Length; k++)
                {
                    // Cut before the sum, so that 64 full-scale windows fit.
                    sums[k] += power[i][k] >> AverageShift;
                }
            }
        }

        private void Divide(long[][] arrays)
        {
            int windows = _windows < 1 ? 1 : _windows;
            foreach (long[] sums in arrays)
            {
                for (int i = 0; i < sums.Length; i++)
                {
                    sums[i] = sums[i] / windows << AverageShift;
                }
            }
        }

        private void Describe(int axis, long[][] power)
        {
            AxisFeatures into = _features.Axes[axis];
            _bands.Compute(power, _moments[axis], _velocity, _features.VectorQ8, axis * WindowFeatures.PerAxis, into.BandPeakBins);
            into.VelocityMicrometerPerSecondRms = _velocity.MicrometerPerSecondRms;
            SpectrumLines.Find(power, _bands, _lines);
            for (int i = 0; i < AxisFeatures.LineCount; i++)
            {
                int bin = _lines[i];
                int offsetQ10 = bin == 0 ? 0 : SpectrumLines.OffsetQ10(power, bin);
                into.LineMilliHz[i] = (int)(((((long)bin << 10) + offsetQ10) * _rateMilliHz / _points) >> 10);
                into.LineMicroG[i] = bin == 0 ? 0 : ToMicroG(SpectrumLines.AmplitudeQ8(power, _points, bin, offsetQ10));
            }
        }

        private void Summarise(int axis)
        {
            AxisMoments moments = _moments[axis];
            AxisFeatures into = _features.Axes[axis];

            long rmsQ8 = IntegerMath.Sqrt(moments.SumVarianceQ8 / moments.Windows << 8);
            into.AccelerationMicroGRms = ToMicroG(rmsQ8);
            into.AccelerationMicroGPeak = ToMicroG(moments.PeakQ8);
            into.CrestFactorCenti = rmsQ8 == 0 ? 0 : (int)((((long)moments.PeakQ8 * 100) + (rmsQ8 >> 1)) / rmsQ8);
            into.KurtosisCenti = (int)(moments.SumKurtosisQ8 * 100 / moments.Windows >> 8);
            if (moments.IsConstant)
            {
                _features.Quality |= WindowQuality.Constant;
            }

            if (moments.IsClipped)
            {
                _features.Quality |= WindowQuality.Clipped;
            }

            if ((long)moments.MeanStepCounts * _nanoGPerCount > GravityShiftNanoG)
            {
                _features.Quality |= WindowQuality.GravityShift;
            }
        }

        private int ToMicroG(long countsQ8)
        {
            long microG = countsQ8 * _nanoGPerCount / 256000;
            return microG > int.MaxValue ? int.MaxValue : (int)microG;
        }
    }
}
