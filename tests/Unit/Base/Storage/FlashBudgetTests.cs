using System;
using nanoFramework.TestFramework;
using SensorNode.Contracts;
using SensorNode.Fakes;
using SensorNode.Storage;

namespace SensorNode.Storage.Tests
{
    [TestClass]
    public class FlashBudgetTests
    {
        // Flash of these boards is specified for 100,000 erases of a block.
        private const int EraseCyclesMax = 100000;

        // A change of a directory is one program unit of 128 bytes or two; half a block of them fits between two compactions, each of which erases a block.
        private const int CommitsPerErase = 8;

        [TestMethod]
        public static void Rows_LeaveEightBlocksFree()
        {
            int total = 0;
            for (int row = 0; row < FlashBudget.RowCount; row++)
            {
                Assert.IsTrue(FlashBudget.Blocks(row) > 0);
                total += FlashBudget.Blocks(row);
            }

            Console.WriteLine("flash: " + total.ToString() + " of " + FlashBudget.BlockCount.ToString() + " blocks used");
            Assert.AreEqual(total, FlashBudget.TotalBlocks());
            Assert.IsTrue(total <= FlashBudget.BlockCount - FlashBudget.FreeBlocksMin, total.ToString());
        }

        [TestMethod]
        public static void Journal_FitsItsRow()
        {
            Assert.IsTrue(JournalFormat.RecordsPerSegment * JournalFormat.RecordSizeBytes <= FlashBudget.BlockSizeBytes);
            Assert.IsTrue((JournalFormat.SegmentCountMax - 1) * JournalFormat.RecordsPerSegment >= 72 * 60);
            Assert.IsTrue(JournalFormat.SegmentCountMax * FlashBudget.BlockSizeBytes <= 128 * 1024);
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
        [DataRow(1)]
        [DataRow(5)]
        [DataRow(10)]
        [DataRow(30)]
        [DataRow(60)]
        public static void EraseBudget_IsPrinted(int ramRecords)
        {
            // A full journal, offline: what one more day costs.
            FakeFlash flash = new FakeFlash(FlashBudget.BlockCount);
            Journal journal = new Journal(flash);
            journal.Open();
            Outbox outbox = new Outbox(journal, ramRecords);
            JournalRecord record = new JournalRecord();
            Add(outbox, record, 26 * JournalFormat.RecordsPerSegment);
            int erasesBefore = flash.DataErases;
            int commitsBefore = flash.MetadataCommits;
            Add(outbox, record, 1440);
            int commits = flash.MetadataCommits - commitsBefore;
            int erases = flash.DataErases - erasesBefore + commits / CommitsPerErase;
            int pool = FlashBudget.FreeBlocksMin + JournalFormat.SegmentCountMax;
            long tenthsOfYears = 10L * EraseCyclesMax * pool / erases / 365;
            long tenthsAtWorst = 10L * EraseCyclesMax * FlashBudget.FreeBlocksMin / erases / 365;
            Console.WriteLine("journal.ram_records " + ramRecords.ToString() + ": " + erases.ToString() + " erases a day offline, " + Tenths(tenthsOfYears)
                + " years over " + pool.ToString() + " blocks, " + Tenths(tenthsAtWorst) + " over the 8 free ones");
            Assert.IsTrue(ramRecords < 10 || tenthsAtWorst >= 100, tenthsAtWorst.ToString());
        }

        private static void Add(Outbox outbox, JournalRecord record, int count)
        {
            for (int i = 0; i < count; i++)
            {
                Assert.AreEqual((int)FileStatus.Ok, (int)outbox.Add(record, false));
            }
        }

        private static string Tenths(long value)
        {
            return (value / 10).ToString() + "." + (value % 10).ToString();
        }
    }
}
