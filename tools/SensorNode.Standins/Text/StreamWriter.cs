using System.Text;

namespace System.IO
{
    /// <summary>Text into a stream.</summary>
    public class StreamWriter : TextWriter
    {
        private readonly bool _leaveOpen;

        public StreamWriter(Stream stream, bool leaveOpen = false)
        {
            ArgumentNullException.ThrowIfNull(stream);
            BaseStream = stream;
            _leaveOpen = leaveOpen;
        }

        public virtual Stream BaseStream { get; }

        public override Encoding Encoding => Encoding.UTF8;

        public override string NewLine
        {
            get => base.NewLine;
            set => base.NewLine = value;
        }

        public override void Close() => base.Close();

        public override void Flush() => BaseStream.Flush();

        public override void Write(char value) => Write(value.ToString());

        public override void Write(string value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                byte[] bytes = Encoding.UTF8.GetBytes(value);
                BaseStream.Write(bytes, 0, bytes.Length);
            }
        }

        public override void WriteLine() => Write(NewLine);

        public override void WriteLine(string value) => Write(value + NewLine);

        protected override void Dispose(bool disposing)
        {
            if (!_leaveOpen)
            {
                BaseStream.Close();
            }
        }
    }
}
