using System;
using nanoFramework.TestFramework;
using SensorNode.Fakes;
using SensorNode.Storage;

namespace SensorNode.Storage.Tests
{
    [TestClass]
    public class FlashBudgetTests
    {
        [TestMethod]
        public static void Rows_LeaveTwelveBlocksFree_AndEightAtWorst()
        {
            int standing = FlashBudget.SharedBlocks + FlashBudget.DirectoryBlocks + FlashBudget.ConfigurationBlocks
                + FlashBudget.CertificateBlocks + FlashBudget.BaselineBlocks + FlashBudget.ModelBlocks;
            int total = standing + FlashBudget.ReleaseHeadBlocks + FlashBudget.CopyBlocks;
            Console.WriteLine("flash: " + total.ToString() + " of " + FlashBudget.BlockCount.ToString() + " blocks used");
            Assert.IsTrue(standing <= FlashBudget.BlockCount - FlashBudget.FreeBlocksMin, standing.ToString());
            Assert.IsTrue(total <= FlashBudget.BlockCount - FlashBudget.FreeBlocksAtWorst, total.ToString());
        }

        [TestMethod]
        public static void Journal_FitsItsRow()
        {
            Assert.IsTrue(JournalFormat.RecordsPerSegment * JournalFormat.RecordSizeBytes <= FlashBudget.BlockSizeBytes);
            Assert.IsTrue((JournalFormat.SegmentCountMax - 1) * JournalFormat.RecordsPerSegment >= 72 * 60);
            Assert.IsTrue(JournalFormat.SegmentCountMax * FlashBudget.BlockSizeBytes <= 128 * 1024);
        }

        [TestMethod]
        [DataRow(-1, -1, 26)]
        [DataRow(9000, 9000, 26)]
        [DataRow(20480, 20480, 26)]
        [DataRow(20481, 20480, 25)]
        [DataRow(32724, 32724, 20)]
        public static void Journal_GetsWhatTheSlotsLeave(int first, int second, int segments)
        {
            FakeFlash flash = new FakeFlash(FlashBudget.BlockCount);
            PutSlot(flash, "app-0", first);
            PutSlot(flash, "app-1", second);
            Assert.AreEqual(segments, Journal.SegmentsAllowed(flash));
        }

        [TestMethod]
        public static void JournalThatIsFull_GivesWayToSlots_WithItsOldest()
        {
            FakeFlash flash = new FakeFlash(FlashBudget.BlockCount);
            Journal journal = new Journal(flash);
            journal.Open();
            Outbox outbox = new Outbox(journal, 10);
            JournalRecord record = new JournalRecord();
            int count = 30 * JournalFormat.RecordsPerSegment;
            for (int i = 0; i < count; i++)
            {
                outbox.Add(record, false);
            }

            Assert.AreEqual(26, Segments(flash));
            PutSlot(flash, "app-0", FlashBudget.SlotSizeBytesMax);
            PutSlot(flash, "app-1", FlashBudget.SlotSizeBytesMax);
            for (int i = 0; i < JournalFormat.RecordsPerSegment; i++)
            {
                outbox.Add(record, false);
            }

            Assert.AreEqual(20, Segments(flash));
            Assert.AreEqual(count + JournalFormat.RecordsPerSegment, outbox.Count + outbox.DroppedCount);
        }

        private static void PutSlot(FakeFlash flash, string name, int length)
        {
            if (length > 0)
            {
                flash.Write(name, new byte[length], 0, length);
            }
        }

        private static int Segments(FakeFlash flash)
        {
            string[] names = flash.List();
            int count = 0;
            for (int i = 0; i < names.Length; i++)
            {
                count += JournalFormat.FirstNumberOf(names[i]) > 0 ? 1 : 0;
            }

            return count;
        }

        [TestMethod]
        public static void Slot_FitsItsBlocksWithTheFileSystemsOwnPointers()
        {
            // Block n of a file begins with a pointer for each power of two that divides n, the first with none (littlefs DESIGN.md, CTZ skip-lists).
            int room = 8 * FlashBudget.BlockSizeBytes;
            for (int block = 1; block < 8; block++)
            {
                for (int power = 1; block % power == 0 && power <= block; power <<= 1)
                {
                    room -= 4;
                }
            }

            Assert.AreEqual(room, FlashBudget.SlotSizeBytesMax);
        }

        [TestMethod]
        [DataRow(3)]
        [DataRow(5)]
        [DataRow(10)]
        [DataRow(30)]
        [DataRow(60)]
        public static void EraseBudget_IsPrinted(int ramRecords)
        {
            EraseBudget budget = new EraseBudget(ramRecords);
            Console.WriteLine("| journal.ram_records | erases a day | years, all | years, 12 free |");
            Console.WriteLine(budget.Row());
            Assert.IsTrue(ramRecords < 10 || budget.TenthsOfYearsAtWorst >= 100, budget.Row());
        }
    }
}
