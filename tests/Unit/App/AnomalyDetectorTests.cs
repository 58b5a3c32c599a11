using nanoFramework.TestFramework;
using SensorNode.Contracts;

namespace SensorNode.Detection.Tests
{
    /// <summary>The detector on a machine whose truth is known.</summary>
    [TestClass]
    public class AnomalyDetectorTests
    {
        [TestMethod]
        public void EnoughRunningWindows_EndLearning()
        {
            AnomalyDetector detector = Create(120);
            SyntheticMachine machine = new SyntheticMachine(1);
            DetectorResult result = new DetectorResult();
            for (int i = 0; i < 119; i++)
            {
                detector.Process(machine.Running(0, 0), WindowQuality.Good, result);
            }

            Assert.AreEqual(DetectorPhase.Learning, detector.Phase);
            detector.Process(machine.Running(0, 0), WindowQuality.Good, result);
            Assert.AreEqual(DetectorPhase.Watching, detector.Phase);
            Assert.AreEqual(120, detector.LearnedWindows);
        }

        [TestMethod]
        public void HealthyMachineOfThreeStates_RaisesNothing()
        {
            SyntheticMachine machine = new SyntheticMachine(2);
            AnomalyDetector detector = Learned(machine, 300, 3);
            DetectorResult result = new DetectorResult();
            for (int i = 0; i < 300; i++)
            {
                detector.Process(machine.Running(i / 100, 0), WindowQuality.Good, result);
                Assert.AreEqual(AlarmLevel.None, result.Alarm);
            }
        }

        [TestMethod]
        public void Fault_IsWarnedOfThenAlarmed_AndNamed()
        {
            SyntheticMachine machine = new SyntheticMachine(3);
            AnomalyDetector detector = Learned(machine, 300, 1);
            DetectorResult result = new DetectorResult();
            int first = -1;
            int reasonAxis = -1;
            int reasonBand = -1;
            for (int i = 0; i < 40; i++)
            {
                detector.Process(machine.Running(0, 900), WindowQuality.Good, result);
                if (first < 0 && result.Alarm != AlarmLevel.None)
                {
                    Assert.IsTrue(result.IsChanged);
                    first = i;
                    reasonAxis = result.ReasonAxis;
                    reasonBand = result.ReasonBand;
                }
            }

            Assert.IsTrue(first >= 1 && first <= 4);
            Assert.AreEqual(1, reasonAxis);
            Assert.IsTrue(reasonBand == 5 || reasonBand == 6);
            Assert.IsTrue(result.ReasonSigmaQ4 > 8 * 16);
            Assert.AreEqual(AlarmLevel.Alarm, result.Alarm);
            Assert.AreEqual(AlarmReason.Acute, result.Reason);
            for (int i = 0; i < 8; i++)
            {
                detector.Process(machine.Running(0, 0), WindowQuality.Good, result);
            }

            Assert.AreEqual(AlarmLevel.None, result.Alarm);
        }

        [TestMethod]
        public void OneDisturbedWindow_RaisesNothing()
        {
            SyntheticMachine machine = new SyntheticMachine(4);
            AnomalyDetector detector = Learned(machine, 300, 1);
            DetectorResult result = new DetectorResult();
            for (int i = 0; i < 60; i++)
            {
                detector.Process(machine.Running(0, i % 10 == 5 ? 3000 : 0), WindowQuality.Good, result);
                Assert.AreEqual(AlarmLevel.None, result.Alarm);
            }
        }

        [TestMethod]
        public void Standstill_IsNeitherCountedNorJudged()
        {
            SyntheticMachine machine = new SyntheticMachine(5);
            AnomalyDetector detector = Create(0);
            DetectorResult result = new DetectorResult();
            for (int i = 0; i < 200; i++)
            {
                detector.Process(i % 40 < 20 ? machine.Running(0, 0) : machine.Standing(), WindowQuality.Good, result);
            }

            Assert.IsTrue(detector.LearnedWindows <= 110);
            Assert.IsTrue(detector.FinishLearning());
            for (int i = 0; i < 50; i++)
            {
                detector.Process(machine.Standing(), WindowQuality.Good, result);
                Assert.IsFalse(result.IsRunning);
                Assert.AreEqual(GateReason.Standstill, result.Gate);
                Assert.AreEqual(AlarmLevel.None, result.Alarm);
            }
        }

        [TestMethod]
        public void StandstillThatWasNeverLearned_IsNoFault()
        {
            SyntheticMachine machine = new SyntheticMachine(6);
            AnomalyDetector detector = Learned(machine, 200, 1);
            DetectorResult result = new DetectorResult();
            for (int i = 0; i < 30; i++)
            {
                detector.Process(machine.Standing(), WindowQuality.Good, result);
                Assert.IsFalse(result.IsRunning);
            }

            Assert.AreEqual(AlarmLevel.None, result.Alarm);
        }

        [TestMethod]
        public void SlowRunBesideAStandstill_IsJudged()
        {
            SyntheticMachine machine = new SyntheticMachine(27);
            AnomalyDetector detector = Create(0);
            DetectorResult result = new DetectorResult();
            for (int i = 0; i < 300; i++)
            {
                detector.Process(i < 100 ? machine.Standing() : i < 200 ? Slow(machine, 0) : machine.Running(0, 0), WindowQuality.Good, result);
            }

            Assert.IsTrue(detector.FinishLearning());
            for (int i = 0; i < 60; i++)
            {
                bool isStanding = i < 30;
                detector.Process(isStanding ? machine.Standing() : Slow(machine, 0), WindowQuality.Good, result);
                Assert.AreEqual(isStanding ? GateReason.Standstill : GateReason.Running, result.Gate);
                Assert.AreEqual(AlarmLevel.None, result.Alarm);
            }

            // A fault that makes the slow machine no louder as a whole.
            for (int i = 0; i < 20; i++)
            {
                detector.Process(Slow(machine, 700), WindowQuality.Good, result);
            }

            Assert.AreEqual(AlarmLevel.Alarm, result.Alarm);
        }

        [TestMethod]
        public void OnlyStandstillLearned_MachineThatStarts_IsReported()
        {
            SyntheticMachine machine = new SyntheticMachine(7);
            AnomalyDetector detector = Create(0);
            DetectorResult result = new DetectorResult();
            for (int i = 0; i < 100; i++)
            {
                detector.Process(machine.Standing(), WindowQuality.Good, result);
            }

            Assert.IsTrue(detector.FinishLearning());
            for (int i = 0; i < 100; i++)
            {
                // Nothing louder was ever learned: this may be a machine that is weaker than the noise, so it is judged.
                detector.Process(machine.Standing(), WindowQuality.Good, result);
                Assert.AreEqual(AlarmLevel.None, result.Alarm);
            }

            for (int i = 0; i < 20; i++)
            {
                detector.Process(machine.Running(2, 0), WindowQuality.Good, result);
            }

            Assert.IsTrue(result.IsRunning);
            Assert.AreEqual(AlarmLevel.Alarm, result.Alarm);
            Assert.AreEqual(AlarmReason.UnknownState, result.Reason);
        }

        [TestMethod]
        public void StepToAnotherState_IsPassedOver_ThenJudged()
        {
            SyntheticMachine machine = new SyntheticMachine(8);
            AnomalyDetector detector = Learned(machine, 300, 2);
            DetectorResult result = new DetectorResult();
            detector.Process(machine.Running(0, 0), WindowQuality.Good, result);
            Assert.IsTrue(result.IsRunning);
            detector.Process(machine.Running(1, 0), WindowQuality.Good, result);
            Assert.AreEqual(GateReason.Unsteady, result.Gate);
            detector.Process(machine.Running(1, 0), WindowQuality.Good, result);
            Assert.IsTrue(result.IsRunning);
        }

        [TestMethod]
        public void UnsteadyFromTheStart_AndNeverHealthy_IsJudgedAtOnce()
        {
            SyntheticMachine machine = new SyntheticMachine(28);
            AnomalyDetector detector = Learned(machine, 300, 1);
            DetectorResult result = new DetectorResult();
            detector.Restart();
            for (int i = 0; i < 8; i++)
            {
                detector.Process(machine.Running(i % 2 == 0 ? 2 : 3, 0), WindowQuality.Good, result);
                Assert.IsTrue(result.IsRunning);
                Assert.AreEqual(i > 0, result.Alarm != AlarmLevel.None);
            }
        }

        [TestMethod]
        public void UnsteadyForLong_IsAnAlarmAndIsJudged()
        {
            SyntheticMachine machine = new SyntheticMachine(9);
            AnomalyDetector detector = Learned(machine, 300, 1);
            DetectorResult result = new DetectorResult();
            int passedOver = 0;
            for (int i = 0; i < 40; i++)
            {
                detector.Process(machine.Running(i % 2 == 0 ? 0 : 3, 0), WindowQuality.Good, result);
                passedOver += result.IsRunning ? 0 : 1;
            }

            Assert.IsTrue(passedOver <= 4);
            Assert.AreEqual(AlarmLevel.Alarm, result.Alarm);
        }

        [TestMethod]
        public void BadWindows_AreNeitherLearnedNorJudged()
        {
            SyntheticMachine machine = new SyntheticMachine(10);
            AnomalyDetector detector = Create(0);
            DetectorResult result = new DetectorResult();
            for (int i = 0; i < 50; i++)
            {
                detector.Process(machine.Running(0, 0), WindowQuality.Gap, result);
                Assert.AreEqual(GateReason.BadWindow, result.Gate);
            }

            Assert.AreEqual(0, detector.LearnedWindows);
            Assert.IsFalse(detector.FinishLearning());
            Assert.AreEqual(DetectorPhase.Waiting, detector.Phase);
            detector.Process(machine.Running(0, 0), WindowQuality.Good, result);
            Assert.AreEqual(AlarmLevel.None, result.Alarm);
        }

        [TestMethod]
        public void Baseline_DoesNotAdapt()
        {
            SyntheticMachine machine = new SyntheticMachine(11);
            AnomalyDetector detector = Learned(machine, 300, 1);
            DetectorResult result = new DetectorResult();
            detector.Process(machine.Running(0, 900), WindowQuality.Good, result);
            SyntheticMachine again = new SyntheticMachine(12);
            short[] probe = again.Running(0, 0);
            int state;
            long before = detector.Baseline.Score(probe, out state);
            for (int i = 0; i < 500; i++)
            {
                detector.Process(machine.Running(0, 900), WindowQuality.Good, result);
            }

            Assert.AreEqual(before, detector.Baseline.Score(probe, out state));
            Assert.AreEqual(AlarmLevel.Alarm, result.Alarm);
        }

        [TestMethod]
        public void Extend_AddsAState_AndKeepsTheOldOnes()
        {
            SyntheticMachine machine = new SyntheticMachine(13);
            AnomalyDetector detector = Learned(machine, 300, 1);
            DetectorResult result = new DetectorResult();
            detector.Extend();
            Assert.AreEqual(DetectorPhase.Learning, detector.Phase);
            for (int i = 0; i < 200; i++)
            {
                detector.Process(machine.Running(2, 0), WindowQuality.Good, result);
            }

            Assert.IsTrue(detector.FinishLearning());
            for (int i = 0; i < 60; i++)
            {
                detector.Process(machine.Running(i < 30 ? 0 : 2, 0), WindowQuality.Good, result);
                Assert.AreEqual(AlarmLevel.None, result.Alarm);
            }

            for (int i = 0; i < 10; i++)
            {
                detector.Process(machine.Running(1, 0), WindowQuality.Good, result);
            }

            Assert.IsTrue(result.Alarm != AlarmLevel.None);
        }

        [TestMethod]
        public void Relearn_ForgetsEverything()
        {
            SyntheticMachine machine = new SyntheticMachine(14);
            AnomalyDetector detector = Learned(machine, 300, 1);
            detector.Relearn();
            Assert.AreEqual(DetectorPhase.Learning, detector.Phase);
            Assert.AreEqual(0, detector.LearnedWindows);
            Assert.IsNull(detector.Baseline);
        }

        [TestMethod]
        public void SameWindows_SameResults()
        {
            AnomalyDetector first = Learned(new SyntheticMachine(15), 300, 2);
            AnomalyDetector second = Learned(new SyntheticMachine(15), 300, 2);
            SyntheticMachine machine = new SyntheticMachine(16);
            int state;
            int stateAgain;
            for (int i = 0; i < 50; i++)
            {
                short[] vector = machine.Running(i % 3, i * 20);
                Assert.AreEqual(first.Baseline.Score(vector, out state), second.Baseline.Score(vector, out stateAgain));
                Assert.AreEqual(state, stateAgain);
            }
        }

        [TestMethod]
        public void LearnerAndBaseline_KeepTheirSizes()
        {
            Assert.IsTrue(new BaselineLearner(3, 23).SizeBytes <= 8192);
            AnomalyDetector detector = Learned(new SyntheticMachine(17), 300, 3);
            Assert.IsTrue(BaselineCodec.SizeBytes(detector.Baseline) <= 6144);
        }

        // As white as the sensor's noise, and three quarters of an octave louder than that.
        private static short[] Slow(SyntheticMachine machine, int extraQ8)
        {
            short[] vector = machine.Standing();
            for (int i = 0; i < vector.Length; i++)
            {
                vector[i] += 192;
            }

            vector[5] += (short)extraQ8;
            vector[6] += (short)extraQ8;
            return vector;
        }

        internal static AnomalyDetector Create(int learnWindows)
        {
            return new AnomalyDetector(SyntheticMachine.AxisCount, SyntheticMachine.PerAxis, learnWindows);
        }

        internal static AnomalyDetector Learned(SyntheticMachine machine, int windows, int states)
        {
            AnomalyDetector detector = Create(0);
            DetectorResult result = new DetectorResult();
            for (int i = 0; i < windows; i++)
            {
                detector.Process(machine.Running(i * states / windows, 0), WindowQuality.Good, result);
            }

            Assert.IsTrue(detector.FinishLearning());
            return detector;
        }
    }
}
