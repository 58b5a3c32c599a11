using nanoFramework.TestFramework;
using SensorNode.Contracts;

namespace SensorNode.Detection.Tests
{
    /// <summary>Stored baselines: the same after reading, and refused with a reason when they are not what they should be.</summary>
    [TestClass]
    public class BaselineCodecTests
    {
        private const int Fingerprint = 0x12345678;

        [TestMethod]
        public void WrittenAndRead_ScoresTheSame()
        {
            AnomalyDetector detector = AnomalyDetectorTests.Learned(new SyntheticMachine(21), 300, 3);
            byte[] bytes = Bytes(detector.Baseline, 5);
            string reason;
            Baseline read = BaselineCodec.TryParse(bytes, 5, bytes.Length - 5, Fingerprint, out reason);
            Assert.IsNull(reason);
            AnomalyDetector other = AnomalyDetectorTests.Create(0);
            Assert.IsTrue(other.Load(read));
            Assert.AreEqual(DetectorPhase.Watching, other.Phase);
            SyntheticMachine machine = new SyntheticMachine(22);
            DetectorResult first = new DetectorResult();
            DetectorResult second = new DetectorResult();
            for (int i = 0; i < 60; i++)
            {
                short[] vector = machine.Running(i / 20, i * 15);
                detector.Process(vector, WindowQuality.Good, first);
                other.Process(vector, WindowQuality.Good, second);
                Assert.AreEqual(first.MeanSquareQ16, second.MeanSquareQ16);
                Assert.AreEqual(first.ScoreQ8, second.ScoreQ8);
                Assert.AreEqual(first.Alarm, second.Alarm);
                Assert.AreEqual(first.Gate, second.Gate);
            }
        }

        [TestMethod]
        public void OtherSettings_AreRefused()
        {
            byte[] bytes = Bytes(AnomalyDetectorTests.Learned(new SyntheticMachine(23), 100, 1).Baseline, 0);
            string reason;
            Assert.IsNull(BaselineCodec.TryParse(bytes, 0, bytes.Length, Fingerprint + 1, out reason));
            Assert.AreEqual("learned with other settings", reason);
        }

        [TestMethod]
        public void AnyFlippedByte_IsRefused()
        {
            byte[] bytes = Bytes(AnomalyDetectorTests.Learned(new SyntheticMachine(24), 60, 1).Baseline, 0);
            string reason;
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] ^= 0x40;
                Assert.IsNull(BaselineCodec.TryParse(bytes, 0, bytes.Length, Fingerprint, out reason));
                Assert.IsNotNull(reason);
                bytes[i] ^= 0x40;
            }
        }

        [TestMethod]
        public void AnyTruncation_IsRefused()
        {
            byte[] bytes = Bytes(AnomalyDetectorTests.Learned(new SyntheticMachine(25), 60, 1).Baseline, 0);
            string reason;
            for (int count = 0; count < bytes.Length; count++)
            {
                Assert.IsNull(BaselineCodec.TryParse(bytes, 0, count, Fingerprint, out reason));
                Assert.IsNotNull(reason);
            }
        }

        [TestMethod]
        public void OtherBands_AreNotLoaded()
        {
            Baseline baseline = AnomalyDetectorTests.Learned(new SyntheticMachine(26), 60, 1).Baseline;
            AnomalyDetector other = new AnomalyDetector(2, SyntheticMachine.PerAxis, 0);
            Assert.IsFalse(other.Load(baseline));
            Assert.AreEqual(DetectorPhase.Learning, other.Phase);
        }

        private static byte[] Bytes(Baseline baseline, int offset)
        {
            byte[] bytes = new byte[offset + BaselineCodec.SizeBytes(baseline)];
            Assert.AreEqual(bytes.Length - offset, BaselineCodec.Write(baseline, Fingerprint, bytes, offset));
            return bytes;
        }
    }
}
