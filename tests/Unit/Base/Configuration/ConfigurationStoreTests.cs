using System.Collections;
using nanoFramework.TestFramework;
using SensorNode.Fakes;

namespace SensorNode.Configuration.Tests
{
    [TestClass]
    public class ConfigurationStoreTests
    {
        private const string Conf = "sparkplug.group = a\nsparkplug.node = b\nmqtt.host = c\n";

        [TestMethod]
        public static void MissingOrWrongNodeConf_GivesNothingAndAReason()
        {
            FakeFlash flash = new FakeFlash(8);
            ArrayList faults = new ArrayList();
            Assert.IsNull(new ConfigurationStore(flash).Load(faults));
            Assert.AreEqual(1, faults.Count);
            Put(flash, "no such line");
            Assert.IsNull(new ConfigurationStore(flash).Load(faults));
            Assert.IsTrue(faults.Count > 0);
        }

        [TestMethod]
        public static void Change_CountsAfterARestart()
        {
            FakeFlash flash = Deployed();
            Store(flash, "30", false);
            ConfigurationStore store = new ConfigurationStore(flash);
            Assert.AreEqual(30, Interval(store));
            Assert.IsFalse(store.IsOnTrial);
            Assert.IsNull(store.Note);
        }

        [TestMethod]
        public static void NewNodeConf_WinsOverChanges()
        {
            FakeFlash flash = Deployed();
            Store(flash, "30", false);
            Put(flash, Conf + "# new\n");
            ConfigurationStore store = new ConfigurationStore(flash);
            Assert.AreEqual(60, Interval(store));
            Assert.IsNotNull(store.Note);
        }

        [TestMethod]
        public static void Trial_IsConfirmed()
        {
            FakeFlash flash = Deployed();
            Store(flash, "30", true);
            ConfigurationStore store = new ConfigurationStore(flash);
            Assert.AreEqual(30, Interval(store));
            Assert.IsTrue(store.IsOnTrial);
            store.Confirm();
            store = new ConfigurationStore(flash);
            Assert.AreEqual(30, Interval(store));
            Assert.IsFalse(store.IsOnTrial);
        }

        [TestMethod]
        public static void Trial_IsWithdrawnAfterThreeStarts()
        {
            FakeFlash flash = Deployed();
            Store(flash, "20", false);
            Store(flash, "30", true);
            for (int start = 1; start <= ConfigurationStore.TrialBootsMax; start++)
            {
                Assert.AreEqual(30, Interval(new ConfigurationStore(flash)));
            }

            ConfigurationStore store = new ConfigurationStore(flash);
            Assert.AreEqual(20, Interval(store));
            Assert.IsNotNull(store.Note);
        }

        [TestMethod]
        public static void CutAtEveryOperationOfAChange_LeavesOldOrNew()
        {
            int cuts = 0;
            for (int cutAt = 1; ; cutAt++)
            {
                FakeFlash flash = Deployed();
                Store(flash, "20", false);
                flash.Tear = FlashTear.Garbage;
                flash.CutAt = flash.OperationCount + cutAt;
                bool isCut = false;
                try
                {
                    Store(flash, "30", false);
                }
                catch (PowerCutException)
                {
                    isCut = true;
                }

                flash.PowerOn();
                int interval = Interval(new ConfigurationStore(flash));
                Assert.IsTrue(interval == 20 || interval == 30);
                if (!isCut)
                {
                    break;
                }

                cuts++;
            }

            Assert.IsTrue(cuts >= 3);
        }

        private static FakeFlash Deployed()
        {
            FakeFlash flash = new FakeFlash(8);
            Put(flash, Conf);
            return flash;
        }

        private static void Put(FakeFlash flash, string text)
        {
            byte[] bytes = new byte[text.Length];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)text[i];
            }

            flash.Write("node.conf", bytes, 0, bytes.Length);
        }

        private static void Store(FakeFlash flash, string seconds, bool onTrial)
        {
            ConfigurationStore store = new ConfigurationStore(flash);
            NodeConfiguration changed = store.Load(new ArrayList()).Copy();
            Assert.IsNull(changed.TrySet(ConfigurationKey.ReportIntervalSeconds, seconds));
            Assert.IsNull(store.Save(changed, onTrial));
        }

        private static int Interval(ConfigurationStore store)
        {
            return store.Load(new ArrayList()).Number(ConfigurationKey.ReportIntervalSeconds);
        }
    }
}
