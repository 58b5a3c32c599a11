using System;
using SensorNode.Dsp.Kernels;

namespace SensorNode.Dsp
{
    /// <summary>Transforms one block of real samples, integers only, in two passes of generated straight-line code.</summary>
    /// <remarks>
    /// Format:   short in; long out: bin k times 2^Exponent = sum of x[n] e^(-2 pi i k n / N), in input counts, not divided by N.
    ///   128 points: 16 columns x 8 rows    256: 16 x 16    512: 32 x 16    1024: 32 x 32    2048: 64 x 32. Exponent -36 for all.
    /// Range:    no input overflows: no value on the way exceeds N 2^51, 2^62 for 2048 points (proven by BoundsTests in tests/Dsp).
    /// Accuracy: signal to noise 110 dB measured, 100 dB tested, at every level: only the constants' roundings, 18 bits in each pass and between them.
    /// Cost:     6.6, 14.1, 30.8, 66.6 and 144 thousand IL instructions.
    /// Order:    bins lie in rows as the second pass leaves them; <see cref="PowerSpectrum"/> reads them there, CopySpectrum sorts them.
    /// Memory:   8 N bytes of bins, 2 N of samples, 4 N of twiddles; Transform allocates nothing. Not for two threads at once.
    /// Source:   split radix, Duhamel and Hollmann 1984; plan and figures in firmware/docs/decisions/0002-fft.md.
    /// </remarks>
    public sealed class RealFft
    {
        private readonly int _columnSize;
        private readonly int _rowSize;
        private readonly short[][] _samples;
        private readonly long[][] _twiddles;
        private readonly long[][] _re;
        private readonly long[][] _im;

        /// <summary>Allocates everything for one size.</summary>
        /// <param name="points">128, 256, 512, 1024 or 2048.</param>
        /// <exception cref="ArgumentException">Another size; the message names the valid ones.</exception>
        public RealFft(int points)
        {
            switch (points)
            {
                case 128: _columnSize = 16; _rowSize = 8; break;
                case 256: _columnSize = 16; _rowSize = 16; break;
                case 512: _columnSize = 32; _rowSize = 16; break;
                case 1024: _columnSize = 32; _rowSize = 32; break;
                case 2048: _columnSize = 64; _rowSize = 32; break;
                default: throw new ArgumentException("FFT of " + points.ToString() + " points: valid are 128, 256, 512, 1024 and 2048.");
            }
            Points = points;
            Exponent = -TwiddleTable.OutputBits;
            int half = _columnSize / 2;
            _samples = new short[_columnSize][];
            for (int i = 0; i < _columnSize; i++)
                _samples[i] = new short[_rowSize];
            _re = new long[half + 1][];
            _im = new long[half + 1][];
            for (int k = 0; k <= half; k++)
            {
                // Row 0 holds the bins 0, R, 2 R, .. N / 2: one more than half a row.
                _re[k] = new long[_rowSize];
                _im[k] = new long[k == 0 ? _rowSize / 2 + 1 : k == half ? _rowSize / 2 : _rowSize];
            }
            _twiddles = TwiddleTable.Create(points, half, _rowSize);
        }

        /// <summary>N: samples in, and N / 2 + 1 bins out.</summary>
        public int Points { get; }

        /// <summary>Power of two to multiply the bins by.</summary>
        public int Exponent { get; }

        /// <summary>R: bin k lies in row k mod R.</summary>
        internal int ColumnSize { get { return _columnSize; } }

        /// <summary>C: bins of a row.</summary>
        internal int RowSize { get { return _rowSize; } }

        /// <summary>The samples of the last block, R rows of C, as the first pass reads them.</summary>
        internal short[][] Samples { get { return _samples; } }

        /// <summary>Row k1 up to R / 2 holds bin k1 + R k2 at index k2; where that is beyond N / 2, the conjugate of bin N - k1 - R k2.</summary>
        internal long[][] Re { get { return _re; } }

        /// <summary>As Re. In row 0 the first and the last entry stay 0.</summary>
        internal long[][] Im { get { return _im; } }

        /// <summary>Transforms one block.</summary>
        /// <param name="samplesCounts">short[N] or longer; the first N are read, nothing is changed.</param>
        /// <exception cref="ArgumentException">Fewer than N samples.</exception>
        public void Transform(short[] samplesCounts)
        {
            if (samplesCounts.Length < Points)
                throw new ArgumentException("FFT of " + Points.ToString() + " points got " + samplesCounts.Length.ToString() + " samples.");
            CopyFirstRow(samplesCounts);
            if (_columnSize == 16)
                Columns16.Run(samplesCounts, _samples, _re, _im, _rowSize);
            else if (_columnSize == 32)
                Columns32.Run(samplesCounts, _samples, _re, _im, _rowSize);
            else
                Columns64.Run(samplesCounts, _samples, _re, _im, _rowSize);
            int half = _columnSize / 2;
            if (_rowSize == 8)
            {
                Rows8.Run(_re, _im, _twiddles, half);
                FirstRow8.Run(_re[0], _im[0]);
                MiddleRow8.Run(_re[half], _im[half]);
            }
            else if (_rowSize == 16)
            {
                Rows16.Run(_re, _im, _twiddles, half);
                FirstRow16.Run(_re[0], _im[0]);
                MiddleRow16.Run(_re[half], _im[half]);
            }
            else
            {
                Rows32.Run(_re, _im, _twiddles, half);
                FirstRow32.Run(_re[0], _im[0]);
                MiddleRow32.Run(_re[half], _im[half]);
            }
        }

        /// <summary>Writes the bins of the last block in order.</summary>
        /// <param name="re">long[N / 2 + 1]: real parts, to be multiplied by 2^Exponent.</param>
        /// <param name="im">long[N / 2 + 1]: imaginary parts.</param>
        public void CopySpectrum(long[] re, long[] im)
        {
            int half = Points / 2;
            int columns = _columnSize;
            for (int k = 0; k <= half; k++)
            {
                int row = k % columns;
                int index = k / columns;
                if (row <= columns / 2)
                {
                    re[k] = _re[row][index];
                    im[k] = index < _im[row].Length ? _im[row][index] : 0;
                }
                else
                {
                    re[k] = _re[columns - row][_rowSize - 1 - index];
                    im[k] = -_im[columns - row][_rowSize - 1 - index];
                }
            }
        }

        /// <summary>Writes the bins of the last block as if its samples had been weighted by a periodic Hann window.</summary>
        /// <param name="re">long[N / 2 + 1]: real parts, to be multiplied by 2^Exponent.</param>
        /// <param name="im">long[N / 2 + 1]: imaginary parts.</param>
        /// <param name="removeMean">True: as if the samples' mean had been taken away first.</param>
        /// <remarks>
        /// Window:   (1 - cos(2 pi n / N)) / 2 in time is bin k / 2 - (bin k-1 + bin k+1) / 4 in frequency. Coherent gain 0.5, not corrected.
        /// Rounding: down, by at most two units of 2^Exponent.
        /// </remarks>
        public void CopyHannSpectrum(long[] re, long[] im, bool removeMean)
        {
            CopySpectrum(re, im);
            if (removeMean)
                re[0] = 0;
            int half = Points / 2;
            long reBefore = re[1];
            long imBefore = -im[1];
            long reLast = re[half - 1];
            long imLast = -im[half - 1];
            for (int k = 0; k <= half; k++)
            {
                long reHere = re[k];
                long imHere = im[k];
                long reNext = k < half ? re[k + 1] : reLast;
                long imNext = k < half ? im[k + 1] : imLast;
                re[k] = (reHere >> 1) - (reBefore >> 2) - (reNext >> 2);
                im[k] = (imHere >> 1) - (imBefore >> 2) - (imNext >> 2);
                reBefore = reHere;
                imBefore = imHere;
            }
        }

        // Sample C n1 + n2 goes to row n1, with n2 from -(C/2 - 1) to C/2, so that the twiddles of n2 and -n2 are conjugates and are loaded
        // once for both. Row 0 begins with the last C/2 - 1 samples of the block: time is cyclic here. The kernels copy the other rows.
        private void CopyFirstRow(short[] samplesCounts)
        {
            int before = _rowSize / 2 - 1;
            Array.Copy(samplesCounts, Points - before, _samples[0], 0, before);
            Array.Copy(samplesCounts, 0, _samples[0], before, _rowSize - before);
        }
    }
}
