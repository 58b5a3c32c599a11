using System;
using nanoFramework.TestFramework;
using SensorNode.Storage;

namespace SensorNode.Storage.Tests
{
    [TestClass]
    public class FlashBudgetTests
    {
        [TestMethod]
        public static void Rows_LeaveSixBlocksFree_AndTwoAtWorst()
        {
            int standing = 0;
            int total = 0;
            for (int row = 0; row < FlashBudget.RowCount; row++)
            {
                Assert.IsTrue(FlashBudget.Blocks(row) > 0);
                total += FlashBudget.Blocks(row);
                standing += row < FlashBudget.PassingRow ? FlashBudget.Blocks(row) : 0;
            }

            Console.WriteLine("flash: " + total.ToString() + " of " + FlashBudget.BlockCount.ToString() + " blocks used");
            Assert.AreEqual(total, FlashBudget.TotalBlocks());
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
            Console.WriteLine("| journal.ram_records | erases a day | years, all | years, 6 free |");
            Console.WriteLine(budget.Row());
            Assert.IsTrue(ramRecords < 10 || budget.TenthsOfYearsAtWorst >= 100, budget.Row());
        }
    }
}
