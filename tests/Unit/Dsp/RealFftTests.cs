using System;
using nanoFramework.TestFramework;

namespace SensorNode.Dsp.Tests
{
    /// <summary>Transforms whose results are known without a reference; the comparison with double is in tests/Dsp on the host.</summary>
    [TestClass]
    public class RealFftTests
    {
        private static readonly int[] _sizes = { 128, 256, 512, 1024, 2048 };

        [TestMethod]
        public void Constant_IsAllInBinZero()
        {
            for (int s = 0; s < _sizes.Length; s++)
            {
                int points = _sizes[s];
                RealFft fft = new RealFft(points);
                short[] samples = new short[points];
                for (int i = 0; i < points; i++)
                    samples[i] = short.MinValue;
                long[] re = new long[points / 2 + 1];
                long[] im = new long[points / 2 + 1];
                fft.Transform(samples);
                fft.CopySpectrum(re, im);
                Assert.AreEqual(-32768L * points << -fft.Exponent, re[0]);
                for (int k = 1; k <= points / 2; k++)
                {
                    // Only roundings of the constants, which cancel: less than a millionth of a count.
                    Assert.IsTrue(Magnitude(re[k]) < 1L << -fft.Exponent - 20 && Magnitude(im[k]) < 1L << -fft.Exponent - 20);
                }
            }
        }

        [TestMethod]
        public void Impulse_HasTheSameMagnitudeInEveryBin()
        {
            for (int s = 0; s < _sizes.Length; s++)
            {
                int points = _sizes[s];
                RealFft fft = new RealFft(points);
                short[] samples = new short[points];
                samples[points / 2 + 5] = 20000;
                long[] re = new long[points / 2 + 1];
                long[] im = new long[points / 2 + 1];
                fft.Transform(samples);
                fft.CopySpectrum(re, im);
                for (int k = 0; k <= points / 2; k++)
                {
                    long x = re[k] >> -fft.Exponent - 8;
                    long y = im[k] >> -fft.Exponent - 8;
                    long difference = IntegerMath.Sqrt(x * x + y * y) - (20000 << 8);
                    // 20000 counts in 1/256, within 0.002 %.
                    Assert.IsTrue(Magnitude(difference) <= 100, "bin " + k.ToString() + " of " + points.ToString());
                }
            }
        }

        [TestMethod]
        public void Alternation_IsAllInTheLastBin()
        {
            for (int s = 0; s < _sizes.Length; s++)
            {
                int points = _sizes[s];
                RealFft fft = new RealFft(points);
                short[] samples = new short[points];
                for (int i = 0; i < points; i++)
                    samples[i] = (i & 1) == 0 ? short.MaxValue : short.MinValue;
                fft.Transform(samples);
                long[][] power = PowerSpectrum.ComputeHann(fft);
                // 32767.5 N / 2, times 32, squared; the window leaves half of it in the bin before the last.
                long last = IntegerMath.Sqrt(PowerSpectrum.At(power, points / 2));
                Assert.IsTrue(Magnitude(last - 524280L * points) <= 64);
                Assert.IsTrue(Magnitude(IntegerMath.Sqrt(PowerSpectrum.At(power, points / 2 - 1)) - 262140L * points) <= 64);
                for (int k = 0; k < points / 2 - 1; k++)
                    Assert.IsTrue(PowerSpectrum.At(power, k) <= 4);
            }
        }

        [TestMethod]
        public void Noise_GivesTheSameBitsOnEveryRuntime()
        {
            long[] expected =
            {
                8487930718361203445, -2933435809158615720, -6461356879519406091, 6814844049056502522, 8844918404377997991,
            };
            for (int s = 0; s < _sizes.Length; s++)
            {
                int points = _sizes[s];
                RealFft fft = new RealFft(points);
                short[] samples = new short[points];
                uint seed = 1;
                for (int i = 0; i < points; i++)
                {
                    seed = seed * 1664525 + 1013904223;
                    samples[i] = (short)(seed >> 16);
                }
                fft.Transform(samples);
                long[][] power = PowerSpectrum.ComputeHann(fft);
                long sum = 0;
                for (int k = 0; k <= points / 2; k++)
                    sum = sum * 31 + PowerSpectrum.At(power, k);
                Assert.AreEqual(expected[s], sum);
            }
        }

        [TestMethod]
        public void OtherSizes_AreRefused()
        {
            Assert.ThrowsException(typeof(ArgumentException), () => { new RealFft(1000); });
            Assert.ThrowsException(typeof(ArgumentException), () => { new RealFft(64); });
            Assert.ThrowsException(typeof(ArgumentException), () => { new RealFft(128).Transform(new short[127]); });
        }

        private static long Magnitude(long value)
        {
            return value < 0 ? -value : value;
        }
    }
}
