using nanoFramework.TestFramework;
using SensorNode.Contracts;

namespace SensorNode.Detection.Tests
{
    /// <summary>Clipped windows and axes that stand still: never learned as healthy, and never a place for a fault to hide.</summary>
    [TestClass]
    public class DoubtfulWindowTests
    {
        private const int ZLevel = SyntheticMachine.Length - 1;

        [TestMethod]
        public void ClippedNowAndThen_IsPassedOver()
        {
            SyntheticMachine machine = new SyntheticMachine(21);
            AnomalyDetector detector = AnomalyDetectorTests.Learned(machine, 300, 1);
            DetectorResult result = new DetectorResult();
            for (int i = 0; i < 100; i++)
            {
                bool isClipped = i % 10 == 9;
                detector.Process(machine.Running(0, isClipped ? 2000 : 0), isClipped ? WindowQuality.Clipped : WindowQuality.Good, result);
                Assert.AreEqual(isClipped ? GateReason.BadWindow : GateReason.Running, result.Gate);
                Assert.AreEqual(AlarmLevel.None, result.Alarm);
            }
        }

        [TestMethod]
        public void ClippedForLong_IsJudgedAndAnAlarm()
        {
            SyntheticMachine machine = new SyntheticMachine(22);
            AnomalyDetector detector = AnomalyDetectorTests.Learned(machine, 300, 1);
            DetectorResult result = new DetectorResult();
            int passedOver = 0;
            int changes = 0;
            for (int i = 0; i < 40; i++)
            {
                detector.Process(machine.Running(0, 0), WindowQuality.Clipped, result);
                passedOver += result.IsRunning ? 0 : 1;
                changes += result.IsChanged ? 1 : 0;
            }

            Assert.IsTrue(passedOver <= 4);
            Assert.AreEqual(AlarmLevel.Alarm, result.Alarm);
            Assert.AreEqual(AlarmReason.OutOfRange, result.Reason);
            Assert.AreEqual(2, changes);
            for (int i = 0; i < 40; i++)
            {
                detector.Process(machine.Running(0, 0), WindowQuality.Good, result);
            }

            Assert.AreEqual(AlarmLevel.None, result.Alarm);
        }

        [TestMethod]
        public void ClippedFromTheStart_AndNeverHealthy_IsJudgedAtOnce()
        {
            SyntheticMachine machine = new SyntheticMachine(29);
            AnomalyDetector detector = AnomalyDetectorTests.Learned(machine, 300, 1);
            DetectorResult result = new DetectorResult();
            for (int i = 0; i < 6; i++)
            {
                detector.Process(machine.Running(0, 3000), WindowQuality.Clipped, result);
                Assert.IsTrue(result.IsRunning);
                Assert.AreEqual(i > 0, result.Alarm != AlarmLevel.None);
            }
        }

        [TestMethod]
        public void MachineThatClipsWhileLearned_MayClipAsOften()
        {
            SyntheticMachine machine = new SyntheticMachine(23);
            AnomalyDetector detector = AnomalyDetectorTests.Create(0);
            DetectorResult result = new DetectorResult();
            for (int i = 0; i < 400; i++)
            {
                detector.Process(machine.Running(0, 0), i % 4 == 0 ? WindowQuality.Clipped : WindowQuality.Good, result);
            }

            Assert.AreEqual(300, detector.LearnedWindows);
            Assert.IsTrue(detector.FinishLearning());
            for (int i = 0; i < 200; i++)
            {
                detector.Process(machine.Running(0, 0), i % 3 == 0 ? WindowQuality.Clipped : WindowQuality.Good, result);
                Assert.AreEqual(AlarmLevel.None, result.Alarm);
            }

            for (int i = 0; i < 40; i++)
            {
                detector.Process(machine.Running(0, 0), WindowQuality.Clipped, result);
            }

            Assert.AreEqual(AlarmLevel.Alarm, result.Alarm);
        }

        [TestMethod]
        public void AxisTooQuietForItsSensor_IsLearned_AndFaultsOnTheOthersAreFound()
        {
            SyntheticMachine machine = new SyntheticMachine(24);
            AnomalyDetector detector = AnomalyDetectorTests.Create(0);
            DetectorResult result = new DetectorResult();
            for (int i = 0; i < 300; i++)
            {
                detector.Process(StillZ(machine.Running(0, 0)), WindowQuality.Constant, result);
            }

            Assert.AreEqual(300, detector.LearnedWindows);
            Assert.IsTrue(detector.FinishLearning());
            for (int i = 0; i < 100; i++)
            {
                detector.Process(StillZ(machine.Running(0, 0)), WindowQuality.Constant, result);
                Assert.IsTrue(result.IsRunning);
                Assert.AreEqual(AlarmLevel.None, result.Alarm);
            }

            for (int i = 0; i < 20; i++)
            {
                detector.Process(StillZ(machine.Running(0, 900)), WindowQuality.Constant, result);
            }

            Assert.AreEqual(AlarmLevel.Alarm, result.Alarm);
        }

        [TestMethod]
        public void AxisThatGetsStuck_IsPassedOver_ThenAnAlarm()
        {
            SyntheticMachine machine = new SyntheticMachine(25);
            AnomalyDetector detector = AnomalyDetectorTests.Learned(machine, 300, 1);
            DetectorResult result = new DetectorResult();
            detector.Process(StillZ(machine.Running(0, 0)), WindowQuality.Constant, result);
            Assert.AreEqual(GateReason.BadWindow, result.Gate);
            for (int i = 0; i < 20; i++)
            {
                detector.Process(StillZ(machine.Running(0, 0)), WindowQuality.Constant, result);
            }

            Assert.AreEqual(AlarmLevel.Alarm, result.Alarm);
            Assert.AreEqual(2, result.ReasonAxis);
        }

        [TestMethod]
        public void SensorThatIsStuck_IsNeverJudged()
        {
            SyntheticMachine machine = new SyntheticMachine(26);
            AnomalyDetector detector = AnomalyDetectorTests.Learned(machine, 300, 1);
            DetectorResult result = new DetectorResult();
            short[] stuck = new short[SyntheticMachine.Length];
            for (int i = 0; i < 40; i++)
            {
                detector.Process(stuck, WindowQuality.Constant, result);
                Assert.AreEqual(GateReason.BadWindow, result.Gate);
                Assert.AreEqual(AlarmLevel.None, result.Alarm);
            }
        }

        private static short[] StillZ(short[] vector)
        {
            for (int i = ZLevel - SyntheticMachine.PerAxis + 1; i <= ZLevel; i++)
            {
                vector[i] = 0;
            }

            return vector;
        }
    }
}
