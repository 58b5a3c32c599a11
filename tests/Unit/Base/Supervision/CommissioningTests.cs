using nanoFramework.TestFramework;

namespace SensorNode.Supervision.Tests
{
    [TestClass]
    public class CommissioningTests
    {
        private const int PerAxis = 23;

        [TestMethod]
        [DataRow(0, 0, 1000, "good: self-test passed; z up, tilt 0 deg, 1.00 g; clipping 0.0 %; no resonance seen; signal -60 dBm")]
        [DataRow(-1000, 20, 0, "good: self-test passed; x down, tilt 1 deg, 1.00 g; clipping 0.0 %; no resonance seen; signal -60 dBm")]
        [DataRow(0, 970, 174, "good: self-test passed; y up, tilt 10 deg, 0.99 g; clipping 0.0 %; no resonance seen; signal -60 dBm")]
        [DataRow(500, 0, 866, "look: self-test passed; z up, tilt 30 deg, 1.00 g; clipping 0.0 %; no resonance seen; signal -60 dBm")]
        [DataRow(577, 577, 578, "look: self-test passed; z up, tilt 55 deg, 1.00 g; clipping 0.0 %; no resonance seen; signal -60 dBm")]
        [DataRow(0, 0, 0, "bad: self-test passed; x up, tilt 90 deg, 0.00 g; clipping 0.0 %; no resonance seen; signal -60 dBm")]
        [DataRow(0, 0, 1300, "bad: self-test passed; z up, tilt 0 deg, 1.30 g; clipping 0.0 %; no resonance seen; signal -60 dBm")]
        public static void Orientation_GivesTheVerdict(int x, int y, int z, string text)
        {
            Assert.AreEqual(text, Commissioning.Text(new int[] { x, y, z }, 0, false, null, "passed", -60));
        }

        [TestMethod]
        public static void ClippingResonanceAndSelfTest_GiveTheVerdict()
        {
            int[] level = new int[] { 0, 0, 1000 };
            Assert.AreEqual("look: self-test not supported; z up, tilt 0 deg, 1.00 g; clipping 0.0 %; no resonance seen; signal not known", Commissioning.Text(level, 0, true, null, "not supported", 0));
            Assert.AreEqual("look: self-test passed; z up, tilt 0 deg, 1.00 g; clipping 12.3 %; x rings; signal -75 dBm", Commissioning.Text(level, 123, true, "x rings", "passed", -75));
            Assert.IsTrue(Commissioning.Text(level, 0, false, null, "passed", -76).StartsWith("look"));
            Assert.IsTrue(Commissioning.Text(level, 0, false, null, "failed, no answer", -60).StartsWith("bad: self-test failed, no answer;"));
            Assert.IsTrue(Commissioning.Text(new int[] { 64000, 64000, 64000 }, 0, false, null, "passed", -60).StartsWith("bad"));
        }

        [TestMethod]
        public static void Resonance_IsABandThatStandsOut_InTheUpperHalf()
        {
            short[] levels = new short[3 * PerAxis];
            for (int i = 0; i < levels.Length; i++)
            {
                levels[i] = 2000;
            }

            Assert.IsNull(Commissioning.Resonance(levels, PerAxis, 1667000));

            // A line of the machine, low down.
            levels[1] = 6000;
            Assert.IsNull(Commissioning.Resonance(levels, PerAxis, 1667000));

            // 12 dB are 1024; of the mean the band itself is a part.
            levels[PerAxis + 17] = 3000;
            Assert.IsNull(Commissioning.Resonance(levels, PerAxis, 1667000));
            levels[PerAxis + 17] = 3100;
            Assert.AreEqual("y stands out near 663 Hz: resonance?", Commissioning.Resonance(levels, PerAxis, 1667000));

            // What is stronger below it is the machine.
            levels[PerAxis + 3] = 3200;
            Assert.IsNull(Commissioning.Resonance(levels, PerAxis, 1667000));
        }
    }
}
