using SensorNode.Configuration;

namespace SensorNode.Sparkplug
{
    /// <summary>The one list of metrics: names, data types, units, ranges, dead bands. Birth, data, commands and documents are made from it.</summary>
    public sealed class MetricCatalog : IMetricCatalog
    {
        /// <inheritdoc/>
        public int SettingFirst
        {
            get { return Metric.ConfigurationFirst; }
        }

        /// <inheritdoc/>
        public void Describe(int metric, MetricDescription into)
        {
            Describe(metric, into, null);
        }

        /// <summary>Fills one description, of a setting too.</summary>
        /// <param name="metric">0 to <see cref="Metric.Count"/> - 1.</param>
        /// <param name="into">Overwritten.</param>
        /// <param name="scratch">Used for settings.</param>
        public static void Describe(int metric, MetricDescription into, ConfigurationItem scratch)
        {
            if (metric >= Metric.ConfigurationFirst)
            {
                ConfigurationSchema.Describe(metric - Metric.ConfigurationFirst, scratch);
                into.SetSetting(scratch);
            }
            else if (metric >= Metric.AxisFirst)
            {
                DescribeAxis((metric - Metric.AxisFirst) / Metric.AxisMetricCount, (metric - Metric.AxisFirst) % Metric.AxisMetricCount, into);
            }
            else
            {
                DescribeNode(metric, into);
            }
        }

        private static void DescribeNode(int metric, MetricDescription into)
        {
            switch (metric)
            {
                case Metric.BirthDeathSequence: into.SetQuiet("bdSeq", SparkplugDatatype.Int64, ""); break;
                case Metric.Rebirth: into.SetCommand("Node Control/Rebirth"); break;
                case Metric.Reboot: into.SetCommand("Node Control/Reboot"); break;
                case Metric.Relearn: into.SetCommand("Detector Control/Relearn"); break;
                case Metric.FirmwareVersion: into.SetQuiet("Properties/Firmware Version", SparkplugDatatype.String, ""); break;
                case Metric.BoardName: into.SetQuiet("Properties/Board", SparkplugDatatype.String, ""); break;
                case Metric.HardwareAddress: into.SetQuiet("Properties/Hardware Address", SparkplugDatatype.String, ""); break;
                case Metric.AccelerometerPart: into.SetQuiet("Properties/Accelerometer", SparkplugDatatype.String, ""); break;
                case Metric.SampleRate: into.SetQuiet("Properties/Sample Rate", SparkplugDatatype.Float, "Hz"); into.Divisor = 1000; break;
                case Metric.VelocityBandLow: into.SetQuiet("Properties/Velocity Band Low", SparkplugDatatype.Float, "Hz"); into.Divisor = 1000; break;
                case Metric.VelocityBandHigh: into.SetQuiet("Properties/Velocity Band High", SparkplugDatatype.Float, "Hz"); into.Divisor = 1000; break;
                case Metric.DetectorPhase: into.Set("Detector/Phase", SparkplugDatatype.String, ""); break;
                case Metric.LearnedWindows: into.SetCount("Detector/Learned Windows", "windows", 25); break;
                case Metric.Alarm: into.Set("Detector/Alarm", SparkplugDatatype.String, ""); break;
                case Metric.AlarmReason: into.Set("Detector/Reason", SparkplugDatatype.String, ""); break;
                case Metric.Score: into.SetMeasurement("Detector/Score", 256, "log2", ConfigurationKey.DeadBandScore); break;
                case Metric.IsRunning: into.Set("Detector/Running", SparkplugDatatype.Boolean, ""); break;
                case Metric.OperatingState: into.Set("Detector/Operating State", SparkplugDatatype.Int32, ""); break;
                default: DescribeHealth(metric, into); break;
            }
        }

        private static void DescribeHealth(int metric, MetricDescription into)
        {
            switch (metric)
            {
                case Metric.Zone: into.Set("Vibration/Zone", SparkplugDatatype.String, ""); break;
                case Metric.WindowQuality: into.Set("Vibration/Window Quality", SparkplugDatatype.String, ""); break;
                case Metric.Temperature: into.SetMeasurement("Temperature/Value", 100, "degC", ConfigurationKey.DeadBandTemperature); into.SetRange(-40, 85); break;
                case Metric.TemperatureTrend: into.SetMeasurement("Temperature/Trend", 100, "degC/h", ConfigurationKey.DeadBandTemperature); into.SetRange(-200, 200); into.DeadBand = 4; break;
                case Metric.TemperatureAlarm: into.Set("Temperature/Alarm", SparkplugDatatype.String, ""); break;
                case Metric.TemperatureStatus: into.Set("Temperature/Status", SparkplugDatatype.String, ""); break;
                case Metric.DieTemperature: into.SetMeasurement("Temperature/Accelerometer", 100, "degC", ConfigurationKey.DeadBandTemperature); into.SetRange(-40, 85); break;
                case Metric.WindowCount: into.SetQuiet("Health/Windows", SparkplugDatatype.Int32, "windows"); break;
                case Metric.InvalidWindowCount: into.SetCount("Health/Invalid Windows", "windows", 0); break;
                case Metric.OverrunCount: into.Set("Health/Overruns", SparkplugDatatype.Int32, ""); break;
                case Metric.BusFaultCount: into.Set("Health/Bus Faults", SparkplugDatatype.Int32, ""); break;
                case Metric.ReconnectCount: into.SetQuiet("Health/Reconnects", SparkplugDatatype.Int32, ""); break;
                case Metric.FreeHeap: into.SetCount("Health/Free Heap", "bytes", 4096); break;
                case Metric.UptimeMinutes: into.SetQuiet("Health/Uptime", SparkplugDatatype.Int32, "min"); break;
                case Metric.RestartReason: into.SetQuiet("Health/Restart Reason", SparkplugDatatype.String, ""); break;
                case Metric.BootCount: into.SetQuiet("Health/Boots", SparkplugDatatype.Int32, ""); break;
                case Metric.CommandAnswer: into.Set("Node Control/Answer", SparkplugDatatype.String, ""); break;
                default: DescribeStored(metric, into); break;
            }
        }

        private static void DescribeStored(int metric, MetricDescription into)
        {
            switch (metric)
            {
                case Metric.NextServer: into.SetCommand("Node Control/Next Server"); break;
                case Metric.TakeSnapshot: into.SetCommand("Node Control/Snapshot"); break;
                case Metric.Backlog: into.SetQuiet("Health/Backlog", SparkplugDatatype.Int32, "records"); break;
                case Metric.DroppedRecords: into.SetCount("Health/Dropped Records", "records", 0); break;
                case Metric.FlashWrites: into.SetQuiet("Health/Flash Writes", SparkplugDatatype.Int32, ""); break;
                case Metric.ClockAge: into.SetQuiet("Health/Clock Age", SparkplugDatatype.Int32, "h"); break;
                case Metric.ClockStep: into.SetQuiet("Health/Clock Step", SparkplugDatatype.Int32, "ms"); break;
                case Metric.RecordNumber: into.SetQuiet("History/Record Number", SparkplugDatatype.Int32, ""); break;
                case Metric.RecordTimeIsEstimated: into.SetQuiet("History/Time Estimated", SparkplugDatatype.Boolean, ""); break;
                case Metric.SnapshotNumber: into.SetQuiet("Snapshot/Number", SparkplugDatatype.Int32, ""); break;
                case Metric.SnapshotAxis: into.SetQuiet("Snapshot/Axis", SparkplugDatatype.Int32, ""); break;
                case Metric.SnapshotOffset: into.SetQuiet("Snapshot/Offset", SparkplugDatatype.Int32, ""); break;
                case Metric.SnapshotScale: into.SetQuiet("Snapshot/Scale", SparkplugDatatype.Int32, "ng"); break;
                case Metric.SnapshotWindow: into.SetQuiet("Snapshot/Window", SparkplugDatatype.Int16Array, "counts"); break;
                case Metric.Extend: into.SetCommand("Detector Control/Extend"); break;
                default: into.SetQuiet("Snapshot/Spectrum", SparkplugDatatype.Int16Array, "log2/256"); break;
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
