using nanoFramework.TestFramework;
using SensorNode.Contracts;

namespace SensorNode.Detection.Tests
{
    /// <summary>Extend adds to what was learned and takes nothing away, also after a restart.</summary>
    [TestClass]
    public class ExtendedBaselineTests
    {
        // What they share of a mean coefficient, Q10.
        private const int Near = 60;

        [TestMethod]
        public void CorrelationOfNeighbours_IsKept()
        {
            SyntheticMachine machine = new SyntheticMachine(41);
            SyntheticMachine common = new SyntheticMachine(42);
            AnomalyDetector detector = AnomalyDetectorTests.Create(0);
            Learn(detector, machine, common, 600);
            int before = MeanNeighbour(detector.Baseline);
            Assert.IsTrue(before > 600);
            detector = Stored(detector);
            detector.Extend();
            Learn(detector, machine, common, 100);
            int after = MeanNeighbour(detector.Baseline);
            Assert.IsTrue(after > before - Near && after < before + Near, before.ToString() + " became " + after.ToString());
        }

        [TestMethod]
        public void UnrestThatWasHealthy_StaysHealthy()
        {
            SyntheticMachine machine = new SyntheticMachine(43);
            AnomalyDetector detector = AnomalyDetectorTests.Create(0);
            DetectorResult result = new DetectorResult();
            LearnSteps(detector, machine, 400, 3);
            detector = Stored(detector);
            detector.Extend();
            LearnSteps(detector, machine, 200, 1000);
            for (int i = 0; i < 100; i++)
            {
                detector.Process(machine.Running(i / 3 % 2 * 3, 0), WindowQuality.Good, result);
                Assert.AreEqual(AlarmLevel.None, result.Alarm);
            }
        }

        [TestMethod]
        public void RunThatLooksLikeAStop_IsStillJudged()
        {
            // Weaker than the noise, and now and then quieter still.
            SyntheticMachine machine = new SyntheticMachine(44);
            AnomalyDetector detector = AnomalyDetectorTests.Create(0);
            DetectorResult result = new DetectorResult();
            for (int i = 0; i < 400; i++)
            {
                detector.Process(Weak(machine, i), WindowQuality.Good, result);
            }

            Assert.IsTrue(detector.FinishLearning());
            Assert.IsFalse(KnowsStop(detector.Baseline));
            detector = Stored(detector);
            detector.Extend();
            for (int i = 0; i < 100; i++)
            {
                detector.Process(machine.Running(2, 0), WindowQuality.Good, result);
            }

            Assert.IsTrue(detector.FinishLearning());
            Assert.IsFalse(KnowsStop(detector.Baseline));
        }

        private static short[] Weak(SyntheticMachine machine, int i)
        {
            short[] vector = machine.Standing();
            vector[SyntheticMachine.PerAxis - 1] -= (short)(i % 5 == 0 ? 250 : 0);
            return vector;
        }

        private static void LearnSteps(AnomalyDetector detector, SyntheticMachine machine, int windows, int every)
        {
            DetectorResult result = new DetectorResult();
            for (int i = 0; i < windows; i++)
            {
                detector.Process(machine.Running(i / every % 2 * 3, 0), WindowQuality.Good, result);
            }

            Assert.IsTrue(detector.FinishLearning());
        }

        private static void Learn(AnomalyDetector detector, SyntheticMachine machine, SyntheticMachine common, int windows)
        {
            DetectorResult result = new DetectorResult();
            for (int n = 0; n < windows; n++)
            {
                short[] vector = machine.Running(0, 0);
                short[] noise = common.Standing();
                int walk = 0;
                for (int i = 0; i < vector.Length; i++)
                {
                    walk = (walk * 7 / 8) + noise[i] - 1500;
                    vector[i] += (short)walk;
                }

                detector.Process(vector, WindowQuality.Good, result);
            }

            Assert.IsTrue(detector.FinishLearning());
        }

        // As after a restart: only what is stored is known.
        private static AnomalyDetector Stored(AnomalyDetector detector)
        {
            byte[] bytes = Bytes(detector.Baseline);
            string reason;
            AnomalyDetector other = AnomalyDetectorTests.Create(0);
            Assert.IsTrue(other.Load(BaselineCodec.TryParse(bytes, 0, bytes.Length, 0, out reason)));
            return other;
        }

        private static int MeanNeighbour(Baseline baseline)
        {
            byte[] bytes = Bytes(baseline);
            int at = bytes.Length - 4 - (2 * SyntheticMachine.Length);
            int sum = 0;
            for (int i = 0; i < SyntheticMachine.Length; i++)
            {
                sum += (short)(bytes[at + (2 * i)] | (bytes[at + (2 * i) + 1] << 8));
            }

            return sum / SyntheticMachine.Length;
        }

        private static bool KnowsStop(Baseline baseline)
        {
            return Bytes(baseline)[28] != 0;
        }

        private static byte[] Bytes(Baseline baseline)
        {
            byte[] bytes = new byte[BaselineCodec.SizeBytes(baseline)];
            BaselineCodec.Write(baseline, 0, bytes, 0);
            return bytes;
        }
    }
}
