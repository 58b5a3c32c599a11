using nanoFramework.TestFramework;
using SensorNode.Contracts;
using SensorNode.Fakes;
using SensorNode.Storage;

namespace SensorNode.Detection.Tests
{
    /// <summary>A detector that was carried through a deep sleep goes on as if there had been none.</summary>
    [TestClass]
    public class SleepingDetectorTests
    {
        private const int Windows = 60;

        [TestMethod]
        public static void SleepBetweenAnyTwoWindows_ChangesNoDecision()
        {
            for (int sleepAfter = 0; sleepAfter < Windows; sleepAfter += 3)
            {
                AnomalyDetector awake = AnomalyDetectorTests.Learned(new SyntheticMachine(21), 300, 2);
                AnomalyDetector asleep = AnomalyDetectorTests.Learned(new SyntheticMachine(21), 300, 2);
                SyntheticMachine machine = new SyntheticMachine(22);
                DetectorResult expected = new DetectorResult();
                DetectorResult actual = new DetectorResult();
                for (int i = 0; i < Windows; i++)
                {
                    short[] vector = Window(machine, i);
                    int quality = i == 17 || i == 41 ? WindowQuality.Clipped : i == 29 ? WindowQuality.Overrun : WindowQuality.Good;
                    awake.Process(vector, quality, expected);
                    asleep.Process(vector, quality, actual);
                    AssertSame(expected, actual, i);
                    if (i == sleepAfter)
                    {
                        asleep = Slept(asleep);
                    }
                }
            }
        }

        [TestMethod]
        public static void SleepAfterEveryWindow_ChangesNoDecision()
        {
            AnomalyDetector awake = AnomalyDetectorTests.Learned(new SyntheticMachine(23), 300, 2);
            AnomalyDetector asleep = AnomalyDetectorTests.Learned(new SyntheticMachine(23), 300, 2);
            SyntheticMachine machine = new SyntheticMachine(24);
            DetectorResult expected = new DetectorResult();
            DetectorResult actual = new DetectorResult();
            int alarms = 0;
            for (int i = 0; i < Windows; i++)
            {
                short[] vector = Window(machine, i);
                awake.Process(vector, WindowQuality.Good, expected);
                asleep.Process(vector, WindowQuality.Good, actual);
                AssertSame(expected, actual, i);
                alarms += actual.Alarm == AlarmLevel.None ? 0 : 1;
                asleep = Slept(asleep);
            }

            Assert.IsTrue(alarms > 5);
        }

        /// <summary>A forged state with a right checksum may spoil the judgement, but stops nothing.</summary>
        [TestMethod]
        public static void AnyStateThatIsRead_IsSurvived()
        {
            SeededRandom random = new SeededRandom(77);
            AnomalyDetector teacher = AnomalyDetectorTests.Learned(new SyntheticMachine(25), 300, 1);
            AnomalyDetector detector = new AnomalyDetector(SyntheticMachine.AxisCount, SyntheticMachine.PerAxis, 300);
            detector.Load(teacher.Baseline);
            SyntheticMachine machine = new SyntheticMachine(26);
            DetectorResult result = new DetectorResult();
            for (int round = 0; round < 200; round++)
            {
                FakeFlash flash = new FakeFlash(4);
                SleepState state = new SleepState(flash);
                state.Begin(1, 0, RestartReason.PowerOn);
                for (int i = 0; i < 120; i++)
                {
                    state.Put(random.Next(int.MaxValue) * (i % 2 == 0 ? 1 : -1));
                }

                state.Store();
                SleepState stored = new SleepState(flash);
                stored.TryOpen();
                detector.Recall(stored);
                for (int i = 0; i < 6; i++)
                {
                    detector.Process(machine.Running(0, 0), i == 2 ? WindowQuality.Clipped : WindowQuality.Good, result);
                }
            }
        }

        /// <summary>Healthy, a fault, healthy again in the other state, a machine that changes from window to window.</summary>
        private static short[] Window(SyntheticMachine machine, int i)
        {
            return i < 10 ? machine.Running(0, 0) : i < 28 ? machine.Running(0, 900) : i < 40 ? machine.Running(1, 0) : machine.Running(i % 2, i % 3 * 400);
        }

        private static AnomalyDetector Slept(AnomalyDetector detector)
        {
            FakeFlash flash = new FakeFlash(4);
            SleepState state = new SleepState(flash);
            state.Begin(7, 1000, RestartReason.PowerOn);
            detector.Keep(state);
            Assert.AreEqual((int)FileStatus.Ok, (int)state.Store());

            AnomalyDetector woken = new AnomalyDetector(SyntheticMachine.AxisCount, SyntheticMachine.PerAxis, 300);
            Assert.IsTrue(woken.Load(detector.Baseline));
            SleepState stored = new SleepState(flash);
            Assert.IsTrue(stored.TryOpen());
            woken.Recall(stored);
            return woken;
        }

        private static void AssertSame(DetectorResult expected, DetectorResult actual, int window)
        {
            string at = "window " + window.ToString();
            Assert.AreEqual(expected.Gate, actual.Gate, at);
            Assert.AreEqual(expected.State, actual.State, at);
            Assert.AreEqual(expected.ScoreQ8, actual.ScoreQ8, at);
            Assert.AreEqual(expected.MeanScoreQ8, actual.MeanScoreQ8, at);
            Assert.AreEqual(expected.Alarm, actual.Alarm, at);
            Assert.AreEqual(expected.Reason, actual.Reason, at);
            Assert.AreEqual(expected.IsChanged, actual.IsChanged, at);
        }
    }
}
