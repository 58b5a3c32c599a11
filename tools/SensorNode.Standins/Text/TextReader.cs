namespace System.IO
{
    /// <summary>Base of text input.</summary>
    public abstract class TextReader : MarshalByRefObject, IDisposable
    {
        protected TextReader()
        {
        }

        public virtual void Close() => Dispose(true);

        public void Dispose() => Close();

        protected virtual void Dispose(bool disposing)
        {
        }

        public virtual int Peek() => -1;

        public virtual int Read() => -1;

        public virtual int Read(char[] buffer, int index, int count)
        {
            int done = 0;
            while (done < count && Read() is var next && next >= 0)
            {
                buffer[index + done++] = (char)next;
            }

            return done;
        }

        public virtual int ReadBlock(char[] buffer, int index, int count) => Read(buffer, index, count);

        public virtual string ReadLine() => null;

        public virtual string ReadToEnd() => "";
    }
}
