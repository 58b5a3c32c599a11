namespace SensorNode.Storage
{
    /// <summary>The 29 bytes of one journal record, and the names of the files they stand in.</summary>
    /// <remarks>
    /// Layout (little-endian): 0 number, low 16 bits; 2 uint32 seconds since 1970 UTC; 6 nine numbers of 12 bits (velocity RMS x y z in um/s,
    ///         acceleration RMS x y z, then peak x y z, in 4 ug; see <see cref="CompactNumber"/>) and 4 bits of operating state (15 none), two
    ///         numbers in three bytes, low one first; 20 int16 score; 22 int16 temperature; 24 flags; 25 CRC-32.
    /// Flags:  bits 0-1 alarm level, 2 running, 3 time estimated, 4 has vibration, 5-7 zone.
    /// CRC:    of bytes 0 to 24, xor the number's high half x 0x9E3779B1, so that a record counts only at its own place.
    /// Size:   29 and not 30, so that 31 segments of one 4 KB block, the 32nd being begun, hold more than 72 h of minutes.
    /// </remarks>
    public static class JournalFormat
    {
        /// <summary>Size of a record.</summary>
        public const int RecordSizeBytes = 29;

        /// <summary>Records in one segment, which fills one flash block of 4096 bytes but for 7.</summary>
        public const int RecordsPerSegment = 4096 / RecordSizeBytes;

        /// <summary>Segments the journal may have: 128 KB.</summary>
        public const int SegmentCountMax = 32;

        /// <summary>Largest record number; one a minute reaches it in 3,500 years.</summary>
        public const int NumberMax = 0x70000000;

        private const string Prefix = "journal-";
        private const string HexDigits = "0123456789abcdef";
        private const int NoState = 15;

        /// <summary>Writes everything but number and CRC.</summary>
        public static void Encode(JournalRecord record, byte[] bytes, int offset)
        {
            ByteOrder.PutInt32(bytes, offset + 2, (int)(record.UtcMs / 1000));
            int pending = 0;
            for (int i = 0; i < 10; i++)
            {
                int code = CodeOf(record, i);
                if ((i & 1) == 0)
                {
                    pending = code;
                    continue;
                }

                int pair = pending | code << 12;
                int at = offset + 6 + (i >> 1) * 3;
                bytes[at] = (byte)pair;
                bytes[at + 1] = (byte)(pair >> 8);

                // The last code has four bits, so the fifth pair has two bytes.
                if (i < 9)
                {
                    bytes[at + 2] = (byte)(pair >> 16);
                }
            }

            ByteOrder.PutInt16(bytes, offset + 20, record.ScoreQ8);
            ByteOrder.PutInt16(bytes, offset + 22, record.TemperatureCentiC);
            bytes[offset + 24] = (byte)((record.AlarmLevel & 3) | (record.IsRunning ? 4 : 0) | (record.IsTimeEstimated ? 8 : 0)
                | (record.HasVibration ? 16 : 0) | (record.Zone & 7) << 5);
        }

        /// <summary>Gives an encoded record its number and CRC.</summary>
        public static void Seal(byte[] bytes, int offset, int number)
        {
            ByteOrder.PutInt16(bytes, offset, number);
            ByteOrder.PutInt32(bytes, offset + 25, Checksum(bytes, offset, number));
        }

        /// <summary>True where the bytes are the record of that number.</summary>
        public static bool IsValid(byte[] bytes, int offset, int number)
        {
            return (ByteOrder.GetInt16(bytes, offset) & 0xFFFF) == (number & 0xFFFF) && ByteOrder.GetInt32(bytes, offset + 25) == Checksum(bytes, offset, number);
        }

        /// <summary>Reads a record that is valid.</summary>
        public static void Decode(byte[] bytes, int offset, int number, JournalRecord into)
        {
            into.Number = number;
            into.UtcMs = (uint)ByteOrder.GetInt32(bytes, offset + 2) * 1000L;
            for (int axis = 0; axis < 3; axis++)
            {
                into.VelocityMicrometerPerSecondRms[axis] = CompactNumber.Decode(CodeAt(bytes, offset, axis));
                into.AccelerationMicroGRms[axis] = CompactNumber.Decode(CodeAt(bytes, offset, 3 + axis)) << 2;
                into.AccelerationMicroGPeak[axis] = CompactNumber.Decode(CodeAt(bytes, offset, 6 + axis)) << 2;
            }

            int state = CodeAt(bytes, offset, 9) & 15;
            into.OperatingState = state == NoState ? -1 : state;
            into.ScoreQ8 = ByteOrder.GetInt16(bytes, offset + 20);
            into.TemperatureCentiC = ByteOrder.GetInt16(bytes, offset + 22);
            int flags = bytes[offset + 24];
            into.AlarmLevel = flags & 3;
            into.IsRunning = (flags & 4) != 0;
            into.IsTimeEstimated = (flags & 8) != 0;
            into.HasVibration = (flags & 16) != 0;
            into.Zone = flags >> 5;
        }

        /// <summary>Name of the segment file that begins with a record number.</summary>
        public static string SegmentName(int firstNumber)
        {
            char[] name = (Prefix + "00000000").ToCharArray();
            for (int i = name.Length - 1; firstNumber != 0; i--)
            {
                name[i] = HexDigits[firstNumber & 15];
                firstNumber >>= 4;
            }

            return new string(name);
        }

        /// <summary>First record number of a segment file, or 0 where the name is not that of a segment.</summary>
        public static int FirstNumberOf(string name)
        {
            if (name.Length != Prefix.Length + 8 || name.IndexOf(Prefix) != 0)
            {
                return 0;
            }

            int number = 0;
            for (int i = Prefix.Length; i < name.Length; i++)
            {
                int digit = HexDigits.IndexOf(name[i]);
                if (digit < 0)
                {
                    return 0;
                }

                number = number << 4 | digit;
            }

            return number > 0 && number <= NumberMax ? number : 0;
        }

        private static int CodeOf(JournalRecord record, int index)
        {
            if (index == 9)
            {
                return record.OperatingState < 0 || record.OperatingState > 14 ? NoState : record.OperatingState;
            }

            // 4 ug a unit, rounded; the sum cannot wrap, as a number above the range is cut first.
            int axis = index % 3;
            switch (index / 3)
            {
                case 0: return CompactNumber.Encode(record.VelocityMicrometerPerSecondRms[axis]);
                case 1: return CompactNumber.Encode(Quarter(record.AccelerationMicroGRms[axis]));
                default: return CompactNumber.Encode(Quarter(record.AccelerationMicroGPeak[axis]));
            }
        }

        private static int Quarter(int value)
        {
            return value > 0x7FFFFFF0 ? 0x1FFFFFFF : value + 2 >> 2;
        }

        private static int CodeAt(byte[] bytes, int offset, int index)
        {
            int at = offset + 6 + (index >> 1) * 3;
            return (index & 1) == 0 ? (bytes[at] | bytes[at + 1] << 8) & 0xFFF : index == 9 ? bytes[at + 1] >> 4 : bytes[at + 1] >> 4 | bytes[at + 2] << 4;
        }

        private static int Checksum(byte[] bytes, int offset, int number)
        {
            return Crc32.Compute(bytes, offset, 25) ^ (number >> 16) * unchecked((int)0x9E3779B1);
        }
    }
}
