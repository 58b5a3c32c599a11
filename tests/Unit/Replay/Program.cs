using System;
using SensorNode.Contracts;
using SensorNode.Detection;
using SensorNode.Dsp;
using SensorNode.Features;

namespace SensorNode.UnitReplay
{
    /// <summary>Runs transform, features and detector over the same windows on any runtime, and prints what came out and what it cost.</summary>
    /// <remarks>
    /// Lines: FFT and WINDOW lines are the same on every runtime, bit for bit. COUNT lines hold the difference of DateTime.UtcNow.Ticks
    /// around a piece of work: IL instructions where the runtime counts them there, units of 100 ns elsewhere.
    /// </remarks>
    public static class Program
    {
        private const int AxisCount = 3;

        public static void Main()
        {
            int[] sizes = new int[] { 128, 256, 512, 1024, 2048 };
            for (int i = 0; i < sizes.Length; i++)
            {
                Transform(sizes[i]);
            }

            Replay();
            Console.WriteLine("REPLAY done");
        }

        private static void Transform(int points)
        {
            RealFft fft = new RealFft(points);
            short[] samples = new short[points];
            uint state = 1;
            for (int i = 0; i < points; i++)
            {
                state = state * 1664525 + 1013904223;
                samples[i] = (short)(state >> 16);
            }

            long idle = DateTime.UtcNow.Ticks;
            idle = DateTime.UtcNow.Ticks - idle;
            long begin = DateTime.UtcNow.Ticks;
            RunTransform(fft, samples);
            long cost = DateTime.UtcNow.Ticks - begin - idle;

            long[] re = new long[points / 2 + 1];
            long[] im = new long[points / 2 + 1];
            fft.CopySpectrum(re, im);
            long hash = 17;
            for (int k = 0; k < re.Length; k++)
            {
                hash = hash * 31 + re[k] * 7 + im[k];
            }

            Console.WriteLine("FFT " + points.ToString() + " " + hash.ToString());
            Console.WriteLine("COUNT fft" + points.ToString() + " " + cost.ToString());
        }

        private static void Replay()
        {
            FeatureExtractor extractor = new FeatureExtractor(ReplayWindows.Points, AxisCount, 1666000, 500000, 244000, 32752, 1);
            AnomalyDetector detector = new AnomalyDetector(AxisCount, WindowFeatures.PerAxis, ReplayWindows.LearnCount);
            DetectorResult result = new DetectorResult();
            short[] x = new short[ReplayWindows.Points];
            short[] y = new short[ReplayWindows.Points];
            short[] z = new short[ReplayWindows.Points];
            long idle = DateTime.UtcNow.Ticks;
            idle = DateTime.UtcNow.Ticks - idle;
            for (int window = 0; window < ReplayWindows.Count; window++)
            {
                ReplayWindows.Fill(window, x, y, z);
                long begin = DateTime.UtcNow.Ticks;
                WindowFeatures features = RunWindow(extractor, detector, x, y, z, result);
                long cost = DateTime.UtcNow.Ticks - begin - idle;
                Print(window, features, result);
                Console.WriteLine("COUNT window" + window.ToString() + " " + cost.ToString());
            }
        }

        private static void RunTransform(RealFft fft, short[] samples)
        {
            fft.Transform(samples);
        }

        private static WindowFeatures RunWindow(FeatureExtractor extractor, AnomalyDetector detector, short[] x, short[] y, short[] z, DetectorResult result)
        {
            extractor.Begin();
            extractor.AddWindow(x, y, z, 0, WindowQuality.Good);
            WindowFeatures features = extractor.Finish();
            detector.Process(features.VectorQ8, features.Quality, result);
            return features;
        }

        private static void Print(int window, WindowFeatures features, DetectorResult result)
        {
            int hash = 17;
            for (int i = 0; i < features.VectorQ8.Length; i++)
            {
                hash = hash * 31 + features.VectorQ8[i];
            }

            string line = "WINDOW " + window.ToString() + " quality " + features.Quality.ToString() + " vector " + hash.ToString();
            for (int axis = 0; axis < AxisCount; axis++)
            {
                AxisFeatures values = features.Axes[axis];
                line += " axis " + values.AccelerationMicroGRms.ToString() + " " + values.KurtosisCenti.ToString() + " " + values.VelocityMicrometerPerSecondRms.ToString()
                    + " " + values.LineMilliHz[0].ToString() + " " + values.LineMicroG[0].ToString();
            }

            Console.WriteLine(line + " phase " + result.Phase.ToString() + " running " + (result.IsRunning ? "1" : "0") + " state " + result.State.ToString()
                + " score " + result.ScoreQ8.ToString() + " mean " + result.MeanScoreQ8.ToString() + " alarm " + result.Alarm.ToString());
        }
    }
}
