using nanoFramework.TestFramework;
using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Detection;
using SensorNode.Detection.Tests;
using SensorNode.Fakes;

namespace SensorNode.Node.Tests
{
    /// <summary>The baseline in flash: power cuts leave the old or the new one; one that does not count now stays, and is told with the reason.</summary>
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
        public void Damaged_IsToldAndReplacedByTheNext()
        {
            FakeFlash flash = new FakeFlash(16);
            BaselineStore store = Store(flash);
            store.Save(s_old);
            flash.Content("baseline")[40] ^= 1;
            string reason;
            Assert.IsNull(store.Load(out reason));
            Assert.IsTrue(reason != null && reason != "none is stored");
            Assert.IsFalse(store.IsUnread);
            Assert.AreEqual(FileStatus.Ok, store.Save(s_new));
            AssertLoads(flash, 90);
            Assert.AreEqual(1, flash.FileCount);
        }

        [TestMethod]
        public void OtherSettingsAreWithdrawn_TheBaselineCountsAgain()
        {
            FakeFlash flash = new FakeFlash(16);
            Store(flash).Save(s_old);
            string reason;
            Assert.IsNull(OtherStore(flash, null, true).Load(out reason));
            Assert.AreEqual("learned with other settings", reason);
            AssertLoads(flash, 60);
        }

        [TestMethod]
        public void ModelForOtherSettings_IsRejectedOnlyOnceTheyCount()
        {
            FakeFlash flash = new FakeFlash(16);
            Store(flash).Save(s_old);
            OneModel models = new OneModel(flash.Content("baseline"));
            string reason;
            Assert.IsNull(OtherStore(new FakeFlash(16), models, true).Load(out reason));
            Assert.IsFalse(models.IsRejected);
            Assert.IsNotNull(new BaselineStore(new FakeFlash(16), models, new NodeConfiguration(), false).Load(out reason));
            Assert.IsNull(OtherStore(new FakeFlash(16), models, false).Load(out reason));
            Assert.IsTrue(models.IsRejected);
        }

        [TestMethod]
        [DataRow("baseline")]
        [DataRow("baseline.new")]
        public void FailedRead_IsTriedAgain(string name)
        {
            FakeFlash start = new FakeFlash(16);
            Store(start).Save(s_new);
            FakeFlash flash = new FakeFlash(16);
            flash.Plant(name, start.Content("baseline"));
            BaselineStore store = Store(flash);
            flash.FailsReads = true;
            string reason;
            Assert.IsNull(store.Load(out reason));
            Assert.AreEqual("it cannot be read from flash", reason);
            Assert.IsTrue(store.IsUnread);
            flash.FailsReads = false;
            Assert.IsNotNull(store.Load(out reason));
            Assert.IsFalse(store.IsUnread);
            AssertLoads(flash, 90);
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

        private static BaselineStore OtherStore(FakeFlash flash, IModelSource models, bool isOnTrial)
        {
            NodeConfiguration other = new NodeConfiguration();
            Assert.IsNull(other.TrySet(ConfigurationKey.WindowPoints, "512"));
            return new BaselineStore(flash, models, other, isOnTrial);
        }

        private static BaselineStore Store(FakeFlash flash)
        {
            return new BaselineStore(flash, null, new NodeConfiguration(), false);
        }

        private sealed class OneModel : IModelSource
        {
            private readonly byte[] _bytes;

            public OneModel(byte[] bytes)
            {
                _bytes = bytes;
            }

            public bool IsRejected { get; private set; }

            public byte[] TakeModel()
            {
                return _bytes;
            }

            public void RejectModel()
            {
                IsRejected = true;
            }

            public void GiveModelUp()
            {
            }
        }
    }
}
