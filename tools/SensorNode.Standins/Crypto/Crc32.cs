namespace System.IO.Hashing
{
    /// <summary>CRC-32 (IEEE 802.3), native on the board.</summary>
    public class Crc32
    {
        private static readonly uint[] Table = MakeTable();
        private uint _state = uint.MaxValue;

        public void Append(SpanByte source) => _state = Update(_state, source);

        public void Append(byte[] source) => Append(new SpanByte(source));

        public void Append(byte value) => _state = Table[(_state ^ value) & 0xFF] ^ (_state >> 8);

        public void Reset() => _state = uint.MaxValue;

        public uint GetCurrentHashAsUInt32() => ~_state;

        public static uint HashToUInt32(SpanByte source) => ~Update(uint.MaxValue, source);

        private static uint Update(uint state, SpanByte source)
        {
            foreach (byte b in source.AsSpan())
            {
                state = Table[(state ^ b) & 0xFF] ^ (state >> 8);
            }

            return state;
        }

        private static uint[] MakeTable()
        {
            var table = new uint[256];
            for (uint i = 0; i < table.Length; i++)
            {
                uint value = i;
                for (int bit = 0; bit < 8; bit++)
                {
                    value = (value >> 1) ^ (0xEDB88320 & (0 - (value & 1)));
                }

                table[i] = value;
            }

            return table;
        }
    }
}
