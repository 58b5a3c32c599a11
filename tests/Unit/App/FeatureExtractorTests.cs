using System;
using nanoFramework.TestFramework;
using SensorNode.Contracts;

namespace SensorNode.Features.Tests
{
    /// <summary>Features of signals that need no sine: quality, silence, square waves. Accuracy is tested against double precision on the host.</summary>
    [TestClass]
    public class FeatureExtractorTests
    {
        private const int Points = 256;

        [TestMethod]
        public void SquareWave_HasCrestAndKurtosisOfOne()
        {
            WindowFeatures features = Analyse(Square(1000, 4), 30000);
            Assert.AreEqual(WindowQuality.Good, features.Quality);
            AxisFeatures axis = features.Axes[0];
            AssertNear(244000, axis.AccelerationMicroGRms, 500);
            AssertNear(244000, axis.AccelerationMicroGPeak, 500);
            AssertNear(100, axis.CrestFactorCenti, 1);
            AssertNear(100, axis.KurtosisCenti, 1);

            // Period of 8 samples: bin 32 of 256, 1600 Hz / 8 = 200 Hz; its amplitude is 1.306 times the square's (sampled).
            AssertNear(200000, axis.LineMilliHz[0], 100);
            AssertNear(318800, axis.LineMicroG[0], 3200);
        }

        [TestMethod]
        public void ConstantAxis_IsFlaggedAndHarmless()
        {
            short[] flat = new short[Points];
            for (int i = 0; i < Points; i++)
            {
                flat[i] = -321;
            }

            WindowFeatures features = Analyse(flat, 30000);
            Assert.AreEqual(WindowQuality.Constant, features.Quality);
            Assert.AreEqual(0, features.Axes[0].AccelerationMicroGRms);
            Assert.AreEqual(0, features.Axes[0].CrestFactorCenti);
            Assert.AreEqual(0, features.Axes[0].VelocityMicrometerPerSecondRms);
            for (int i = 0; i < features.VectorQ8.Length; i++)
            {
                Assert.AreEqual(0, (int)features.VectorQ8[i]);
            }
        }

        [TestMethod]
        public void SampleAtTheEndOfTheRange_IsClipped_OneBelowIsNot()
        {
            short[] samples = Square(1000, 4);
            samples[77] = -2000;
            Assert.AreEqual(WindowQuality.Clipped, Analyse(samples, 2000).Quality);
            Assert.AreEqual(WindowQuality.Good, Analyse(samples, 2001).Quality);
        }

        [TestMethod]
        public void StepOfTheMean_IsAGravityShift()
        {
            short[] samples = Square(100, 4);
            for (int i = 150; i < Points; i++)
            {
                samples[i] += 2000;
            }

            Assert.AreEqual(WindowQuality.GravityShift, Analyse(samples, 30000).Quality);
        }

        [TestMethod]
        public void FullScale_StaysInRange()
        {
            WindowFeatures features = Analyse(Square(32767, 64), 32768);
            for (int i = 0; i < features.VectorQ8.Length; i++)
            {
                Assert.IsTrue(features.VectorQ8[i] >= 0 && features.VectorQ8[i] < 12288);
            }

            features = Analyse(Square(32767, 1), 32768);
            for (int i = 0; i < features.VectorQ8.Length; i++)
            {
                Assert.IsTrue(features.VectorQ8[i] >= 0 && features.VectorQ8[i] < 12288);
            }
        }

        [TestMethod]
        public void AverageOfEqualWindows_IsTheWindow()
        {
            FeatureExtractor one = new FeatureExtractor(Points, 1, 1600000, 640000, 244000, 30000, 1);
            FeatureExtractor three = new FeatureExtractor(Points, 1, 1600000, 640000, 244000, 30000, 3);
            short[] samples = Square(1000, 4);
            one.Begin();
            one.AddWindow(samples, null, null, 0, WindowQuality.Good);
            WindowFeatures expected = one.Finish();
            three.Begin();
            for (int i = 0; i < 3; i++)
            {
                three.AddWindow(samples, null, null, 0, WindowQuality.Good);
            }

            WindowFeatures actual = three.Finish();
            Assert.AreEqual(expected.Axes[0].AccelerationMicroGRms, actual.Axes[0].AccelerationMicroGRms);
            Assert.AreEqual(expected.Axes[0].KurtosisCenti, actual.Axes[0].KurtosisCenti);
            for (int i = 0; i < expected.VectorQ8.Length; i++)
            {
                AssertNear(actual.VectorQ8[i], expected.VectorQ8[i], 1);
            }
        }

        [TestMethod]
        public void ImpossibleArguments_AreRefused()
        {
            Assert.ThrowsException(typeof(ArgumentException), () => new FeatureExtractor(100, 1, 1600000, 640000, 244000, 30000, 1));
            Assert.ThrowsException(typeof(ArgumentException), () => new FeatureExtractor(Points, 4, 1600000, 640000, 244000, 30000, 1));
            Assert.ThrowsException(typeof(ArgumentException), () => new FeatureExtractor(Points, 1, 0, 640000, 244000, 30000, 1));
            Assert.ThrowsException(typeof(ArgumentException), () => new FeatureExtractor(Points, 1, 1600000, 640000, 244000, 30000, 65));
        }

        private static void AssertNear(int expected, int actual, int tolerance)
        {
            Assert.IsTrue(actual - expected <= tolerance && expected - actual <= tolerance, expected.ToString() + " expected, " + actual.ToString());
        }

        private static WindowFeatures Analyse(short[] samples, int clipCounts)
        {
            FeatureExtractor extractor = new FeatureExtractor(Points, 1, 1600000, 640000, 244000, clipCounts, 1);
            extractor.Begin();
            extractor.AddWindow(samples, null, null, 0, WindowQuality.Good);
            return extractor.Finish();
        }

        private static short[] Square(int amplitude, int half)
        {
            short[] samples = new short[Points];
            for (int i = 0; i < Points; i++)
            {
                samples[i] = (short)(i / half % 2 == 0 ? amplitude : -amplitude);
            }

            return samples;
        }
    }
}
