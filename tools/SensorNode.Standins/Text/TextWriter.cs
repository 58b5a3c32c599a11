using System.Text;

namespace System.IO
{
    /// <summary>Base of text output.</summary>
    public abstract class TextWriter : MarshalByRefObject, IDisposable
    {
        protected char[] CoreNewLine = ['\r', '\n'];

        protected TextWriter()
        {
        }

        public abstract Encoding Encoding { get; }

        public virtual string NewLine
        {
            get => new(CoreNewLine);
            set => CoreNewLine = value.ToCharArray();
        }

        public virtual void Close() => Dispose(true);

        protected virtual void Dispose(bool disposing)
        {
        }

        public void Dispose() => Close();

        public virtual void Flush()
        {
        }

        public virtual void Write(char value)
        {
        }

        public virtual void Write(char[] buffer) => Write(buffer, 0, buffer.Length);

        public virtual void Write(bool value) => Write(value.ToString());

        public virtual void Write(int value) => Write(value.ToString());

        public virtual void Write(uint value) => Write(value.ToString());

        public virtual void Write(long value) => Write(value.ToString());

        public virtual void Write(ulong value) => Write(value.ToString());

        public virtual void Write(float value) => Write(value.ToString());

        public virtual void Write(double value) => Write(value.ToString());

        public virtual void Write(string value) => Write((value ?? "").ToCharArray());

        public virtual void Write(object value) => Write(value?.ToString() ?? "");

        public virtual void Write(char[] buffer, int index, int count)
        {
            for (int i = index; i < index + count; i++)
            {
                Write(buffer[i]);
            }
        }

        public virtual void WriteLine() => Write(CoreNewLine);

        public virtual void WriteLine(char[] buffer, int index, int count)
        {
            Write(buffer, index, count);
            WriteLine();
        }

        public virtual void WriteLine(char value)
        {
            Write(value);
            WriteLine();
        }

        public virtual void WriteLine(char[] buffer)
        {
            Write(buffer);
            WriteLine();
        }

        public virtual void WriteLine(bool value)
        {
            Write(value);
            WriteLine();
        }

        public virtual void WriteLine(int value)
        {
            Write(value);
            WriteLine();
        }

        public virtual void WriteLine(uint value)
        {
            Write(value);
            WriteLine();
        }

        public virtual void WriteLine(long value)
        {
            Write(value);
            WriteLine();
        }

        public virtual void WriteLine(ulong value)
        {
            Write(value);
            WriteLine();
        }

        public virtual void WriteLine(float value)
        {
            Write(value);
            WriteLine();
        }

        public virtual void WriteLine(double value)
        {
            Write(value);
            WriteLine();
        }

        public virtual void WriteLine(string value)
        {
            Write(value);
            WriteLine();
        }

        public virtual void WriteLine(object value)
        {
            Write(value);
            WriteLine();
        }
    }
}
