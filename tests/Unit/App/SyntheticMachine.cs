namespace SensorNode.Detection.Tests
{
    /// <summary>Detector vectors of a machine that exists only here: 3 axes of 23 values, a state's own shape, and noise from a seed.</summary>
    public sealed class SyntheticMachine
    {
        public const int AxisCount = 3;
        public const int PerAxis = 23;
        public const int Length = AxisCount * PerAxis;

        private readonly short[] _vector = new short[Length];
        private uint _seed;

        public SyntheticMachine(uint seed)
        {
            _seed = seed;
        }

        /// <summary>A window of the running machine.</summary>
        /// <param name="state">0, 1, 2, ..: each has a shape and a level of its own.</param>
        /// <param name="extraQ8">Added to bands 5 and 6 of the second axis: a fault, in 1/256 octave.</param>
        public short[] Running(int state, int extraQ8)
        {
            for (int i = 0; i < Length; i++)
            {
                // Lines and gaps of several octaves, other ones in each state.
                int shape = ((i * 7) + (state * 5)) % 11 * 128;
                _vector[i] = (short)(2600 + (state * 500) + shape + Noise(70));
            }

            _vector[PerAxis + 5] += (short)extraQ8;
            _vector[PerAxis + 6] += (short)extraQ8;
            return _vector;
        }

        /// <summary>A window of the machine at rest: every band at the sensor's noise.</summary>
        public short[] Standing()
        {
            for (int i = 0; i < Length; i++)
            {
                _vector[i] = (short)(1500 + Noise(70));
            }

            return _vector;
        }

        // Sum of four even ones: about normal, with the given standard deviation.
        private int Noise(int deviation)
        {
            int sum = 0;
            for (int i = 0; i < 4; i++)
            {
                _seed = (_seed * 1664525u) + 1013904223u;
                sum += (int)(_seed >> 16) - 32768;
            }

            return sum * deviation / 37837;
        }
    }
}
