namespace SensorNode.Sparkplug
{
    /// <summary>What the primary host last said of itself. Reads {"online":true,"timestamp":1700000000000} in any order of the two members.</summary>
    public sealed class HostState
    {
        private long _timestampMs = -1;

        /// <summary>True while the newest state says online.</summary>
        public bool IsOnline { get; private set; }

        /// <summary>Forgets what was said, as at the start of a connection.</summary>
        public void Reset()
        {
            _timestampMs = -1;
            IsOnline = false;
        }

        /// <summary>Takes one STATE payload.</summary>
        /// <returns>True where it was understood and is not older than the last; false leaves everything as it was.</returns>
        public bool Take(byte[] payload)
        {
            if (payload.Length > 128 || !TryFindMember(payload, "\"online\"", out int onlineAt) || !TryFindMember(payload, "\"timestamp\"", out int timestampAt))
            {
                return false;
            }

            bool isTrue = Matches(payload, onlineAt, "true") && IsEnd(payload, onlineAt + 4);
            if (!isTrue && !(Matches(payload, onlineAt, "false") && IsEnd(payload, onlineAt + 5)))
            {
                return false;
            }

            long timestamp = 0;
            int digits = 0;
            while (timestampAt + digits < payload.Length && digits < 18)
            {
                int digit = payload[timestampAt + digits] - '0';
                if (digit < 0 || digit > 9)
                {
                    break;
                }

                timestamp = timestamp * 10 + digit;
                digits++;
            }

            if (digits == 0 || !IsEnd(payload, timestampAt + digits) || timestamp < _timestampMs)
            {
                return false;
            }

            _timestampMs = timestamp;
            IsOnline = isTrue;
            return true;
        }

        private static bool TryFindMember(byte[] payload, string name, out int valueAt)
        {
            for (int i = 0; i + name.Length < payload.Length; i++)
            {
                if (Matches(payload, i, name))
                {
                    valueAt = SkipBlanks(payload, i + name.Length);
                    if (valueAt < payload.Length && payload[valueAt] == ':')
                    {
                        valueAt = SkipBlanks(payload, valueAt + 1);
                        return true;
                    }
                }
            }

            valueAt = 0;
            return false;
        }

        /// <summary>True where a value ends: what follows is a comma or the closing brace.</summary>
        private static bool IsEnd(byte[] payload, int at)
        {
            at = SkipBlanks(payload, at);
            return at < payload.Length && (payload[at] == ',' || payload[at] == '}');
        }

        private static int SkipBlanks(byte[] payload, int at)
        {
            while (at < payload.Length && (payload[at] == ' ' || payload[at] == '\t' || payload[at] == '\r' || payload[at] == '\n'))
            {
                at++;
            }

            return at;
        }

        private static bool Matches(byte[] payload, int at, string text)
        {
            if (at + text.Length > payload.Length)
            {
                return false;
            }

            for (int i = 0; i < text.Length; i++)
            {
                if (payload[at + i] != text[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
