namespace System.IO
{
    /// <summary>A stream in memory.</summary>
    public class MemoryStream : Stream
    {
        private readonly bool _isFixed;
        private readonly bool _isWritable;
        private byte[] _buffer;
        private int _length;
        private int _position;

        public MemoryStream()
        {
            _buffer = [];
            _isWritable = true;
        }

        public MemoryStream(byte[] buffer)
            : this(buffer, true)
        {
        }

        public MemoryStream(byte[] buffer, bool isWritable)
        {
            ArgumentNullException.ThrowIfNull(buffer);
            _buffer = buffer;
            _length = buffer.Length;
            _isFixed = true;
            _isWritable = isWritable;
        }

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => _isWritable;

        public override long Length => _length;

        public override long Position
        {
            get => _position;
            set => Seek(value, SeekOrigin.Begin);
        }

        public override void Flush()
        {
        }

        public virtual byte[] GetBuffer() => _buffer;

        public override int Read(SpanByte buffer)
        {
            int count = Math.Clamp(_length - _position, 0, buffer.Length);
            _buffer.AsSpan(Math.Min(_position, _length), count).CopyTo(buffer.AsSpan());
            _position += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            CheckRange(buffer, offset, count);
            return Read(new SpanByte(buffer, offset, count));
        }

        public override int ReadByte() => base.ReadByte();

        public override long Seek(long offset, SeekOrigin origin) => _position = (int)Target(offset, origin, _position, _length);

        public override void SetLength(long value)
        {
            Grow((int)value);
            _length = (int)value;
            _position = Math.Min(_position, _length);
        }

        public virtual byte[] ToArray() => _buffer.AsSpan(0, _length).ToArray();

        public override void Write(byte[] buffer, int offset, int count)
        {
            CheckRange(buffer, offset, count);
            if (!_isWritable)
            {
                throw new NotSupportedException("The stream is read-only.");
            }

            Grow(_position + count);
            buffer.AsSpan(offset, count).CopyTo(_buffer.AsSpan(_position));
            _position += count;
            _length = Math.Max(_length, _position);
        }

        public override void WriteByte(byte value) => base.WriteByte(value);

        public virtual void WriteTo(Stream stream) => stream.Write(_buffer, 0, _length);

        protected override void Dispose(bool disposing)
        {
        }

        private void Grow(int length)
        {
            if (length <= _buffer.Length)
            {
                return;
            }

            if (_isFixed)
            {
                throw new NotSupportedException("The stream has a fixed size.");
            }

            Array.Resize(ref _buffer, Math.Max(length, Math.Max(256, _buffer.Length * 2)));
        }
    }
}
