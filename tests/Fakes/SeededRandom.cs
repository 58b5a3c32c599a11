namespace SensorNode.Fakes
{
    /// <summary>Numbers that are the same on every runtime for one seed; the board's own generator ignores seeds.</summary>
    /// <remarks>xorshift32 (Marsaglia 2003, shifts 13, 17, 5). A seed of 0 is taken as 1.</remarks>
    public sealed class SeededRandom
    {
        private uint _state;

        public SeededRandom(int seed)
        {
            _state = seed == 0 ? 1u : (uint)seed;
            Next(2);
            Next(2);
        }

        /// <summary>0 to limit - 1; limit is 1 to 65536.</summary>
        public int Next(int limit)
        {
            _state ^= _state << 13;
            _state ^= _state >> 17;
            _state ^= _state << 5;
            return (int)((_state >> 8) % (uint)limit);
        }

        /// <summary>Fills part of an array.</summary>
        public void Fill(byte[] bytes, int offset, int count)
        {
            for (int i = 0; i < count; i++)
            {
                bytes[offset + i] = (byte)Next(256);
            }
        }
    }
}
