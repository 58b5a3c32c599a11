namespace SensorNode.Detection
{
    /// <summary>Healthy windows that were not fitted: a fair sample of them, and rough scores of all, for the threshold.</summary>
    /// <remarks>
    /// Method:  a reservoir. Each window kept aside so far has the same chance to be in it. The sequence is fixed, so a replay repeats it.
    /// Format:  a window is its least value and step in Q8, its rough score, and one byte a value.
    /// Memory:  about 2.3 KB, allocated once; 29 windows of 69 values.
    /// </remarks>
    public sealed class AsideWindows
    {
        private const int BudgetBytes = 2240;
        private const int CapacityMax = 48;
        private const int HeaderBytes = 6;

        private readonly int _length;
        private readonly int _capacity;
        private readonly byte[] _bytes;
        private long _sum;
        private long _squares;
        private uint _random = 1;

        /// <param name="length">Values a window.</param>
        public AsideWindows(int length)
        {
            int capacity = BudgetBytes / (length + HeaderBytes);
            _length = length;
            _capacity = capacity > CapacityMax ? CapacityMax : capacity;
            _bytes = new byte[_capacity * (length + HeaderBytes)];
        }

        /// <summary>Windows in the sample at present.</summary>
        public int Count { get; private set; }

        /// <summary>Windows ever kept aside, also those that had to make room.</summary>
        public int SeenCount { get; private set; }

        /// <summary>Mean of the rough scores of all windows ever kept aside, log2 Q8.</summary>
        public int RoughMeanQ8 { get { return SeenCount == 0 ? 0 : (int)(_sum / SeenCount); } }

        /// <summary>Variance of those, Q16.</summary>
        public int RoughVarianceQ16
        {
            get { return SeenCount == 0 ? 0 : (int)((_squares - (_sum * _sum / SeenCount)) / SeenCount); }
        }

        /// <summary>Bytes of the object and its array, by the runtime's object sizes.</summary>
        public int SizeBytes { get { return _bytes.Length + 20 + (9 * 12); } }

        /// <summary>Forgets all of them.</summary>
        public void Forget()
        {
            SeenCount = 0;
            Count = 0;
            _sum = 0;
            _squares = 0;
        }

        /// <summary>Takes in one window.</summary>
        /// <param name="vectorQ8">short[length], read only.</param>
        /// <param name="roughQ8">Its rough score, log2 Q8.</param>
        public void Keep(short[] vectorQ8, int roughQ8)
        {
            SeenCount++;
            _sum += roughQ8;
            _squares += (long)roughQ8 * roughQ8;
            int place = Count;
            if (place < _capacity)
            {
                Count++;
            }
            else
            {
                _random = (_random * 1664525u) + 1013904223u;
                place = (int)((_random >> 8) % (uint)SeenCount);
                if (place >= _capacity)
                {
                    return;
                }
            }

            Write(place * (_length + HeaderBytes), vectorQ8, roughQ8);
        }

        /// <summary>Reads one window of the sample.</summary>
        /// <param name="index">0 to <see cref="Count"/> - 1.</param>
        /// <param name="vectorQ8">Overwritten. Within half a step of 1/255 of the window's own range.</param>
        /// <returns>The rough score it had when it was seen, log2 Q8.</returns>
        public int Read(int index, short[] vectorQ8)
        {
            int at = index * (_length + HeaderBytes);
            int least = _bytes[at] | (_bytes[at + 1] << 8);
            int step = _bytes[at + 2] | (_bytes[at + 3] << 8);
            for (int i = 0; i < _length; i++)
            {
                vectorQ8[i] = (short)(least + (_bytes[at + HeaderBytes + i] * step));
            }

            return (short)(_bytes[at + 4] | (_bytes[at + 5] << 8));
        }

        private void Write(int at, short[] vectorQ8, int roughQ8)
        {
            int least = vectorQ8[0];
            int most = least;
            for (int i = 1; i < _length; i++)
            {
                int value = vectorQ8[i];
                if (value < least)
                {
                    least = value;
                }

                if (value > most)
                {
                    most = value;
                }
            }

            int step = ((most - least) / 255) + 1;
            _bytes[at] = (byte)least;
            _bytes[at + 1] = (byte)(least >> 8);
            _bytes[at + 2] = (byte)step;
            _bytes[at + 3] = (byte)(step >> 8);
            _bytes[at + 4] = (byte)roughQ8;
            _bytes[at + 5] = (byte)(roughQ8 >> 8);
            for (int i = 0; i < _length; i++)
            {
                _bytes[at + HeaderBytes + i] = (byte)((vectorQ8[i] - least + (step >> 1)) / step);
            }
        }
    }
}
