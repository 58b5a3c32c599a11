using nanoFramework.TestFramework;

namespace SensorNode.Dsp.Tests
{
    /// <summary>Statistics of blocks whose figures are known.</summary>
    [TestClass]
    public class StatisticsTests
    {
        [TestMethod]
        public void Square_HasKurtosisOne()
        {
            short[] samples = new short[256];
            for (int i = 0; i < 256; i++)
                samples[i] = (short)((i & 16) == 0 ? 1010 : -990);
            Statistics statistics = new Statistics();
            RealFft fft = new RealFft(256);
            fft.Transform(samples);
            statistics.Measure(fft, samples);
            Check(statistics);
        }

        [TestMethod]
        public void FullScale_DoesNotOverflow()
        {
            short[] samples = new short[2048];
            for (int i = 0; i < 2048; i++)
                samples[i] = i < 1024 ? short.MaxValue : short.MinValue;
            RealFft fft = new RealFft(2048);
            fft.Transform(samples);
            Statistics statistics = new Statistics();
            statistics.Measure(fft, samples);
            Assert.AreEqual(-128, statistics.MeanQ8);
            Assert.AreEqual(32767L * 32768 * 256 + 64, statistics.VarianceQ8);
            Assert.AreEqual(256, statistics.KurtosisQ8);
        }

        [TestMethod]
        public void Constant_HasNoSpread()
        {
            short[] samples = new short[128];
            for (int i = 0; i < 128; i++)
                samples[i] = -77;
            Statistics statistics = new Statistics();
            RealFft fft = new RealFft(128);
            fft.Transform(samples);
            statistics.Measure(fft, samples);
            Assert.AreEqual(-77 * 256, statistics.MeanQ8);
            Assert.AreEqual(0L, statistics.VarianceQ8);
            Assert.AreEqual(0, statistics.PeakQ8);
            Assert.AreEqual(0, statistics.KurtosisQ8);
        }

        private static void Check(Statistics statistics)
        {
            Assert.AreEqual(10 * 256, statistics.MeanQ8);
            Assert.AreEqual(1000000L * 256, statistics.VarianceQ8);
            Assert.AreEqual(1000 * 256, statistics.DeviationQ8);
            Assert.AreEqual(1000 * 256, statistics.PeakQ8);
            Assert.AreEqual(256, statistics.KurtosisQ8);
        }
    }
}
