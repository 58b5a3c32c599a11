using System;
using nanoFramework.TestFramework;
using SensorNode.Fakes;
using SensorNode.Storage;

namespace SensorNode.Storage.Tests
{
    [TestClass]
    public class JournalPowerCutTests
    {
        // Lengths of torn writes: inside a record, one record, and inside the third.
        private static readonly int[] s_tearBytes = { 1, 22, 23, 24, 60 };

        [TestMethod]
        public static void WithoutFaults_EveryRecordArrivesOnceAndDropsAreCounted()
        {
            JournalRun run = new JournalRun(new FakeFlash(16));
            run.Live();
            Assert.AreEqual(0, run.Journal.DamagedCount);
            run.CheckAfterRestart(0);
            Assert.AreEqual(run.Witness.Made, run.Witness.ReceivedCount + run.Outbox.DroppedCount);
            Assert.IsTrue(run.Outbox.DroppedCount > 0, "the run must wrap");
        }

        [TestMethod]
        public static void CutAtEveryOperation_LosesOnlyWhatWasInRam()
        {
            int operations = CountOperations();
            int cuts = 0;
            for (int cutAt = 1; cutAt <= operations; cutAt++)
            {
                for (int tear = 0; tear <= (int)FlashTear.Complete; tear++)
                {
                    int lengths = tear == (int)FlashTear.Prefix || tear == (int)FlashTear.Garbage ? s_tearBytes.Length : 1;
                    for (int i = 0; i < lengths; i++)
                    {
                        CutOnce(cutAt, (FlashTear)tear, s_tearBytes[i]);
                        cuts++;
                    }
                }
            }

            Console.WriteLine("journal: " + operations.ToString() + " flash operations, " + cuts.ToString() + " power cuts");
            Assert.IsTrue(operations > 50);
        }

        [TestMethod]
        public static void CutAgainWhileRecovering_LosesOnlyWhatWasInRam()
        {
            int operations = CountOperations();
            int cuts = 0;
            for (int cutAt = 1; cutAt <= operations; cutAt++)
            {
                for (int second = 1; second <= 8; second++)
                {
                    FlashTear tear = (second & 1) == 0 ? FlashTear.Garbage : FlashTear.Prefix;
                    JournalRun run = LiveUntilCut(cutAt, tear, 24);
                    run.Flash.CutAt = run.Flash.OperationCount + second;
                    try
                    {
                        run.CheckAfterRestart(0);
                    }
                    catch (PowerCutException)
                    {
                        cuts++;
                    }

                    run.Flash.PowerOn();
                    run.CheckAfterRestart(0);
                }
            }

            Console.WriteLine("journal: " + cuts.ToString() + " pairs of power cuts");
            Assert.IsTrue(cuts > operations);
        }

        [TestMethod]
        public static void TornAppendOfEveryLength_KeepsWhatWasBefore()
        {
            int size = JournalRun.RamRecords * JournalFormat.RecordSizeBytes;
            for (int length = 0; length <= size; length++)
            {
                for (int tear = (int)FlashTear.Prefix; tear <= (int)FlashTear.Garbage; tear++)
                {
                    JournalRun run = new JournalRun(new FakeFlash(16));
                    run.Boot();
                    run.Add(2 * JournalRun.RamRecords);
                    run.Flash.Tear = (FlashTear)tear;
                    run.Flash.TearBytes = length;
                    run.Flash.CutAt = run.Flash.OperationCount + 1;
                    try
                    {
                        run.Add(JournalRun.RamRecords);
                        Assert.IsTrue(false, "no cut");
                    }
                    catch (PowerCutException)
                    {
                    }

                    run.Flash.PowerOn();
                    run.CheckAfterRestart(0);
                    for (int serial = 1; serial <= 2 * JournalRun.RamRecords; serial++)
                    {
                        Assert.IsTrue(run.Witness.IsReceived(serial));
                    }
                }
            }
        }

        [TestMethod]
        public static void FailureAtEveryOperation_LosesAtMostOneQueueAndRepeatsNothing()
        {
            int operations = CountOperations();
            for (int failAt = 1; failAt <= operations; failAt++)
            {
                for (int tear = 0; tear <= (int)FlashTear.Complete; tear++)
                {
                    JournalRun run = new JournalRun(new FakeFlash(16));
                    run.Flash.FailAt = failAt;
                    run.Flash.Tear = (FlashTear)tear;
                    run.Flash.TearBytes = 24;
                    run.Live();
                    run.Flash.PowerOn();
                    run.CheckAfterRestart(JournalRun.RamRecords);
                }
            }
        }

        private static int CountOperations()
        {
            JournalRun run = new JournalRun(new FakeFlash(16));
            run.Live();
            return run.Flash.OperationCount;
        }

        private static void CutOnce(int cutAt, FlashTear tear, int tearBytes)
        {
            try
            {
                LiveUntilCut(cutAt, tear, tearBytes).CheckAfterRestart(0);
            }
            catch (Exception e)
            {
                throw new Exception("cut at " + cutAt.ToString() + ", tear " + ((int)tear).ToString() + ", " + tearBytes.ToString() + " bytes: " + e.Message);
            }
        }

        private static JournalRun LiveUntilCut(int cutAt, FlashTear tear, int tearBytes)
        {
            JournalRun run = new JournalRun(new FakeFlash(16));
            run.Flash.CutAt = cutAt;
            run.Flash.Tear = tear;
            run.Flash.TearBytes = tearBytes;
            try
            {
                run.Live();
            }
            catch (PowerCutException)
            {
                run.Flash.PowerOn();
                return run;
            }

            throw new Exception("no cut at " + cutAt.ToString());
        }
    }
}
