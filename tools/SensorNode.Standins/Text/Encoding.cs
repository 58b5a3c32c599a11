namespace System.Text
{
    /// <summary>Base of the one encoding there is.</summary>
    public abstract class Encoding
    {
        private static readonly UTF8Encoding Shared = new();

        protected Encoding()
        {
        }

        public static Encoding UTF8 => Shared;

        public virtual byte[] GetBytes(string s) => throw new NotSupportedException();

        public virtual int GetBytes(string s, int charIndex, int charCount, byte[] bytes, int byteIndex) => throw new NotSupportedException();

        public virtual char[] GetChars(byte[] bytes) => throw new NotSupportedException();

        public virtual char[] GetChars(byte[] bytes, int byteIndex, int byteCount) => throw new NotSupportedException();

        public virtual string GetString(byte[] bytes, int index, int count) => new(GetChars(bytes, index, count));

        public abstract Decoder GetDecoder();
    }
}
