using nanoFramework.TestFramework;
using SensorNode.Fakes;
using SensorNode.Update;

namespace SensorNode.Storage.Tests
{
    [TestClass]
    public class FactoryResetTests
    {
        private const int Counter = 7;

        [TestMethod]
        public static void Reset_WipesAllButCountersAndLog()
        {
            FakeFlash flash = Used();
            Assert.IsFalse(FactoryReset.IsAsked(flash));
            FactoryReset.Ask(flash, FactoryReset.ByButton);
            Assert.IsTrue(FactoryReset.IsAsked(flash));
            Assert.IsTrue(FactoryReset.Finish(flash, Log(flash)));
            CheckWiped(flash);
            EventLog log = Log(flash);
            Assert.AreEqual(2, log.Newest);
            Assert.AreEqual("2 after 2025-01-01 00:00:00 factory reset by button", log.Text(2));
        }

        [TestMethod]
        public static void CutAtEveryOperation_LeadsToTheSameEnd_OrToNoReset()
        {
            int cuts = 0;
            bool isCut = true;
            for (int cutAt = 1; isCut; cutAt++)
            {
                isCut = CutOnce(cutAt, FlashTear.Old);
                for (int tear = 1; tear <= (int)FlashTear.Complete; tear++)
                {
                    CutOnce(cutAt, (FlashTear)tear);
                }

                cuts++;
            }

            // The mark, eleven deletions, two counters, the event and the mark again.
            Assert.IsTrue(cuts > 20, cuts.ToString());
        }

        [TestMethod]
        public static void FailureAtEveryOperation_IsTriedAgain()
        {
            for (int failAt = 1; failAt < 25; failAt++)
            {
                FakeFlash flash = Used();
                FactoryReset.Ask(flash, FactoryReset.ByCommand);
                flash.FailAt = flash.OperationCount + failAt;
                EventLog log = Log(flash);
                if (!FactoryReset.Finish(flash, log))
                {
                    Assert.IsTrue(FactoryReset.IsAsked(flash));
                    Assert.IsTrue(FactoryReset.Finish(flash, log));
                }

                CheckWiped(flash);
            }
        }

        private static bool CutOnce(int cutAt, FlashTear tear)
        {
            FakeFlash flash = Used();
            flash.Tear = tear;
            flash.CutAt = flash.OperationCount + cutAt;
            bool isCut = false;
            try
            {
                FactoryReset.Ask(flash, FactoryReset.ByCommand);
                FactoryReset.Finish(flash, Log(flash));
            }
            catch (PowerCutException)
            {
                isCut = true;
            }

            flash.PowerOn();
            if (!FactoryReset.IsAsked(flash) && flash.Content("node.conf") != null)
            {
                // Power went before the mark was there: nothing was asked for, nothing is gone.
                Assert.AreEqual(Used().FileCount, flash.FileCount);
                return isCut;
            }

            if (FactoryReset.IsAsked(flash))
            {
                Assert.IsTrue(FactoryReset.Finish(flash, Log(flash)));
            }

            CheckWiped(flash);
            return isCut;
        }

        private static void CheckWiped(FakeFlash flash)
        {
            Assert.IsFalse(FactoryReset.IsAsked(flash));
            string[] names = flash.List();
            for (int i = 0; i < names.Length; i++)
            {
                bool isKept = names[i].StartsWith("events.") || names[i].StartsWith("boot.") || names[i].StartsWith("clock.") || names[i].IndexOf("-state.") == 3;
                Assert.IsTrue(isKept, names[i]);
            }

            SlotState state = new UpdateSlots(flash, ReleaseManifest.Application).State;
            Assert.AreEqual(Counter, state.SecurityCounter);
            Assert.AreEqual(SlotState.NoSlot, state.Current);
            Assert.AreEqual(1, new BootRecord(flash).BootCount);
            EventLog log = Log(flash);
            Assert.AreEqual("1 after 2025-01-01 00:00:00 start: power-on", log.Text(1));
        }

        private static FakeFlash Used()
        {
            FakeFlash flash = new FakeFlash(40);
            new BootRecord(flash).Begin();
            Log(flash).Add(EventKind.Start, 0);
            SlotState state = new UpdateSlots(flash, ReleaseManifest.Application).State;
            state.SecurityCounter = Counter;
            state.Current = 0;
            Assert.IsTrue(state.Store());
            string[] names = new string[]
            {
                "node.conf", "conf.a", "conf-new.b", "ca.pem", "client.key", "journal-00000000", "journal-ack.a", "baseline", "app-0", "node-mac.a", "release.key.pub"
            };
            for (int i = 0; i < names.Length; i++)
            {
                flash.Plant(names[i], new byte[] { 1, 2, 3 });
            }

            return flash;
        }

        private static EventLog Log(FakeFlash flash)
        {
            return new EventLog(flash, new FakeClock(), new ClockFloor(flash));
        }
    }
}
