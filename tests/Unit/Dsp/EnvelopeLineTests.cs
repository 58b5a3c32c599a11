using System;
using nanoFramework.TestFramework;

namespace SensorNode.Dsp.Tests
{
    /// <summary>The envelope of blocks whose modulation is known. Accuracy against double: tests/Simulation.</summary>
    [TestClass]
    public class EnvelopeLineTests
    {
        private const int Points = 1024;

        [TestMethod]
        public void ModulatedTone_GivesItsFrequencyAndDepth()
        {
            EnvelopeLine line = Find(4000, 500);
            Assert.IsTrue(line.IsFound);
            // One turn of the modulation is 16 samples of the block: 64 bins.
            Assert.IsTrue(line.LineBinQ10 > (64 << 10) - 100 && line.LineBinQ10 < (64 << 10) + 100);
            Assert.IsTrue(line.DepthPermille > 475 && line.DepthPermille < 525);
        }

        [TestMethod]
        public void SteadyTone_HasNoLine()
        {
            Assert.IsFalse(Find(4000, 0).IsFound);
        }

        [TestMethod]
        public void Silence_HasNoLine()
        {
            Assert.IsFalse(Find(0, 0).IsFound);
        }

        [TestMethod]
        public void LinesBelowTheFirstBin_DoNotCount()
        {
            short[] samples = Samples(4000, 500);
            EnvelopeLine line = new EnvelopeLine();
            line.Find(new RealFft(Points), samples, new short[Points], 70, 0);
            Assert.IsFalse(line.IsFound && line.LineBinQ10 < 66 << 10);
        }

        [TestMethod]
        public void FullScaleSquare_DoesNotOverflow()
        {
            short[] samples = new short[Points];
            for (int i = 0; i < Points; i++)
                samples[i] = (i & 2) == 0 ? short.MaxValue : short.MinValue;
            EnvelopeLine line = new EnvelopeLine();
            line.Find(new RealFft(Points), samples, new short[Points], 0, 0);
            Assert.IsFalse(line.IsFound);
        }

        [TestMethod]
        public void SmallBlocks_AreRefused()
        {
            EnvelopeLine line = new EnvelopeLine();
            Assert.ThrowsException(typeof(ArgumentException), () => line.Find(new RealFft(512), new short[512], new short[512], 0, 0));
        }

        private static EnvelopeLine Find(int amplitude, int depthPermille)
        {
            EnvelopeLine line = new EnvelopeLine();
            line.Find(new RealFft(Points), Samples(amplitude, depthPermille), new short[Points], 0, 0);
            return line;
        }

        // A carrier at a quarter of the rate, and a modulation of 16 samples: 1, 0.924, 0.707, 0.383, 0 ..
        private static short[] Samples(int amplitude, int depthPermille)
        {
            int[] cosines = { 1000, 924, 707, 383, 0, -383, -707, -924, -1000, -924, -707, -383, 0, 383, 707, 924 };
            short[] samples = new short[Points];
            for (int i = 0; i < Points; i++)
            {
                int size = amplitude + amplitude / 1000 * depthPermille * cosines[i & 15] / 1000;
                samples[i] = (short)(300 + ((i & 1) == 0 ? 0 : (i & 2) == 0 ? size : -size));
            }
            return samples;
        }
    }
}
