using System;
using nanoFramework.TestFramework;
using SensorNode.Contracts;
using SensorNode.Fakes;
using SensorNode.Storage;

namespace SensorNode.Storage.Tests
{
    [TestClass]
    public class JournalTests
    {
        private const int Hours72 = 72 * 60;

        [TestMethod]
        public static void FullSize_KeepsMoreThan72HoursIn104KilobytesAtEveryMoment()
        {
            FakeFlash flash = new FakeFlash(40);
            Journal journal = new Journal(flash);
            journal.Open();
            Outbox outbox = new Outbox(journal, 10);
            JournalWitness witness = new JournalWitness(5000);
            int fewest = 0x7FFFFFFF;
            for (int i = 0; i < 5000; i++)
            {
                Assert.AreEqual((int)FileStatus.Ok, (int)outbox.Add(witness.Make(), false));
                int kept = outbox.Count;
                fewest = i >= 4600 && kept < fewest ? kept : fewest;
            }

            Console.WriteLine("journal: at least " + fewest.ToString() + " records kept, " + flash.UsedBlocks.ToString() + " blocks used, " + flash.UsedBlocksMax.ToString() + " while writing");
            Assert.IsTrue(fewest >= Hours72, fewest.ToString());
            Assert.IsTrue(journal.DroppedCount > 0);

            // The journal's blocks, one for the copy being written, two for the position.
            Assert.IsTrue(flash.UsedBlocksMax <= JournalFormat.SegmentCountMax + 3);
            outbox.BeginSession();
            JournalRecord record = new JournalRecord();
            witness.BeginPass();
            while (outbox.TryReadNext(record) == JournalReadStatus.Record)
            {
                witness.Take(record);
            }

            Assert.AreEqual(5000, witness.PassFirst + witness.PassCount - 1);
            Assert.AreEqual(5000, witness.PassCount + outbox.DroppedCount);
        }

        [TestMethod]
        public static void EmptyFlash_HasNothingAndBeginsAtOne()
        {
            Journal journal = new Journal(new FakeFlash(8));
            journal.Open();
            Assert.AreEqual(0, journal.Count);
            Assert.AreEqual(1, journal.NextNumber);
            Assert.AreEqual((int)JournalReadStatus.End, (int)journal.TryRead(1, new JournalRecord(), out int _));
            Assert.AreEqual((int)FileStatus.Ok, (int)journal.Acknowledge(100));
            Assert.AreEqual(0, journal.Acknowledged);
        }

        [TestMethod]
        public static void NumbersAfterEverythingWasDelivered_GoOn()
        {
            FakeFlash flash = new FakeFlash(8);
            JournalRun run = new JournalRun(flash);
            run.Boot();
            run.Add(6);
            run.Connect(100);
            run.Confirm();
            Assert.AreEqual(2, flash.FileCount + 1);
            run.Boot();
            Assert.AreEqual(7, run.Journal.NextNumber);
            run.Add(3);
            run.Connect(100);
            run.Witness.CheckAll();
            Assert.AreEqual(10, run.Journal.NextNumber);
        }

        [TestMethod]
        public static void SegmentIsDeletedOnlyAfterItsLastRecordIsConfirmed()
        {
            FakeFlash flash = new FakeFlash(8);
            JournalRun run = new JournalRun(flash);
            run.Boot();
            run.Add(9);
            string first = JournalFormat.SegmentName(1);
            Assert.IsTrue(run.Journal.Acknowledge(4) == FileStatus.Ok && flash.Content(first) != null);
            Assert.AreEqual(5, run.Journal.Count);
            int operations = flash.OperationCount;
            Assert.IsTrue(run.Journal.Acknowledge(3) == FileStatus.Ok);
            Assert.AreEqual(operations, flash.OperationCount);
            Assert.IsTrue(run.Journal.Acknowledge(5) == FileStatus.Ok && flash.Content(first) == null);
            Assert.AreEqual(4, run.Journal.Count);
        }

        [TestMethod]
        [DataRow(1)]
        [DataRow(2000)]
        public static void ReadsThatFailOnceOrForMinutes_AreTriedAgain_AndNothingIsSkipped(int failures)
        {
            JournalRun run = new JournalRun(new FakeFlash(8));
            run.Boot();
            run.Add(6);
            run.Outbox.BeginSession();
            JournalRecord record = new JournalRecord();
            run.Flash.FailsReads = true;
            for (int i = 0; i < failures; i++)
            {
                Assert.AreEqual((int)JournalReadStatus.Failed, (int)run.Outbox.TryReadNext(record));
            }

            run.Flash.FailsReads = false;
            run.Witness.BeginPass();
            run.Receive(100);
            Assert.AreEqual(6, run.Witness.PassCount);
            Assert.AreEqual(0, run.Journal.DamagedCount);
        }

        [TestMethod]
        public static void ReadFailureThatStays_DoesNotHoldTheJournalForEver()
        {
            JournalRun run = new JournalRun(new FakeFlash(8));
            run.Boot();
            run.Add(6);
            run.Outbox.BeginSession();
            run.Flash.FailsReads = true;
            Assert.IsTrue(CountFailures(run.Journal, 1, JournalReadStatus.End, out int next) < 5000);
            Assert.AreEqual(7, next);
            Assert.AreEqual(6, run.Journal.DamagedCount);
        }

        [TestMethod]
        [DataRow(1, 6)]
        [DataRow(6, 11)]
        public static void BadBlock_CostsItsSegmentAndTenSeconds(int bad, int goesOnAt)
        {
            FakeFlash flash = new FakeFlash(8);
            Journal journal = new Journal(flash, 5, 8);
            journal.Open();
            byte[] records = new byte[15 * JournalFormat.RecordSizeBytes];
            journal.Append(records, 15, out int stored);
            flash.FailsReadsOf = JournalFormat.SegmentName(bad);
            Assert.AreEqual(39, CountFailures(journal, bad, JournalReadStatus.Record, out int next));
            Assert.AreEqual(goesOnAt + 1, next);
            Assert.AreEqual(5, journal.DamagedCount);
        }

        private static int CountFailures(Journal journal, int from, JournalReadStatus until, out int next)
        {
            JournalRecord record = new JournalRecord();
            next = from;
            int failures = 0;
            JournalReadStatus status;
            while ((status = journal.TryRead(next, record, out next)) == JournalReadStatus.Failed)
            {
                failures++;
                Assert.IsTrue(failures < 10000);
            }

            Assert.AreEqual((int)until, (int)status);
            return failures;
        }

        [TestMethod]
        public static void FullFlash_GivesUpTheOldestAndCounts()
        {
            // Three blocks for the journal where it would take four, and two for its position.
            JournalRun run = new JournalRun(new FakeFlash(5));
            run.Boot();
            run.Add(40);
            run.Connect(100);
            run.Witness.CheckAll();
            Assert.IsTrue(run.Witness.PassCount >= 3, run.Witness.PassCount.ToString());
            Assert.AreEqual(40, run.Witness.PassFirst + run.Witness.PassCount - 1);
            Assert.AreEqual(40, run.Witness.PassCount + run.Outbox.DroppedCount);
        }

        /// <summary>The platform does not always say that a drive is full: a second failure is taken for it, once.</summary>
        [TestMethod]
        public static void AppendThatFailsTwice_MakesRoom_ButNotAgainAndAgain()
        {
            FakeFlash flash = new FakeFlash(40);
            Journal journal = new Journal(flash, 5, 8);
            journal.Open();
            byte[] records = new byte[12 * JournalFormat.RecordSizeBytes];
            Assert.AreEqual((int)FileStatus.Ok, (int)journal.Append(records, 12, out int stored));
            flash.FailingStores = 1;
            Assert.AreEqual((int)FileStatus.Ok, (int)journal.Append(records, 1, out stored));
            Assert.AreEqual(0, journal.DroppedCount);
            flash.FailingStores = 2;
            Assert.AreEqual((int)FileStatus.Ok, (int)journal.Append(records, 1, out stored));
            Assert.AreEqual(5, journal.DroppedCount);
            flash.FailingStores = 1000;
            Assert.AreEqual((int)FileStatus.Failed, (int)journal.Append(records, 1, out stored));
            Assert.AreEqual(10, journal.DroppedCount);
            Assert.AreEqual((int)FileStatus.Failed, (int)journal.Append(records, 1, out stored));
            Assert.AreEqual(10, journal.DroppedCount);
            Assert.AreEqual(0, stored);
            flash.FailingStores = 0;
            Assert.AreEqual((int)FileStatus.Ok, (int)journal.Append(records, 1, out stored));
            Assert.AreEqual(16, journal.NextNumber);
            Assert.AreEqual(5, journal.Count);
        }

        [TestMethod]
        public static void DirectoryThatCannotBeRead_GivesNoNumberTwice()
        {
            FakeFlash flash = new FakeFlash(40);
            Journal journal = new Journal(flash, 5, 8);
            journal.Open();
            byte[] records = new byte[3 * JournalFormat.RecordSizeBytes];
            journal.Append(records, 3, out int stored);
            Journal next = new Journal(flash, 5, 8);
            flash.FailsReads = true;
            next.Open();
            Assert.AreEqual((int)FileStatus.Failed, (int)next.Append(records, 1, out stored));
            Assert.AreEqual(0, stored);
            flash.FailsReads = false;
            Assert.AreEqual((int)FileStatus.Ok, (int)next.Append(records, 1, out stored));
            Assert.AreEqual(5, next.NextNumber);
            Assert.AreEqual(4, next.Count);
        }

        [TestMethod]
        [DataRow(-2)]
        [DataRow(-1)]
        public static void LengthThatFailsAtTheStart_LosesNothingAndGivesNoNumberTwice(int failedLength)
        {
            FakeFlash flash = new FakeFlash(40);
            Journal journal = new Journal(flash, 5, 8);
            journal.Open();
            byte[] records = new byte[12 * JournalFormat.RecordSizeBytes];
            for (int count = 3; count <= 12; count += 9)
            {
                // First only the tail is there, then two segments before it.
                journal.Append(records, count, out int stored);
                flash.FailsLengthOf = JournalFormat.SegmentName(1);
                flash.FailedLength = failedLength;
                Journal next = new Journal(flash, 5, 8);
                next.Open();
                Assert.IsNull(flash.FailsLengthOf);
                Assert.AreEqual((int)FileStatus.Ok, (int)next.Append(records, 1, out stored));
                Assert.AreEqual(journal.NextNumber + 1, next.NextNumber);
                Assert.AreEqual(journal.Count + 1, next.Count);
                journal = next;
            }

            Assert.AreEqual(0, journal.DroppedCount);
        }

        [TestMethod]
        [DataRow("journal-ack.a")]
        [DataRow("journal-ack.b")]
        public static void PositionThatCannotBeRead_GivesNoNumberTwice(string file)
        {
            FakeFlash flash = new FakeFlash(40);
            Journal journal = new Journal(flash, 5, 8);
            journal.Open();
            byte[] records = new byte[5 * JournalFormat.RecordSizeBytes];
            for (int i = 1; i <= 3; i++)
            {
                // All delivered and deleted: only the position knows which numbers were given.
                journal.Append(records, 5, out int stored);
                journal.Acknowledge(5 * i);
                flash.FailsLengthOf = file;
                journal = new Journal(flash, 5, 8);
                journal.Open();
                Assert.AreEqual((int)FileStatus.Ok, (int)journal.Append(records, 0, out stored));
                Assert.AreEqual((5 * i) + 1, journal.NextNumber);
            }
        }

        /// <summary>A session that is on while the journal is shut may not take its records for read.</summary>
        [TestMethod]
        public static void TailThatCannotBeMeasured_ShutsTheJournalAndSkipsNothing()
        {
            FakeFlash flash = new FakeFlash(40);
            Journal journal = new Journal(flash, 5, 8);
            journal.Open();
            byte[] records = new byte[3 * JournalFormat.RecordSizeBytes];
            journal.Append(records, 3, out int stored);
            flash.FailingStores = 1;
            flash.FailsLengthOf = JournalFormat.SegmentName(1);
            Assert.AreEqual((int)FileStatus.Failed, (int)journal.Append(records, 1, out stored));
            JournalRecord record = new JournalRecord();
            flash.FailsReads = true;
            Assert.AreEqual((int)JournalReadStatus.Failed, (int)journal.TryRead(1, record, out int next));
            Assert.AreEqual(1, next);
            flash.FailsReads = false;
            Assert.AreEqual((int)JournalReadStatus.Record, (int)journal.TryRead(1, record, out next));
            Assert.AreEqual((int)FileStatus.Ok, (int)journal.Append(records, 1, out stored));
            Assert.AreEqual(4, journal.Count);
        }

        [TestMethod]
        public static void FlashFullOfOtherFiles_DropsFromRamAndRecovers()
        {
            FakeFlash flash = new FakeFlash(4);
            flash.Plant("slot", new byte[4 * 4096]);
            JournalRun run = new JournalRun(flash);
            run.Boot();
            run.Add(20);
            Assert.AreEqual(JournalRun.RamRecords, run.Outbox.RamCount);
            Assert.AreEqual(17, run.Outbox.DroppedCount);
            flash.Plant("slot", null);
            run.Connect(100);
            Assert.AreEqual(3, run.Witness.PassCount);
            Assert.IsTrue(run.Witness.IsReceived(20));
        }

        [TestMethod]
        public static void MoreSegmentsThanAllowed_KeepsTheNewest()
        {
            FakeFlash flash = new FakeFlash(40);
            Journal large = new Journal(flash, 5, 8);
            large.Open();
            Outbox outbox = new Outbox(large, 5);
            JournalWitness witness = new JournalWitness(100);
            for (int i = 0; i < 40; i++)
            {
                outbox.Add(witness.Make(), false);
            }

            JournalRun run = new JournalRun(flash);
            run.Boot();
            Assert.AreEqual(20, run.Journal.Count);
            Assert.AreEqual(20, run.Journal.DroppedCount);
            Assert.AreEqual(41, run.Journal.NextNumber);
        }
    }
}
