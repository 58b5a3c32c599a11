using nanoFramework.TestFramework;
using SensorNode.Contracts;
using SensorNode.Fakes;
using SensorNode.Storage;

namespace SensorNode.Detection.Tests
{
    /// <summary>A trend over days outlives restarts, and is written seldom.</summary>
    [TestClass]
    public class TrendStoreTests
    {
        private const int HourMs = 3600000;

        [TestMethod]
        public void RestartEachThreeHours_DoesNotHideATrend()
        {
            FakeFlash flash = new FakeFlash(4);
            Baseline baseline = AnomalyDetectorTests.Learned(new SyntheticMachine(51), 300, 1).Baseline;
            SyntheticMachine machine = new SyntheticMachine(52);
            DetectorResult result = new DetectorResult();
            int restarts = 0;
            while (result.Alarm == AlarmLevel.None && restarts < 60)
            {
                restarts++;
                AnomalyDetector detector = Started(baseline);
                TrendStore store = Open(flash, detector, 5000);

                // A window in a minute, not yet an anomaly.
                for (int i = 1; i <= 180 && result.Alarm == AlarmLevel.None; i++)
                {
                    detector.Process(machine.Running(0, 420), WindowQuality.Good, result);
                    store.Save(detector.Persistence.TrendQ24, detector.Baseline.Mark, 5000 + (i * 60000));
                }
            }

            Assert.AreEqual(AlarmReason.Chronic, result.Reason);
            Assert.IsTrue(restarts > 4);
        }

        [TestMethod]
        public void OtherBaseline_StartsAnew()
        {
            FakeFlash flash = new FakeFlash(4);
            AnomalyDetector detector = AnomalyDetectorTests.Learned(new SyntheticMachine(53), 300, 1);
            Run(detector, 100);
            Stored(flash, detector);
            AnomalyDetector same = Started(detector.Baseline);
            AnomalyDetector other = AnomalyDetectorTests.Learned(new SyntheticMachine(54), 300, 1);
            string usual = TrendOf(other);
            Open(flash, same, 0);
            Open(flash, other, 0);
            Assert.AreEqual(TrendOf(detector), TrendOf(same));
            Assert.AreEqual(usual, TrendOf(other));
        }

        [TestMethod]
        public void Writes_OnceAnHour()
        {
            FakeFlash flash = new FakeFlash(4);
            AnomalyDetector detector = AnomalyDetectorTests.Learned(new SyntheticMachine(55), 300, 1);
            TrendStore store = Open(flash, detector, 0);
            store.Save(detector.Persistence.TrendQ24, detector.Baseline.Mark, HourMs - 1);
            Assert.IsNull(flash.Content("trend.a"));
            store.Save(detector.Persistence.TrendQ24, detector.Baseline.Mark, HourMs);
            Assert.IsNotNull(flash.Content("trend.a"));
            Assert.IsNull(flash.Content("trend.b"));
            store.Save(detector.Persistence.TrendQ24, detector.Baseline.Mark, (2 * HourMs) - 1);
            Assert.IsNull(flash.Content("trend.b"));
            store.Save(detector.Persistence.TrendQ24, detector.Baseline.Mark, 2 * HourMs);
            Assert.IsNotNull(flash.Content("trend.b"));
        }

        private static TrendStore Open(FakeFlash flash, AnomalyDetector detector, long nowMs)
        {
            TrendStore store = new TrendStore(flash, nowMs);
            detector.Persistence.TrendQ24 = store.Read(detector.Baseline.Mark, detector.Persistence.TrendQ24);
            return store;
        }

        private static AnomalyDetector Started(Baseline baseline)
        {
            AnomalyDetector detector = AnomalyDetectorTests.Create(0);
            detector.Persistence.SetInterval(60000);
            Assert.IsTrue(detector.Load(baseline));
            return detector;
        }

        private static void Run(AnomalyDetector detector, int windows)
        {
            SyntheticMachine machine = new SyntheticMachine(56);
            DetectorResult result = new DetectorResult();
            for (int i = 0; i < windows; i++)
            {
                detector.Process(machine.Running(0, 420), WindowQuality.Good, result);
            }
        }

        private static void Stored(FakeFlash flash, AnomalyDetector detector)
        {
            TrendStore store = Open(flash, detector, 0);
            store.Save(detector.Persistence.TrendQ24, detector.Baseline.Mark, HourMs);
        }

        // As it would be written.
        private static string TrendOf(AnomalyDetector detector)
        {
            FakeFlash flash = new FakeFlash(4);
            Stored(flash, detector);
            byte[] bytes = flash.Content("trend.a");
            return bytes[4].ToString() + " " + bytes[5].ToString() + " " + bytes[6].ToString() + " " + bytes[7].ToString();
        }
    }
}
