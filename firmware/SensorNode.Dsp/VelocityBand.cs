namespace SensorNode.Dsp
{
    /// <summary>RMS velocity from an acceleration spectrum: each bin divided by its angular frequency, summed over a band.</summary>
    /// <remarks>
    /// Formula:  v^2 = sum of 2 |X|^2 / (N^2 3/8) / (2 pi f)^2: 3/8 is the mean square of the Hann window (coherent gain 1/2, noise bandwidth 1.5).
    /// Band:     10 Hz to 1000 Hz, or to where the sensor is honest; whole bins, at least bin 3, because bins 1 and 2 hold the window's leakage of
    ///           drift. Low rates and long bins shorten it: the band in force is in LowMilliHz and HighMilliHz.
    /// Accuracy: within 2 % of the velocity of the tones in the band; a line within a bin and a half of an edge is counted in part.
    /// Weights:  bin by bin below bin 32, with 1/(k^2 + 1): the Hann window spreads a line by a third of a bin squared, which 1/k^2 would overstate by 1/(2 k^2).
    ///           That leaves 0.3 %. From there four bins have one divisor, below bin 128 with a correction for how they lie about their middle:
    ///           within 0.4 % of the velocity of a line there, and 0.7 % above.
    /// Cost:     in the loop of BandLevels, 3 to 12 IL instructions a bin.
    /// </remarks>
    public sealed class VelocityBand
    {
        // How a bin is weighted: not at all, by its own frequency, four bins by their middle and by how they lie about it, or by their middle.
        internal const int None = 0;
        internal const int Singly = 1;
        internal const int Corrected = 2;
        internal const int Fours = 3;

        private const int FirstCorrected = 32;
        private const int FirstFours = 128;

        private readonly int _first;
        private readonly int _last;
        private readonly long _scaleWhole;
        private readonly long _scaleRestQ30;

        /// <param name="points">N of the transform.</param>
        /// <param name="rateMilliHz">Output data rate.</param>
        /// <param name="honestMilliHz">Upper end of the sensor's own honest band.</param>
        /// <param name="nanoGPerCount">One count in nano-g.</param>
        public VelocityBand(int points, int rateMilliHz, int honestMilliHz, int nanoGPerCount)
        {
            int top = honestMilliHz < 1000000 ? honestMilliHz : 1000000;
            int first = (int)((((long)10000 * points) + rateMilliHz - 1) / rateMilliHz);
            int last = (int)((long)top * points / rateMilliHz);
            _first = first < 3 ? 3 : first;
            _last = last > (points >> 1) - 1 ? (points >> 1) - 1 : last;
            LowMilliHz = (int)((long)_first * rateMilliHz / points);
            HighMilliHz = _last < _first ? LowMilliHz : (int)((long)_last * rateMilliHz / points);

            // sqrt(2 / 0.375) / (2 pi) / 32 (PowerSpectrum's 2^-10) x 9.80665 um/s^2 a micro-g: 0.1126393 um/s a count at 1 nano-g and 1 mHz.
            // Divided in two steps, so that nothing wraps at any rate.
            long numerator = (long)nanoGPerCount * 1126393;
            long denominator = (long)rateMilliHz * 10000000;
            _scaleWhole = numerator / denominator;
            long rest = numerator % denominator;
            while (rest >= 1L << 32)
            {
                rest >>= 1;
                denominator >>= 1;
            }

            _scaleRestQ30 = (rest << 30) / denominator;
        }

        /// <summary>Lower end of the band in force.</summary>
        public int LowMilliHz { get; }

        /// <summary>Upper end of the band in force; equal to the lower one where the rate leaves no band.</summary>
        public int HighMilliHz { get; }

        /// <summary>RMS velocity in micrometres a second of the powers that BandLevels saw last; 2^31 - 1 stands for more.</summary>
        public int MicrometerPerSecondRms { get; private set; }

        /// <summary>First bin that the mode in force does not hold for.</summary>
        internal int Next { get; private set; }

        /// <summary>Mode of the bins below the band.</summary>
        internal int Begin()
        {
            Next = _first;
            return None;
        }

        /// <summary>Mode of a bin, and in Next how far it holds.</summary>
        internal int Advance(int bin)
        {
            int end = bin < FirstCorrected ? FirstCorrected : bin < FirstFours ? FirstFours : int.MaxValue;
            Next = end <= _last ? end : bin <= _last ? _last + 1 : int.MaxValue;
            return bin > _last ? None : bin < FirstCorrected ? Singly : bin < FirstFours ? Corrected : Fours;
        }

        /// <summary>Takes the sum of the powers, each over the square of its bin. Entries and their sum stay below 2^62, and divisors are at least 10.</summary>
        internal void End(long sum)
        {
            int up = sum < 1L << 38 ? 24 : sum < 1L << 50 ? 12 : 0;
            long root = IntegerMath.Sqrt(sum << up);

            // The root is below 2^31 and the rest below 2^30.
            long velocity = ((root * _scaleWhole) + ((root * _scaleRestQ30) >> 30)) >> (up >> 1);
            MicrometerPerSecondRms = velocity > int.MaxValue ? int.MaxValue : (int)velocity;
        }
    }
}
