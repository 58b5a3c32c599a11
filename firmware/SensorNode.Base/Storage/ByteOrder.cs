namespace SensorNode.Storage
{
    /// <summary>Numbers in byte arrays, least significant byte first. All stored forms use this order.</summary>
    public static class ByteOrder
    {
        public static void PutInt16(byte[] bytes, int offset, int value)
        {
            bytes[offset] = (byte)value;
            bytes[offset + 1] = (byte)(value >> 8);
        }

        public static void PutInt32(byte[] bytes, int offset, int value)
        {
            bytes[offset] = (byte)value;
            bytes[offset + 1] = (byte)(value >> 8);
            bytes[offset + 2] = (byte)(value >> 16);
            bytes[offset + 3] = (byte)(value >> 24);
        }

        public static void PutInt64(byte[] bytes, int offset, long value)
        {
            PutInt32(bytes, offset, (int)value);
            PutInt32(bytes, offset + 4, (int)(value >> 32));
        }

        /// <summary>Sign extended.</summary>
        public static int GetInt16(byte[] bytes, int offset)
        {
            return (short)(bytes[offset] | bytes[offset + 1] << 8);
        }

        public static int GetInt32(byte[] bytes, int offset)
        {
            return bytes[offset] | bytes[offset + 1] << 8 | bytes[offset + 2] << 16 | bytes[offset + 3] << 24;
        }

        public static long GetInt64(byte[] bytes, int offset)
        {
            return (uint)GetInt32(bytes, offset) | (long)GetInt32(bytes, offset + 4) << 32;
        }
    }
}
