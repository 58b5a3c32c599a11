using SensorNode.Configuration;

namespace SensorNode.Sparkplug
{
    /// <summary>The one list of the application's metrics: names, data types, units, ranges, dead bands. Birth, data, commands and documents are made from it.</summary>
    public sealed class MetricCatalog : IMetricCatalog
    {
        /// <inheritdoc/>
        public int SettingFirst
        {
            get { return Metric.ConfigurationFirst; }
        }

        /// <inheritdoc/>
        public int HeartbeatMetric
        {
            get { return Metric.Score; }
        }

        /// <inheritdoc/>
        public void Describe(int metric, MetricDescription into)
        {
            if (metric >= Metric.AxisFirst)
            {
                DescribeAxis((metric - Metric.AxisFirst) / Metric.AxisMetricCount, (metric - Metric.AxisFirst) % Metric.AxisMetricCount, into);
                return;
            }

            switch (metric)
            {
                case Metric.Relearn: into.SetCommand("Detector Control/Relearn"); break;
                case Metric.Extend: into.SetCommand("Detector Control/Extend"); break;
                case Metric.VelocityBandLow: into.SetQuiet("Properties/Velocity Band Low", SparkplugDatatype.Float, "Hz"); into.Divisor = 1000; break;
                case Metric.VelocityBandHigh: into.SetQuiet("Properties/Velocity Band High", SparkplugDatatype.Float, "Hz"); into.Divisor = 1000; break;
                case Metric.DetectorPhase: into.Set("Detector/Phase", SparkplugDatatype.String, ""); break;
                case Metric.LearnedWindows: into.SetCount("Detector/Learned Windows", "", 25); break;
                case Metric.Alarm: into.Set("Detector/Alarm", SparkplugDatatype.String, ""); break;
                case Metric.AlarmReason: into.Set("Detector/Reason", SparkplugDatatype.String, ""); break;
                case Metric.Score: into.SetMeasurement("Detector/Score", 256, "log2", ConfigurationKey.DeadBandScore); break;
                case Metric.IsRunning: into.Set("Detector/Running", SparkplugDatatype.Boolean, ""); break;
                case Metric.OperatingState: into.Set("Detector/Operating State", SparkplugDatatype.Int32, ""); break;
                case Metric.Zone: into.Set("Vibration/Zone", SparkplugDatatype.String, ""); break;
                case Metric.WindowQuality: into.Set("Vibration/Window Quality", SparkplugDatatype.String, ""); break;
                default: into.SetCount("Health/Invalid Windows", "", 0); break;
            }
        }

        private static void DescribeAxis(int axis, int offset, MetricDescription into)
        {
            string folder = "Vibration/" + (axis == 0 ? "X/" : axis == 1 ? "Y/" : "Z/");
            switch (offset)
            {
                case Metric.AxisVelocityRms: into.SetMeasurement(folder + "Velocity RMS", 1000, "mm/s", ConfigurationKey.DeadBandVelocity); break;
                case Metric.AxisAccelerationRms: into.SetMeasurement(folder + "Acceleration RMS", 1000000, "g", ConfigurationKey.DeadBandAcceleration); break;
                case Metric.AxisAccelerationPeak: into.SetMeasurement(folder + "Acceleration Peak", 1000000, "g", ConfigurationKey.DeadBandPeak); break;
                case Metric.AxisCrestFactor: into.SetMeasurement(folder + "Crest Factor", 100, "", ConfigurationKey.DeadBandShape); break;
                case Metric.AxisKurtosis: into.SetMeasurement(folder + "Kurtosis", 100, "", ConfigurationKey.DeadBandShape); break;
                case Metric.AxisDominantFrequency: into.SetQuiet(folder + "Dominant Frequency", SparkplugDatatype.Float, "Hz"); into.Divisor = 1000; break;
                case Metric.AxisDominantAmplitude: into.SetMeasurement(folder + "Dominant Amplitude", 1000000, "g", ConfigurationKey.DeadBandAcceleration); break;
                case Metric.AxisEnvelopeFrequency: into.SetQuiet(folder + "Envelope Frequency", SparkplugDatatype.Float, "Hz"); into.Divisor = 1000; break;
                case Metric.AxisEnvelopeDepth: into.SetMeasurement(folder + "Envelope Depth", 10, "%", ConfigurationKey.DeadBandShape); break;
                default: into.SetQuiet(folder + "Band Levels", SparkplugDatatype.Int16Array, "log2/256"); break;
            }
        }
    }
}
