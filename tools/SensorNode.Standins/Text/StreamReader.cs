using System.Text;

namespace System.IO
{
    /// <summary>Text from a stream; the stand-in reads all of it at the first call.</summary>
    public class StreamReader : TextReader
    {
        private readonly bool _leaveOpen;
        private string _text;
        private int _position;

        public StreamReader(Stream stream, bool leaveOpen = false)
        {
            ArgumentNullException.ThrowIfNull(stream);
            BaseStream = stream;
            _leaveOpen = leaveOpen;
        }

        public virtual Stream BaseStream { get; }

        public virtual Encoding CurrentEncoding => Encoding.UTF8;

        public bool EndOfStream => Peek() < 0;

        public override void Close() => base.Close();

        public override int Peek() => _position < All().Length ? All()[_position] : -1;

        public override int Read() => _position < All().Length ? All()[_position++] : -1;

        public override int Read(char[] buffer, int index, int count) => base.Read(buffer, index, count);

        public override string ReadLine()
        {
            if (EndOfStream)
            {
                return null;
            }

            int end = All().IndexOf('\n', _position);
            string line = end < 0 ? All()[_position..] : All()[_position..end];
            _position = end < 0 ? All().Length : end + 1;
            return line.TrimEnd('\r');
        }

        public override string ReadToEnd()
        {
            string rest = All()[_position..];
            _position = All().Length;
            return rest;
        }

        protected override void Dispose(bool disposing)
        {
            if (!_leaveOpen)
            {
                BaseStream.Close();
            }
        }

        private string All()
        {
            if (_text == null)
            {
                using MemoryStream copy = new();
                BaseStream.CopyTo(copy);
                byte[] bytes = copy.ToArray();
                _text = Encoding.UTF8.GetString(bytes, 0, bytes.Length);
            }

            return _text;
        }
    }
}
