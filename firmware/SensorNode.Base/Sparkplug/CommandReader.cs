namespace SensorNode.Sparkplug
{
    /// <summary>Reads the metrics of a Sparkplug B command payload that came from the network.</summary>
    /// <remarks>
    /// Errors: any bytes give metrics or a reason; none throw. What stood before a fault has been handed out already, so the caller checks the
    ///         whole payload with <see cref="Validate"/> before it acts on any of it.
    /// Bounds: names and texts of at most 256 bytes, printable ASCII; longer ones are a fault. Unknown fields are skipped.
    /// </remarks>
    public sealed class CommandReader
    {
        private const int TextSizeMax = 256;

        private byte[] _bytes;
        private int _position;
        private int _end;

        /// <summary>Why the last call failed; null after success.</summary>
        public string Fault { get; private set; }

        /// <summary>Starts at the first metric.</summary>
        public void Begin(byte[] bytes, int count)
        {
            _bytes = bytes;
            _position = 0;
            _end = count;
            Fault = null;
        }

        /// <summary>Reads a whole payload without acting on it.</summary>
        /// <returns>Null if every byte can be read; otherwise what is wrong and where.</returns>
        public string Validate(byte[] bytes, int count, CommandMetric scratch)
        {
            Begin(bytes, count);
            while (TryNext(scratch))
            {
            }

            return Fault;
        }

        /// <summary>Reads the next metric.</summary>
        /// <returns>False at the end, or where <see cref="Fault"/> says what is wrong.</returns>
        public bool TryNext(CommandMetric into)
        {
            while (_position < _end && Fault == null)
            {
                int tag = ReadTag(_end);
                if (Fault != null)
                {
                    return false;
                }

                if (tag != (2 << 3 | 2))
                {
                    Skip(tag & 7, _end);
                    continue;
                }

                int length = ReadLength(_end);
                if (Fault != null)
                {
                    return false;
                }

                ReadMetric(into, _position + length);
                return Fault == null;
            }

            return false;
        }

        private void ReadMetric(CommandMetric into, int end)
        {
            into.Clear();
            while (_position < end && Fault == null)
            {
                int tag = ReadTag(end);
                if (Fault != null)
                {
                    return;
                }

                switch (tag)
                {
                    case 1 << 3 | 2: into.Name = ReadText(end); break;
                    case 2 << 3 | 0: into.Alias = ReadVarint(end); break;
                    case 4 << 3 | 0: into.Datatype = (int)ReadVarint(end); break;
                    case 7 << 3 | 0: into.IsNull = ReadVarint(end) != 0; break;
                    case 10 << 3 | 0: into.Integer = (int)ReadVarint(end); into.ValueKind = CommandMetric.IntegerValue; break;
                    case 14 << 3 | 0: into.Integer = ReadVarint(end) != 0 ? 1 : 0; into.ValueKind = CommandMetric.BooleanValue; break;
                    case 15 << 3 | 2: into.Text = ReadText(end); into.ValueKind = CommandMetric.TextValue; break;
                    default: SkipMetricField(tag, end, into); break;
                }
            }
        }

        private void SkipMetricField(int tag, int end, CommandMetric into)
        {
            int field = tag >> 3;
            if (field >= 10 && field <= 19)
            {
                into.ValueKind = CommandMetric.OtherValue;
            }

            Skip(tag & 7, end);
        }

        private int ReadTag(int end)
        {
            long tag = ReadVarint(end);
            if (Fault == null && (tag < 8 || tag > 0x7FFFFFFF))
            {
                Fail("is no field tag");
            }

            return (int)tag;
        }

        private int ReadLength(int end)
        {
            long length = ReadVarint(end);
            if (Fault == null && (length < 0 || length > end - _position))
            {
                Fail("has a length that reaches past the end");
            }

            return (int)length;
        }

        private string ReadText(int end)
        {
            int length = ReadLength(end);
            if (Fault != null)
            {
                return null;
            }

            if (length > TextSizeMax)
            {
                Fail("is a text of more than 256 bytes");
                return null;
            }

            char[] characters = new char[length];
            for (int i = 0; i < length; i++)
            {
                byte b = _bytes[_position + i];
                if (b < 32 || b > 126)
                {
                    _position += i;
                    Fail("is a character outside printable ASCII");
                    return null;
                }

                characters[i] = (char)b;
            }

            _position += length;
            return new string(characters);
        }

        private long ReadVarint(int end)
        {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7)
            {
                if (_position >= end)
                {
                    Fail("is cut off");
                    return 0;
                }

                byte b = _bytes[_position];
                _position++;
                value |= (long)(b & 127) << shift;
                if (b < 128)
                {
                    return value;
                }
            }

            Fail("is a number of more than ten bytes");
            return 0;
        }

        private void Skip(int wireType, int end)
        {
            int size = 0;
            switch (wireType)
            {
                case 0: ReadVarint(end); return;
                case 1: size = 8; break;
                case 2: size = ReadLength(end); break;
                case 5: size = 4; break;
                default: Fail("has an unknown wire type"); return;
            }

            if (Fault == null && size > end - _position)
            {
                Fail("is cut off");
                return;
            }

            _position += size;
        }

        private void Fail(string reason)
        {
            if (Fault == null)
            {
                Fault = "byte " + _position.ToString() + " " + reason;
            }
        }
    }
}
