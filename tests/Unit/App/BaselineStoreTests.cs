using nanoFramework.TestFramework;
using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Detection;
using SensorNode.Detection.Tests;
using SensorNode.Fakes;

namespace SensorNode.Node.Tests
{
    /// <summary>The baseline in flash: power cuts leave the old or the new one; a bad one is put aside with the reason.</summary>
    [TestClass]
    public class BaselineStoreTests
    {
        private static Baseline s_old;
        private static Baseline s_new;

        [Setup]
        public void Learn()
        {
            s_old = AnomalyDetectorTests.Learned(new SyntheticMachine(31), 60, 1).Baseline;
            s_new = AnomalyDetectorTests.Learned(new SyntheticMachine(32), 90, 1).Baseline;
        }

        [TestMethod]
        public void Saved_IsLoaded()
        {
            FakeFlash flash = new FakeFlash(16);
            Assert.AreEqual(FileStatus.Ok, Store(flash).Save(s_old));
            AssertLoads(flash, 60);
        }

        [TestMethod]
        public void NothingStored_SaysSo()
        {
            string reason;
            Assert.IsNull(Store(new FakeFlash(16)).Load(out reason));
            Assert.AreEqual("none is stored", reason);
        }

        [TestMethod]
        public void PowerCutDuringSave_LeavesNoneOrTheNewBaseline()
        {
            CutEverywhere(null, 0);
        }

        [TestMethod]
        public void PowerCutDuringReplace_LeavesTheOldOrTheNewBaseline()
        {
            CutEverywhere(s_old, 60);
        }

        [TestMethod]
        public void PowerCutDuringLoad_LosesNothing()
        {
            // The state a cut between writing and renaming leaves: both files are there.
            FakeFlash both = new FakeFlash(16);
            Store(both).Save(s_new);
            byte[] content = both.Content("baseline");
            FakeFlash flash = new FakeFlash(16);
            Store(flash).Save(s_old);
            flash.Plant("baseline.new", content);
            for (int cut = 1; cut <= 6; cut++)
            {
                for (int tear = 0; tear <= 4; tear += 4)
                {
                    FakeFlash copy = flash.Copy();
                    copy.Tear = (FlashTear)tear;
                    copy.CutAt = cut;
                    string reason;
                    try
                    {
                        Store(copy).Load(out reason);
                    }
                    catch (PowerCutException)
                    {
                    }

                    copy.PowerOn();
                    AssertLoads(copy, 90);
                    AssertLoads(copy, 90);
                }
            }
        }

        [TestMethod]
        public void Damaged_IsPutAsideWithTheReason()
        {
            FakeFlash flash = new FakeFlash(16);
            Store(flash).Save(s_old);
            flash.Content("baseline")[40] ^= 1;
            AssertPutAside(flash, new NodeConfiguration());
        }

        [TestMethod]
        public void Foreign_IsPutAsideWithTheReason()
        {
            FakeFlash flash = new FakeFlash(16);
            Store(flash).Save(s_old);
            NodeConfiguration other = new NodeConfiguration();
            Assert.IsNull(other.TrySet(ConfigurationKey.WindowPoints, "512"));
            Assert.AreEqual("learned with other settings", AssertPutAside(flash, other));
        }

        [TestMethod]
        public void Forgotten_IsGone()
        {
            FakeFlash flash = new FakeFlash(16);
            BaselineStore store = Store(flash);
            store.Save(s_old);
            store.Forget();
            Assert.AreEqual(0, flash.FileCount);
        }

        private static void CutEverywhere(Baseline before, int windowsBefore)
        {
            FakeFlash start = new FakeFlash(16);
            if (before != null)
            {
                Store(start).Save(before);
            }

            FakeFlash whole = start.Copy();
            Store(whole).Save(s_new);
            int operations = whole.OperationCount;
            Assert.IsTrue(operations >= 5);
            for (int cut = 1; cut <= operations; cut++)
            {
                for (int tear = 0; tear <= 4; tear++)
                {
                    FakeFlash flash = start.Copy();
                    flash.Tear = (FlashTear)tear;
                    flash.CutAt = cut;
                    bool isCut = false;
                    try
                    {
                        Store(flash).Save(s_new);
                    }
                    catch (PowerCutException)
                    {
                        isCut = true;
                    }

                    Assert.IsTrue(isCut);
                    flash.PowerOn();
                    string reason;
                    Baseline found = Store(flash).Load(out reason);
                    int windows = found == null ? 0 : found.LearnedWindows;
                    Assert.IsTrue(windows == windowsBefore || windows == 90);
                    Assert.IsNull(flash.Content("baseline.bad"));

                    // Whatever was left, the next save counts.
                    Assert.AreEqual(FileStatus.Ok, Store(flash).Save(s_new));
                    AssertLoads(flash, 90);
                }
            }
        }

        private static void AssertLoads(FakeFlash flash, int windows)
        {
            string reason;
            Baseline baseline = Store(flash).Load(out reason);
            Assert.IsNotNull(baseline);
            Assert.IsNull(reason);
            Assert.AreEqual(windows, baseline.LearnedWindows);
        }

        private static string AssertPutAside(FakeFlash flash, NodeConfiguration configuration)
        {
            byte[] content = flash.Content("baseline");
            BaselineStore store = new BaselineStore(flash, null, configuration);
            string reason;
            Assert.IsNull(store.Load(out reason));
            Assert.IsNotNull(reason);
            Assert.IsNull(flash.Content("baseline"));
            Assert.AreEqual(content.Length, flash.Content("baseline.bad").Length);
            string later;
            Assert.IsNull(store.Load(out later));
            Assert.AreEqual("none is stored", later);
            return reason;
        }

        private static BaselineStore Store(FakeFlash flash)
        {
            return new BaselineStore(flash, null, new NodeConfiguration());
        }
    }
}
