using System;

namespace SensorNode.Storage
{
    /// <summary>The 23 bytes of one journal record, and the names of the files they stand in.</summary>
    /// <remarks>
    /// Layout: 0 uint32 seconds since 1970 UTC, little-endian; 4 fifteen bytes of bit fields, lowest bit of the first byte first: nine numbers of 9
    ///         bits (velocity RMS x y z in um/s; acceleration RMS x y z, then peak x y z, in 32 ug; see <see cref="CompactNumber"/>), 12 score in
    ///         1/32 log2 (-2048 none), 12 temperature in 0.1 degC (-2048 none), 4 operating state (15 none), 2 alarm level, 1 running, 1 time
    ///         estimated, 1 has vibration, 3 zone, 3 of zero; 19 CRC-32, little-endian.
    /// Number: the segment's first number, which is its name, plus the record's place. It is not stored again, but the CRC is that of bytes 0 to 18
    ///         xor number x 0x9E3779B1, so that a record counts only at its own place.
    /// Size:   25 segments of one 4 KB block, the 26th being begun, hold 4,450 records: more than 72 h of minutes at every moment.
    /// </remarks>
    public static class JournalFormat
    {
        /// <summary>Size of a record.</summary>
        public const int RecordSizeBytes = 23;

        /// <summary>Records in one segment, which fills one flash block of 4096 bytes but for 2.</summary>
        public const int RecordsPerSegment = 4096 / RecordSizeBytes;

        /// <summary>Segments the journal may have: 104 KB.</summary>
        public const int SegmentCountMax = 26;

        /// <summary>Largest record number; one a minute reaches it in 3,500 years.</summary>
        public const int NumberMax = 0x70000000;

        private const string Prefix = "journal-";
        private const string HexDigits = "0123456789abcdef";
        private const int ChecksumOffset = 19;
        private const int SmallBitCount = 12;
        private const int SmallNone = -2048;
        private const int NoState = 15;

        /// <summary>Writes everything but the CRC.</summary>
        public static void Encode(JournalRecord record, byte[] bytes, int offset)
        {
            ByteOrder.PutInt32(bytes, offset, (int)(record.UtcMs / 1000));
            Array.Clear(bytes, offset + 4, 15);
            int bit = (offset + 4) << 3;
            for (int i = 0; i < 9; i++)
            {
                bit = PutBits(bytes, bit, CompactNumber.BitCount, CompactNumber.Encode(UnitsOf(record, i)));
            }

            bit = PutBits(bytes, bit, SmallBitCount, Small(record.ScoreQ8, 8));
            bit = PutBits(bytes, bit, SmallBitCount, Small(record.TemperatureCentiC, 10));
            bit = PutBits(bytes, bit, 4, record.OperatingState < 0 || record.OperatingState > 14 ? NoState : record.OperatingState);
            bit = PutBits(bytes, bit, 2, record.AlarmLevel);
            bit = PutBits(bytes, bit, 1, record.IsRunning ? 1 : 0);
            bit = PutBits(bytes, bit, 1, record.IsTimeEstimated ? 1 : 0);
            bit = PutBits(bytes, bit, 1, record.HasVibration ? 1 : 0);
            PutBits(bytes, bit, 3, record.Zone);
        }

        /// <summary>Gives an encoded record the CRC of its place.</summary>
        public static void Seal(byte[] bytes, int offset, int number)
        {
            ByteOrder.PutInt32(bytes, offset + ChecksumOffset, Checksum(bytes, offset, number));
        }

        /// <summary>True where the bytes are the record of that number.</summary>
        public static bool IsValid(byte[] bytes, int offset, int number)
        {
            return ByteOrder.GetInt32(bytes, offset + ChecksumOffset) == Checksum(bytes, offset, number);
        }

        /// <summary>Reads a record that is valid.</summary>
        public static void Decode(byte[] bytes, int offset, int number, JournalRecord into)
        {
            into.Number = number;
            into.UtcMs = (uint)ByteOrder.GetInt32(bytes, offset) * 1000L;
            int bit = (offset + 4) << 3;
            const int width = CompactNumber.BitCount;
            for (int axis = 0; axis < 3; axis++)
            {
                into.VelocityMicrometerPerSecondRms[axis] = CompactNumber.Decode(GetBits(bytes, bit + width * axis, width));
                into.AccelerationMicroGRms[axis] = CompactNumber.Decode(GetBits(bytes, bit + width * (3 + axis), width)) << 5;
                into.AccelerationMicroGPeak[axis] = CompactNumber.Decode(GetBits(bytes, bit + width * (6 + axis), width)) << 5;
            }

            bit += 9 * width;
            into.ScoreQ8 = FromSmall(GetBits(bytes, bit, SmallBitCount), 8);
            into.TemperatureCentiC = FromSmall(GetBits(bytes, bit + 12, SmallBitCount), 10);
            int state = GetBits(bytes, bit + 24, 4);
            into.OperatingState = state == NoState ? -1 : state;
            into.AlarmLevel = GetBits(bytes, bit + 28, 2);
            into.IsRunning = GetBits(bytes, bit + 30, 1) != 0;
            into.IsTimeEstimated = GetBits(bytes, bit + 31, 1) != 0;
            into.HasVibration = GetBits(bytes, bit + 32, 1) != 0;
            into.Zone = GetBits(bytes, bit + 33, 3);
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

        private static int UnitsOf(JournalRecord record, int index)
        {
            int axis = index % 3;
            switch (index / 3)
            {
                case 0: return record.VelocityMicrometerPerSecondRms[axis];
                case 1: return UnitsOfAcceleration(record.AccelerationMicroGRms[axis]);
                default: return UnitsOfAcceleration(record.AccelerationMicroGPeak[axis]);
            }
        }

        private static int UnitsOfAcceleration(int value)
        {
            return value > 0x7FFFFFEF ? CompactNumber.Max : value + 16 >> 5;
        }

        /// <summary>A number in 12 bits, rounded to a step and cut at the range.</summary>
        private static int Small(int value, int step)
        {
            if (value == JournalRecord.None)
            {
                return SmallNone;
            }

            int steps = (value < 0 ? value - step / 2 : value + step / 2) / step;
            return steps > 2047 ? 2047 : steps < -2047 ? -2047 : steps;
        }

        private static int FromSmall(int code, int step)
        {
            int steps = code > 2047 ? code - 4096 : code;
            return steps == SmallNone ? JournalRecord.None : steps * step;
        }

        /// <summary>Sets bits that are zero; only the lowest of the value count.</summary>
        /// <returns>The bit after them.</returns>
        private static int PutBits(byte[] bytes, int bit, int count, int value)
        {
            for (int i = 0; i < count; i++)
            {
                bytes[bit >> 3] |= (byte)((value >> i & 1) << (bit & 7));
                bit++;
            }

            return bit;
        }

        private static int GetBits(byte[] bytes, int bit, int count)
        {
            int value = 0;
            for (int i = 0; i < count; i++)
            {
                value |= (bytes[bit >> 3] >> (bit & 7) & 1) << i;
                bit++;
            }

            return value;
        }

        private static int Checksum(byte[] bytes, int offset, int number)
        {
            return Crc32.Compute(bytes, offset, ChecksumOffset) ^ number * unchecked((int)0x9E3779B1);
        }
    }
}
