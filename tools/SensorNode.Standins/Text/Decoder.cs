namespace System.Text
{
    /// <summary>Bytes to characters, piece by piece.</summary>
    public abstract class Decoder
    {
        protected Decoder()
        {
        }

        public abstract void Convert(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex, int charCount, bool flush, out int bytesUsed, out int charsUsed, out bool completed);
    }
}
