using System;
using nanoFramework.TestFramework;
using SensorNode.Contracts;
using SensorNode.Fakes;
using SensorNode.Storage;

namespace SensorNode.Storage.Tests
{
    [TestClass]
    public class TwinRecordTests
    {
        private const int Size = 3;

        [TestMethod]
        public static void NoFiles_NoRecord()
        {
            byte[] payload = { 9, 9, 9 };
            Assert.IsFalse(Open(new FakeFlash(4)).TryRead(payload));
            Assert.AreEqual(9, (int)payload[0]);
        }

        [TestMethod]
        public static void Write_AlternatesAndTheNewestCounts()
        {
            FakeFlash flash = new FakeFlash(4);
            TwinRecord record = Open(flash);
            byte[] payload = new byte[Size];
            for (int i = 1; i <= 300; i++)
            {
                payload[0] = (byte)i;
                payload[1] = (byte)(i >> 8);
                Assert.AreEqual((int)FileStatus.Ok, (int)record.Write(payload));
                Assert.AreEqual(i, Read(flash));
                if (i % 50 == 0)
                {
                    record = Open(flash);
                }
            }

            Assert.AreEqual(2, flash.FileCount);
        }

        [TestMethod]
        public static void CutAtEveryOperation_LeavesTheOldOrTheNewRecord()
        {
            for (int before = 0; before <= 3; before++)
            {
                for (int operation = 1; operation <= 3; operation++)
                {
                    for (int tear = 0; tear <= (int)FlashTear.Complete; tear++)
                    {
                        for (int length = 0; length <= Size + 8; length++)
                        {
                            Cut(before, operation, (FlashTear)tear, length);
                        }
                    }
                }
            }
        }

        [TestMethod]
        public static void FailedWrite_LeavesTheOldRecordAndTheNextSucceeds()
        {
            FakeFlash flash = new FakeFlash(4);
            WriteUpTo(flash, 2);
            TwinRecord record = Open(flash);
            byte[] payload = { 3, 0, 0 };
            flash.FailAt = flash.OperationCount + 2;
            flash.Tear = FlashTear.Garbage;
            Assert.AreEqual((int)FileStatus.Failed, (int)record.Write(payload));
            Assert.AreEqual(2, Read(flash));
            Assert.AreEqual((int)FileStatus.Ok, (int)record.Write(payload));
            Assert.AreEqual(3, Read(flash));
        }

        [TestMethod]
        public static void BothDamaged_NoRecordAndANewOneCanBeWritten()
        {
            FakeFlash flash = new FakeFlash(4);
            WriteUpTo(flash, 2);
            flash.Content("r.a")[5] ^= 1;
            Assert.AreEqual(2, Read(flash));
            flash.Content("r.b")[4] ^= 0x80;
            Assert.AreEqual(-1, Read(flash));
            WriteUpTo(flash, 1);
            Assert.AreEqual(1, Read(flash));
        }

        [TestMethod]
        public static void NewestDamaged_TheOlderCounts()
        {
            FakeFlash flash = new FakeFlash(4);
            WriteUpTo(flash, 2);
            flash.Content("r.b")[0] ^= 1;
            Assert.AreEqual(1, Read(flash));
        }

        [TestMethod]
        public static void OtherSize_DoesNotCount()
        {
            FakeFlash flash = new FakeFlash(4);
            WriteUpTo(flash, 2);
            Assert.IsFalse(new TwinRecord(flash, "r", Size + 1).TryRead(new byte[Size + 1]));
            Assert.IsFalse(new TwinRecord(flash, "r", Size - 1).TryRead(new byte[Size - 1]));
        }

        [TestMethod]
        public static void SequenceNumberThatWraps_StillRises()
        {
            FakeFlash flash = new FakeFlash(4);
            flash.Plant("r.a", FileOf(0x7FFFFFFE, 7));
            WriteUpTo(flash, 3);
            Assert.AreEqual(3, Read(flash));
            Assert.AreEqual(unchecked(0x7FFFFFFE + 3), ByteOrder.GetInt32(flash.Content("r.b"), 0));
        }

        [TestMethod]
        public static void AnyBytes_NeverThrow()
        {
            SeededRandom random = new SeededRandom(5);
            for (int i = 0; i < 500; i++)
            {
                FakeFlash flash = new FakeFlash(4);
                byte[] bytes = new byte[random.Next(5) == 0 ? random.Next(40) : Size + 8];
                random.Fill(bytes, 0, bytes.Length);
                flash.Plant("r.a", bytes);
                Assert.AreEqual(-1, Read(flash));
            }
        }

        private static void Cut(int before, int operation, FlashTear tear, int length)
        {
            FakeFlash flash = new FakeFlash(4);
            WriteUpTo(flash, before);
            TwinRecord record = Open(flash);
            flash.CutAt = flash.OperationCount + operation;
            flash.Tear = tear;
            flash.TearBytes = length;
            try
            {
                record.Write(new byte[] { (byte)(before + 1), 0, 0 });
                Assert.IsTrue(false, "no cut");
            }
            catch (PowerCutException)
            {
            }

            flash.PowerOn();
            int read = Read(flash);
            Assert.IsTrue(read == before + 1 || read == before || (before == 0 && read == -1), read.ToString());
            int next = read < 0 ? 1 : read + 1;
            Open(flash).Write(new byte[] { (byte)next, 0, 0 });
            Assert.AreEqual(next, Read(flash));
        }

        private static void WriteUpTo(FakeFlash flash, int count)
        {
            TwinRecord record = Open(flash);
            for (int i = 1; i <= count; i++)
            {
                record.Write(new byte[] { (byte)i, 0, 0 });
            }
        }

        private static byte[] FileOf(int sequence, int value)
        {
            byte[] file = new byte[Size + 8];
            ByteOrder.PutInt32(file, 0, sequence);
            file[4] = (byte)value;
            ByteOrder.PutInt32(file, Size + 4, Crc32.Compute(file, 0, Size + 4));
            return file;
        }

        private static TwinRecord Open(FakeFlash flash)
        {
            TwinRecord record = new TwinRecord(flash, "r", Size);
            record.TryRead(new byte[Size]);
            return record;
        }

        private static int Read(FakeFlash flash)
        {
            byte[] payload = new byte[Size];
            return new TwinRecord(flash, "r", Size).TryRead(payload) ? payload[0] | payload[1] << 8 : -1;
        }
    }
}
