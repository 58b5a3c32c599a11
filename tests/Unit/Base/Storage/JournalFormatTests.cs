using nanoFramework.TestFramework;
using SensorNode.Fakes;
using SensorNode.Storage;

namespace SensorNode.Storage.Tests
{
    [TestClass]
    public class JournalFormatTests
    {
        [TestMethod]
        public static void RecordBytes_AreThoseOfTheDocument()
        {
            // The example of firmware/docs/storage.md. Bytes before the CRC put together by hand from the table there.
            JournalRecord record = new JournalRecord();
            record.UtcMs = 1700000040999;
            record.HasVibration = true;
            record.IsRunning = true;
            record.AlarmLevel = 1;
            record.Zone = 2;
            record.OperatingState = 3;
            record.ScoreQ8 = -16;
            record.TemperatureCentiC = 2340;
            for (int axis = 0; axis < 3; axis++)
            {
                record.VelocityMicrometerPerSecondRms[axis] = 1 + axis;
                record.AccelerationMicroGRms[axis] = 32 * (32 + axis);
                record.AccelerationMicroGPeak[axis] = 32 * (64 + 2 * axis);
            }

            byte[] bytes = new byte[25];
            JournalFormat.Encode(record, bytes, 1);
            JournalFormat.Seal(bytes, 1, 2);
            const string expected = "28F1536501040C00114204902042FC5F1DA60A";
            string actual = "";
            for (int i = 1; i < 20; i++)
            {
                actual += Hex(bytes[i]);
            }

            Assert.AreEqual(expected, actual);
            Assert.AreEqual(0, (int)bytes[0] | bytes[24]);
            Assert.AreEqual(Crc32.Compute(bytes, 1, 19) ^ 0x3C6EF362, ByteOrder.GetInt32(bytes, 20));
        }

        [TestMethod]
        public static void EveryFlippedBit_IsFound()
        {
            byte[] bytes = new byte[JournalFormat.RecordSizeBytes];
            JournalFormat.Encode(new JournalWitness(10).Make(), bytes, 0);
            JournalFormat.Seal(bytes, 0, 70000);
            Assert.IsTrue(JournalFormat.IsValid(bytes, 0, 70000));
            for (int bit = 0; bit < bytes.Length * 8; bit++)
            {
                bytes[bit >> 3] ^= (byte)(1 << (bit & 7));
                Assert.IsFalse(JournalFormat.IsValid(bytes, 0, 70000), bit.ToString());
                bytes[bit >> 3] ^= (byte)(1 << (bit & 7));
            }
        }

        [TestMethod]
        public static void RecordAtAnotherPlace_DoesNotCount()
        {
            byte[] bytes = new byte[JournalFormat.RecordSizeBytes];
            JournalFormat.Encode(new JournalWitness(10).Make(), bytes, 0);
            JournalFormat.Seal(bytes, 0, 5);
            Assert.IsFalse(JournalFormat.IsValid(bytes, 0, 6));
            Assert.IsFalse(JournalFormat.IsValid(bytes, 0, 5 + 0x10000));
            Assert.IsFalse(JournalFormat.IsValid(bytes, 0, 5 + 0x40000000));
        }

        [TestMethod]
        public static void ErasedAndZeroedFlash_IsNoRecord()
        {
            byte[] bytes = new byte[JournalFormat.RecordSizeBytes];
            Assert.IsFalse(JournalFormat.IsValid(bytes, 0, 1));
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = 0xFF;
            }

            Assert.IsFalse(JournalFormat.IsValid(bytes, 0, 0xFFFF));
        }

        [TestMethod]
        public static void ExtremeValues_AreCutToTheRange()
        {
            JournalRecord record = new JournalRecord();
            record.VelocityMicrometerPerSecondRms[0] = 0x7FFFFFFF;
            record.AccelerationMicroGRms[1] = 0x7FFFFFFF;
            record.AccelerationMicroGPeak[2] = -5;
            record.OperatingState = 15;
            record.ScoreQ8 = JournalRecord.None;
            record.TemperatureCentiC = JournalRecord.None;
            record.UtcMs = 4294967295999;
            byte[] bytes = new byte[JournalFormat.RecordSizeBytes];
            JournalFormat.Encode(record, bytes, 0);
            JournalRecord read = new JournalRecord();
            JournalFormat.Decode(bytes, 0, 9, read);
            Assert.AreEqual(CompactNumber.Max, read.VelocityMicrometerPerSecondRms[0]);
            Assert.AreEqual(32 * CompactNumber.Max, read.AccelerationMicroGRms[1]);
            Assert.AreEqual(0, read.AccelerationMicroGPeak[2]);
            Assert.AreEqual(-1, read.OperatingState);
            Assert.AreEqual(JournalRecord.None, read.ScoreQ8);
            Assert.AreEqual(JournalRecord.None, read.TemperatureCentiC);
            Assert.AreEqual(4294967295000, read.UtcMs);
            Assert.AreEqual(9, read.Number);
        }

        [TestMethod]
        public static void SegmentNames_ReadBackAndNothingElseDoes()
        {
            Assert.AreEqual("journal-0000008e", JournalFormat.SegmentName(142));
            Assert.AreEqual(142, JournalFormat.FirstNumberOf("journal-0000008e"));
            Assert.AreEqual(JournalFormat.NumberMax, JournalFormat.FirstNumberOf(JournalFormat.SegmentName(JournalFormat.NumberMax)));
            string[] others =
            {
                "", "journal-", "journal-0000008", "journal-0000008E", "journal-0000008g", "journal-00000000", "journal-70000001", "journal-ffffffff",
                "xjournal-0000008", "journal-ack.a", "journal-ack.b", "journal-0000008e."
            };
            for (int i = 0; i < others.Length; i++)
            {
                Assert.AreEqual(0, JournalFormat.FirstNumberOf(others[i]), others[i]);
            }
        }

        [TestMethod]
        public static void CompactNumbers_AreNearAndInOrder()
        {
            for (int value = 0; value < 64; value++)
            {
                Assert.AreEqual(value, CompactNumber.Decode(CompactNumber.Encode(value)));
            }

            for (int code = 0; code < 512; code++)
            {
                int value = CompactNumber.Decode(code);
                Assert.AreEqual(code, CompactNumber.Encode(value));
                Assert.IsTrue(code == 0 || value > CompactNumber.Decode(code - 1));
            }

            SeededRandom random = new SeededRandom(3);
            for (int i = 0; i < 2000; i++)
            {
                int value = (random.Next(1024) << 10 | random.Next(1024)) >> random.Next(14);
                value = value > CompactNumber.Max ? CompactNumber.Max : value;
                int error = CompactNumber.Decode(CompactNumber.Encode(value)) - value;
                Assert.IsTrue((error < 0 ? -error : error) * 64L <= value, value.ToString());
            }

            Assert.AreEqual(0, CompactNumber.Encode(-1));
            Assert.AreEqual(511, CompactNumber.Encode(0x7FFFFFFF));
        }

        private static string Hex(int value)
        {
            const string digits = "0123456789ABCDEF";
            return digits[value >> 4 & 15].ToString() + digits[value & 15].ToString();
        }
    }
}
