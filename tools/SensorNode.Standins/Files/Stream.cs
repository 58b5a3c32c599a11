namespace System.IO
{
    /// <summary>Base of streams.</summary>
    public abstract class Stream : MarshalByRefObject, IDisposable
    {
        public abstract bool CanRead { get; }

        public abstract bool CanSeek { get; }

        public virtual bool CanTimeout => false;

        public abstract bool CanWrite { get; }

        public abstract long Length { get; }

        public abstract long Position { get; set; }

        public virtual int ReadTimeout
        {
            get => throw new InvalidOperationException();
            set => throw new InvalidOperationException();
        }

        public virtual int WriteTimeout
        {
            get => throw new InvalidOperationException();
            set => throw new InvalidOperationException();
        }

        public virtual void Close()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        public void CopyTo(Stream destination)
        {
            byte[] buffer = new byte[512];
            for (int count = Read(buffer, 0, buffer.Length); count > 0; count = Read(buffer, 0, buffer.Length))
            {
                destination.Write(buffer, 0, count);
            }
        }

        public void Dispose() => Close();

        protected virtual void Dispose(bool disposing)
        {
        }

        public abstract void Flush();

        public abstract long Seek(long offset, SeekOrigin origin);

        public abstract void SetLength(long value);

        public abstract int Read(SpanByte buffer);

        public abstract int Read(byte[] buffer, int offset, int count);

        public virtual int ReadByte()
        {
            byte[] one = new byte[1];
            return Read(one, 0, 1) == 0 ? -1 : one[0];
        }

        public abstract void Write(byte[] buffer, int offset, int count);

        public virtual void WriteByte(byte value) => Write([value], 0, 1);

        private protected static void CheckRange(byte[] buffer, int offset, int count)
        {
            ArgumentNullException.ThrowIfNull(buffer);
            if (offset < 0 || count < 0 || count > buffer.Length - offset)
            {
                throw new ArgumentOutOfRangeException(nameof(count));
            }
        }

        private protected static long Target(long offset, SeekOrigin origin, long position, long length)
        {
            long target = offset + (origin == SeekOrigin.Begin ? 0 : origin == SeekOrigin.Current ? position : length);
            return target >= 0 ? target : throw new IOException("Seek before the beginning.", (int)IOException.IOExceptionErrorCode.Others);
        }
    }
}
