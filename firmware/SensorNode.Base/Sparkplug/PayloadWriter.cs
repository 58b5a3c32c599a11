using System;

namespace SensorNode.Sparkplug
{
    /// <summary>Writes one Sparkplug B payload: Protocol Buffers fields, in ascending order, shortest form.</summary>
    /// <remarks>
    /// Use:     run the same calls twice: first after <see cref="BeginCount"/>, which only counts, then after <see cref="BeginWrite"/> into an array
    ///          of exactly that size. So a message needs no buffer larger than itself.
    /// Nesting: one level of metric with one level of properties inside.
    /// Errors:  none beyond the array's own bounds, which counting rules out.
    /// Source:  Sparkplug 3.0 section 6.4 (field numbers); Protocol Buffers encoding (varint, tag = field x 8 + wire type).
    /// </remarks>
    public sealed class PayloadWriter
    {
        private const int WireVarint = 0;
        private const int WireBytes = 2;
        private const int WireFixed32 = 5;

        private readonly int[] _starts = new int[3];
        private byte[] _buffer;
        private int _position;
        private int _depth;

        /// <summary>Bytes counted or written so far.</summary>
        public int Length
        {
            get { return _position; }
        }

        /// <summary>Starts a pass that only counts.</summary>
        public void BeginCount()
        {
            _buffer = null;
            _position = 0;
            _depth = 0;
        }

        /// <summary>Starts a pass that writes from index 0 on, into an array of the counted size.</summary>
        public void BeginWrite(byte[] buffer)
        {
            _buffer = buffer;
            _position = 0;
            _depth = 0;
        }

        /// <summary>Lets go of the array.</summary>
        public void End()
        {
            _buffer = null;
        }

        /// <summary>Writes an unsigned number, or a signed one in two's complement.</summary>
        public void WriteVarintField(int field, long value)
        {
            WriteVarint(field << 3 | WireVarint);
            WriteVarint(value);
        }

        /// <summary>Writes a float as its four bytes.</summary>
        public void WriteFloatField(int field, float value)
        {
            WriteVarint(field << 3 | WireFixed32);
            if (_buffer != null)
            {
                byte[] bytes = BitConverter.GetBytes(value);
                _buffer[_position] = bytes[0];
                _buffer[_position + 1] = bytes[1];
                _buffer[_position + 2] = bytes[2];
                _buffer[_position + 3] = bytes[3];
            }

            _position += 4;
        }

        /// <summary>Writes text of ASCII characters; any other character becomes '?'.</summary>
        public void WriteTextField(int field, string text)
        {
            WriteVarint(field << 3 | WireBytes);
            WriteVarint(text.Length);
            if (_buffer != null)
            {
                for (int i = 0; i < text.Length; i++)
                {
                    char c = text[i];
                    _buffer[_position + i] = c < 128 ? (byte)c : (byte)'?';
                }
            }

            _position += text.Length;
        }

        /// <summary>Writes bytes.</summary>
        public void WriteBytesField(int field, byte[] bytes, int count)
        {
            WriteVarint(field << 3 | WireBytes);
            WriteVarint(count);
            if (_buffer != null)
            {
                Array.Copy(bytes, 0, _buffer, _position, count);
            }

            _position += count;
        }

        /// <summary>Opens a nested message. Its length is filled in by <see cref="EndNested"/>.</summary>
        public void BeginNested(int field)
        {
            WriteVarint(field << 3 | WireBytes);
            _starts[_depth] = _position;
            _depth++;
        }

        /// <summary>Closes the nested message opened last.</summary>
        public void EndNested()
        {
            _depth--;
            int start = _starts[_depth];
            int length = _position - start;
            int prefix = VarintSize(length);
            if (_buffer != null)
            {
                // Array.Copy is native and right for overlapping ranges; the content moves up to make room for its length.
                Array.Copy(_buffer, start, _buffer, start + prefix, length);
                _position = start;
                WriteVarint(length);
            }

            _position = start + prefix + length;
        }

        private static int VarintSize(int value)
        {
            int size = 1;
            while (value > 127)
            {
                value >>= 7;
                size++;
            }

            return size;
        }

        private void WriteVarint(long value)
        {
            ulong rest = (ulong)value;
            while (rest > 127)
            {
                if (_buffer != null)
                {
                    _buffer[_position] = (byte)(rest & 127 | 128);
                }

                _position++;
                rest >>= 7;
            }

            if (_buffer != null)
            {
                _buffer[_position] = (byte)rest;
            }

            _position++;
        }
    }
}
