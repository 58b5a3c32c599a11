using SensorNode.Platform;

namespace System.Text
{
    /// <summary>UTF-8 with the device's habits: a NUL cuts the text, invalid bytes become U+FFFD.</summary>
    public class UTF8Encoding : Encoding
    {
        public override byte[] GetBytes(string s)
        {
            ArgumentNullException.ThrowIfNull(s);
            return Utf8.GetBytes(s);
        }

        public override int GetBytes(string s, int charIndex, int charCount, byte[] bytes, int byteIndex)
        {
            ArgumentNullException.ThrowIfNull(s);
            ArgumentNullException.ThrowIfNull(bytes);
            byte[] encoded = Utf8.GetBytes(s.Substring(charIndex, charCount));
            if (byteIndex < 0 || encoded.Length > bytes.Length - byteIndex)
            {
                throw new ArgumentOutOfRangeException(nameof(byteIndex));
            }

            encoded.CopyTo(bytes, byteIndex);
            return encoded.Length;
        }

        public override char[] GetChars(byte[] bytes)
        {
            ArgumentNullException.ThrowIfNull(bytes);
            return GetChars(bytes, 0, bytes.Length);
        }

        public override char[] GetChars(byte[] bytes, int byteIndex, int byteCount)
        {
            ArgumentNullException.ThrowIfNull(bytes);
            if (byteIndex < 0 || byteCount < 0 || byteCount > bytes.Length - byteIndex)
            {
                throw new ArgumentOutOfRangeException(nameof(byteCount));
            }

            return Utf8.GetText(bytes.AsSpan(byteIndex, byteCount)).ToCharArray();
        }

        /// <summary>Not emulated.</summary>
        public override Decoder GetDecoder() => throw new NotSupportedException("GetDecoder is not emulated.");
    }
}
