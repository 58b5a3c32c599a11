using SensorNode.Platform;
using SensorNode.Standins;

namespace System.IO
{
    /// <summary>One open file. Flush is no sync: what was written is durable only after Close.</summary>
    public class FileStream : Stream
    {
        private readonly FlashFile _file;
        private readonly FileAccess _access;
        private long _position;
        private bool _isClosed;

        public FileStream(string path, FileMode mode)
            : this(path, mode, mode == FileMode.Append ? FileAccess.Write : FileAccess.ReadWrite)
        {
        }

        public FileStream(string path, FileMode mode, FileAccess access)
            : this(path, mode, access, FileShare.Read)
        {
        }

        public FileStream(string path, FileMode mode, FileAccess access, FileShare share)
            : this(path, mode, access, share, 2048)
        {
        }

        public FileStream(string path, FileMode mode, FileAccess access, FileShare share, int bufferSize)
        {
            string inside = Volume.Inside(path);
            Name = Volume.Outside(inside);
            _access = access;
            bool isWriting = (access & FileAccess.Write) != 0;
            if (!isWriting && mode is not (FileMode.Open or FileMode.OpenOrCreate) || mode == FileMode.Append && access != FileAccess.Write)
            {
                throw new ArgumentException(mode + " does not go with " + access + ".");
            }

            _file = Volume.Do(flash => Open(flash, inside, mode, isWriting));
            _position = mode == FileMode.Append ? _file.Length : 0;
        }

        public override bool CanRead => !_isClosed && (_access & FileAccess.Read) != 0;

        public override bool CanSeek => !_isClosed;

        public override bool CanWrite => !_isClosed && (_access & FileAccess.Write) != 0;

        public override long Length => Checked().Length;

        public override long Position
        {
            get => _position;
            set => Seek(value, SeekOrigin.Begin);
        }

        public string Name { get; }

        public override void Close() => base.Close();

        public override void Flush() => Checked();

        public override int Read(byte[] buffer, int offset, int count)
        {
            CheckRange(buffer, offset, count);
            return Read(new SpanByte(buffer, offset, count));
        }

        public override int Read(SpanByte buffer)
        {
            FlashFile file = Checked();
            if (!CanRead)
            {
                throw new NotSupportedException("The file was opened for writing.");
            }

            byte[] bytes = new byte[buffer.Length];
            int count = Volume.Do(_ => file.Read((int)_position, bytes));
            bytes.AsSpan(0, count).CopyTo(buffer.AsSpan());
            _position += count;
            return count;
        }

        public override int ReadByte() => base.ReadByte();

        public override long Seek(long offset, SeekOrigin origin)
        {
            FlashFile file = Checked();
            NodeRuntime.Enter();
            return _position = Target(offset, origin, _position, file.Length);
        }

        public override void SetLength(long value)
        {
            FlashFile file = Checked();
            Volume.Do(_ => file.SetLength((int)value));
            _position = Math.Min(_position, value);
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            CheckRange(buffer, offset, count);
            FlashFile file = Checked();
            if (!CanWrite)
            {
                throw new NotSupportedException("The file was opened for reading.");
            }

            Volume.Do(_ => file.Write((int)_position, buffer.AsSpan(offset, count)));
            _position += count;
        }

        public override void WriteByte(byte value) => base.WriteByte(value);

        protected override void Dispose(bool disposing)
        {
            if (!_isClosed && _file != null)
            {
                _isClosed = true;
                Volume.Do(_ => _file.Close());
            }
        }

        private static FlashFile Open(FlashFileSystem flash, string inside, FileMode mode, bool isWriting)
        {
            if (mode is FileMode.Open or FileMode.Truncate && !flash.FileExists(inside))
            {
                throw new FlashException(FlashError.FileNotFound, inside);
            }

            if (!isWriting && flash.FileExists(inside))
            {
                return flash.OpenRead(inside);
            }

            return flash.OpenWrite(inside, mode == FileMode.CreateNew, mode is not (FileMode.Create or FileMode.Truncate));
        }

        private FlashFile Checked() => _isClosed ? throw new ObjectDisposedException(Name) : _file;
    }
}
