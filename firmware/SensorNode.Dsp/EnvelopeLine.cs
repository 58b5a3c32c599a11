using System;

namespace SensorNode.Dsp
{
    /// <summary>Looks for a line in the spectrum of one block's envelope: what a damaged bearing shows when its blows make the machine ring.</summary>
    /// <remarks>
    /// Method:   band around a quarter of the rate as a complex signal (16 taps), its magnitude at every second sample, the block's own transform over
    ///           it with zeros between, Hann power. A line counts if it stands 2^<see cref="ProminenceQ8"/>/256 times above its neighbourhood.
    /// Band:     carriers from 0.16 to 0.34 of the rate within 2 %; 34 dB down below 0.04 of it, half at 0.1 and 0.4; a constant leaves exactly nothing.
    /// Range:    envelope lines from bin 3 to bin N/4 - 4, the bins being those of the block: up to a quarter of the rate.
    /// Accuracy: a tone with sine modulation, both sidebands inside the band: frequency within a tenth of a bin, depth within 5 %.
    /// Memory:   none of its own but the fields; Find allocates nothing.
    /// Source:   Randall and Antoni, Rolling element bearing diagnostics, MSSP 25 (2011); figures in firmware/docs/features.md.
    /// </remarks>
    public sealed class EnvelopeLine
    {
        /// <summary>Least block: below it the neighbourhood of a line is too small to know the noise by.</summary>
        public const int PointsMin = 1024;

        /// <summary>Distance of a line's power from the mean log power around it, 1/256 octave.</summary>
        public const int ProminenceQ8 = 1500;

        /// <summary>Least depth: the band's mirror image makes lines of 2 % of a steady tone.</summary>
        public const int DepthPermilleMin = 50;

        private const int Gain = 252;
        private const int FirstBin = 3;
        private const int ReachBins = 16;
        private const int SkirtBins = 2;
        private const int FaintQ8 = 4 * 256;
        private const int HarmonicCount = 4;
        private const int HarmonicQ8 = 768;

        private long _meanCountsQ8;

        /// <summary>True if the last block has a line; the rest holds only then.</summary>
        public bool IsFound { get; private set; }

        /// <summary>Frequency of the strongest line in 1/1024 bins of the block.</summary>
        public int LineBinQ10 { get; private set; }

        /// <summary>Amplitude of the line over the mean of the envelope, 1/1000: the depth of a sine modulation. Up to 2000 for sharp blows.</summary>
        public int DepthPermille { get; private set; }

        /// <summary>Looks for the strongest line.</summary>
        /// <param name="fft">Its last block is lost. Points: 1024 or 2048.</param>
        /// <param name="samplesCounts">short[N] or longer, not changed unless it is the work array too.</param>
        /// <param name="work">short[N], overwritten; may be the samples' own array.</param>
        /// <param name="firstBin">Lines below it do not count; less than 3 stands for 3. Twice the shaft's bin leaves out what shaft and cage do to the blows.</param>
        /// <param name="leastQ8">In counts, Q8. An envelope whose mean is less does not count. A sixteenth of the block's RMS or more: what the band lets through of strong slow vibration stays below.</param>
        /// <exception cref="ArgumentException">Fewer points than <see cref="PointsMin"/>.</exception>
        public void Find(RealFft fft, short[] samplesCounts, short[] work, int firstBin, int leastQ8)
        {
            int points = fft.Points;
            if (points < PointsMin)
                throw new ArgumentException("Envelope of " + points.ToString() + " points: at least " + PointsMin.ToString() + ".");
            IsFound = false;
            int count = (points >> 1) - 7;
            int most = Magnitudes(samplesCounts, count, fft.Data);
            int meanQ8 = Spread(fft.Data, count, most, points, work);
            if (meanQ8 == 0 || _meanCountsQ8 < leastQ8)
                return;
            fft.Transform(work);
            long[][] power = PowerSpectrum.ComputeHann(fft);
            int bin = Base(power, points, work, firstBin < FirstBin ? FirstBin : firstBin);
            if (bin == 0)
                return;
            int offsetQ10 = SpectrumLines.OffsetQ10(power, bin);
            LineBinQ10 = (bin << 10) + offsetQ10;
            // Every second sample of the transformed block is 0: the amplitude is twice what it says.
            DepthPermille = (int)((SpectrumLines.AmplitudeQ8(power, points, bin, offsetQ10) * 2000 + (meanQ8 >> 1)) / meanQ8);
            IsFound = DepthPermille >= DepthPermilleMin;
        }

        // Magnitude of the band, 252 times the amplitude of a tone in its middle, at every second sample. The taps are a low-pass of 16, symmetric,
        // shifted by a quarter of the rate: even samples give the real part, odd ones the imaginary part, and each row adds up to 0.
        // Sums stay below 170 * 2^15 < 2^23. The root: within 7 % by addition, then one step of Newton's, within 0.25 %.
        private static int Magnitudes(short[] x, int count, long[][] into)
        {
            int most = 0;
            int n = 0;
            int size = into[0].Length;
            long[] row = into[0];
            int at = 0;
            for (int b = 0; b < count; b++)
            {
                int re = 3 * x[n] + 7 * x[n + 2] - 3 * x[n + 4] - 51 * x[n + 6] + 74 * x[n + 8] - 20 * x[n + 10] - 11 * x[n + 12] + x[n + 14];
                int im = 11 * x[n + 3] - x[n + 1] + 20 * x[n + 5] - 74 * x[n + 7] + 51 * x[n + 9] + 3 * x[n + 11] - 7 * x[n + 13] - 3 * x[n + 15];
                n += 2;
                if (re < 0)
                    re = -re;
                if (im < 0)
                    im = -im;
                int root = re > im ? re + (im >> 2) + (im >> 3) : im + (re >> 2) + (re >> 3);
                if (root > 0)
                    root = root + (int)(((long)re * re + (long)im * im) / root) >> 1;
                if (root > most)
                    most = root;
                if (at == size)
                {
                    row = into[b / size];
                    at = 0;
                }
                row[at++] = root;
            }
            return most;
        }

        // Scales to 15 bits, notes the mean in counts, writes zeros between, fills the end, where the filter has run out of samples and the window is next to nothing, with the mean.
        // Returns the mean of the scaled magnitudes, Q8.
        private int Spread(long[][] magnitudes, int count, int most, int points, short[] into)
        {
            int shift = 0;
            while (most >> shift > short.MaxValue)
                shift++;
            Array.Clear(into, 0, points);
            int sum = 0;
            int n = 0;
            int size = magnitudes[0].Length;
            for (int b = 0; b < count; b += size)
            {
                long[] row = magnitudes[b / size];
                int stop = count - b < size ? count - b : size;
                for (int i = 0; i < stop; i++)
                {
                    int value = (int)row[i] >> shift;
                    sum += value;
                    into[n] = (short)value;
                    n += 2;
                }
            }
            short mean = (short)(sum / count);
            _meanCountsQ8 = (((long)sum << 8) / count << shift) / Gain;
            for (; n < points; n += 2)
                into[n] = mean;
            return (int)(((long)sum << 8) / count);
        }

        // Of the lines that stand out and are not 12 dB below the strongest of them, the one whose own prominence and that of its harmonics add up to
        // most: blows have many harmonics, and what makes them stronger and weaker (shaft, cage) has few. 0 where nothing stands out.
        private static int Base(long[][] power, int points, short[] logs, int firstBin)
        {
            int end = points >> 2;
            for (int k = 1; k < end; k++)
                logs[k] = (short)IntegerMath.Log2Q8(PowerSpectrum.At(power, k));
            int listEnd = Candidates(power, logs, firstBin, end);
            int least = 0;
            for (int i = end; i < listEnd; i++)
            {
                int log = logs[logs[i]] - FaintQ8;
                least = log > least ? log : least;
            }
            int best = 0;
            int most = 0;
            for (int i = end; i < listEnd; i++)
            {
                int k = logs[i];
                int sum = logs[k] < least ? 0 : Prominence(logs, k, end) + Harmonics(power, logs, k, end, least);
                if (sum > most)
                {
                    most = sum;
                    best = k;
                }
            }
            return best;
        }

        // Lists the local maxima that stand out behind the logarithms, and gives the end of the list: at most every second bin is one.
        private static int Candidates(long[][] power, short[] logs, int firstBin, int end)
        {
            int listEnd = end;
            for (int k = firstBin; k < end - 3; k++)
            {
                long here = PowerSpectrum.At(power, k);
                if (here > PowerSpectrum.At(power, k - 1) && here >= PowerSpectrum.At(power, k + 1) && Prominence(logs, k, end) > ProminenceQ8)
                    logs[listEnd++] = (short)k;
            }
            return listEnd;
        }

        private static int Harmonics(long[][] power, short[] logs, int bin, int end, int least)
        {
            int lineQ10 = (bin << 10) + SpectrumLines.OffsetQ10(power, bin);
            int sum = 0;
            for (int order = 2; order <= HarmonicCount; order++)
            {
                int harmonic = order * lineQ10 + 512 >> 10;
                if (harmonic >= end - 3)
                    break;
                int prominence = logs[harmonic] < least - FaintQ8 ? 0 : Prominence(logs, harmonic, end);
                sum += prominence < HarmonicQ8 ? 0 : prominence;
            }
            return sum;
        }

        // How far a bin stands above the mean logarithm of the bins up to 16 away, its own skirt left out; at the ends the neighbourhood moves inwards.
        // A few more lines hardly move that mean.
        private static int Prominence(short[] logs, int bin, int end)
        {
            int first = bin - ReachBins < 1 ? 1 : bin + ReachBins >= end ? end - 1 - 2 * ReachBins : bin - ReachBins;
            int last = first + 2 * ReachBins;
            int sum = 0;
            for (int k = first; k <= last; k++)
                sum += logs[k];
            int from = bin - SkirtBins < first ? first : bin - SkirtBins;
            int to = bin + SkirtBins > last ? last : bin + SkirtBins;
            for (int k = from; k <= to; k++)
                sum -= logs[k];
            return logs[bin] - sum / (2 * ReachBins - (to - from));
        }
    }
}
