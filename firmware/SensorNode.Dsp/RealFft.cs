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
    /// Cost:     6.9, 15.0, 32.2, 68.8 and 148 thousand IL instructions.
    /// Order:    bins lie where the second pass leaves them; <see cref="PowerSpectrum"/> puts powers in their place, CopySpectrum sorts them.
    /// Memory:   8 N bytes in C arrays of R (9.3 KB for 1024 points). Samples are read where they are, twiddles are constants of the code.
    ///           Transform allocates nothing. Not for two threads at once.
    /// Source:   split radix, Duhamel and Hollmann 1984; plan and figures in firmware/docs/decisions/0002-fft.md.
    /// </remarks>
    public sealed class RealFft
    {
        /// <summary>Bins are multiplied by 2 to this: 18 bits from the first pass, 18 from the twiddles.</summary>
        internal const int OutputBits = 36;

        private readonly int _columnSize;
        private readonly int _rowSize;
        private readonly long[][] _data;

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
                default: throw new ArgumentException("FFT: valid are 128, 256, 512, 1024 and 2048 points.");
            }
            Points = points;
            _data = PowerSpectrum.Allocate(_columnSize, _rowSize / 2, _rowSize + 1);
        }

        /// <summary>N: samples in, and N / 2 + 1 bins out.</summary>
        public int Points { get; }

        /// <summary>Power of two to multiply the bins by.</summary>
        public int Exponent { get { return -OutputBits; } }

        /// <summary>R: bin k lies in row k mod R.</summary>
        internal int ColumnSize { get { return _columnSize; } }

        /// <summary>C: bins of a row.</summary>
        internal int RowSize { get { return _rowSize; } }

        /// <summary>
        /// Column c at index c, or c + 1 from C / 2 on; index C / 2 is the array of one entry of bin N / 2. Bin k + R c with k below R / 2 is in column c:
        /// real part at k, imaginary part at k + R / 2; where it is beyond N / 2, it is the conjugate of bin N - k - R c. Row 0 has its imaginary parts in
        /// column C - c, row R / 2 in column C - 1 - c. After PowerSpectrum.ComputeHann: powers.
        /// </summary>
        internal long[][] Data { get { return _data; } }

        /// <summary>Transforms one block.</summary>
        /// <param name="samplesCounts">short[N] or longer; the first N are read, nothing is changed. Time is cyclic: column c begins at sample c + 1 - C / 2.</param>
        /// <exception cref="ArgumentException">Fewer than N samples.</exception>
        public void Transform(short[] samplesCounts)
        {
            if (samplesCounts.Length < Points)
                throw new ArgumentException("FFT: too few samples.");
            if (_columnSize == 16)
                Columns16.Run(samplesCounts, _data, _rowSize);
            else if (_columnSize == 32)
                Columns32.Run(samplesCounts, _data, _rowSize);
            else
                Columns64.Run(samplesCounts, _data, _rowSize);
            int half = _columnSize / 2;
            if (_rowSize == 8)
            {
                Rows8.Run(_data, half, 1);
                FirstRow8.Run(_data);
                MiddleRow8.Run(_data, half);
            }
            else if (_rowSize == 16)
            {
                Rows16.Run(_data, half, 16 / half);
                FirstRow16.Run(_data);
                MiddleRow16.Run(_data, half);
            }
            else
            {
                Rows32.Run(_data, half, 32 / half);
                FirstRow32.Run(_data);
                MiddleRow32.Run(_data, half);
            }
        }

        /// <summary>Writes the bins of the last block in order.</summary>
        /// <param name="re">long[N / 2 + 1]: real parts, to be multiplied by 2^Exponent.</param>
        /// <param name="im">long[N / 2 + 1]: imaginary parts.</param>
        public void CopySpectrum(long[] re, long[] im)
        {
            int size = _columnSize;
            int middle = size / 2;
            for (int k = 0; k <= Points / 2; k++)
            {
                int row = k % size;
                int column = k / size;
                long[] here = _data[column];
                long[] mirror = _data[_rowSize - column + (row == 0 && column > 0 ? 1 : 0)];
                bool isMirrored = row > middle;
                re[k] = isMirrored ? mirror[size - row] : here[row];
                if (row == 0)
                    im[k] = k == 0 || k == Points / 2 ? 0 : mirror[0];
                else if (row == middle)
                    im[k] = mirror[middle];
                else
                    im[k] = isMirrored ? -mirror[middle + size - row] : here[middle + row];
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
    }
}
