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
                case Metric.BirthDeathSequence: into.SetQuiet("bdSeq", SparkplugDatatype.Int64, "", "Number of this connection, 1 to 127."); break;
                case Metric.Rebirth: into.SetCommand("Node Control/Rebirth", "Write true for a new birth message."); break;
                case Metric.Reboot: into.SetCommand("Node Control/Reboot", "Write true to restart the node."); break;
                case Metric.Relearn: into.SetCommand("Detector Control/Relearn", "Write true to forget the baseline and learn a new one."); break;
                case Metric.FirmwareVersion: into.SetQuiet("Properties/Firmware Version", SparkplugDatatype.String, "", "Version of the application."); break;
                case Metric.BoardName: into.SetQuiet("Properties/Board", SparkplugDatatype.String, "", "Board profile."); break;
                case Metric.HardwareAddress: into.SetQuiet("Properties/Hardware Address", SparkplugDatatype.String, "", "Address of the Wi-Fi station."); break;
                case Metric.AccelerometerPart: into.SetQuiet("Properties/Accelerometer", SparkplugDatatype.String, "", "Part name of the accelerometer."); break;
                case Metric.SampleRate: into.SetQuiet("Properties/Sample Rate", SparkplugDatatype.Float, "Hz", "Output data rate in force, by the chip's own trim."); into.Divisor = 1000; break;
                case Metric.VelocityBandLow: into.SetQuiet("Properties/Velocity Band Low", SparkplugDatatype.Float, "Hz", "Lower end of the band that velocity is summed over."); into.Divisor = 1000; break;
                case Metric.VelocityBandHigh: into.SetQuiet("Properties/Velocity Band High", SparkplugDatatype.Float, "Hz", "Upper end of the band that velocity is summed over."); into.Divisor = 1000; break;
                case Metric.DetectorPhase: into.Set("Detector/Phase", SparkplugDatatype.String, "", "learning, watching or waiting."); break;
                case Metric.LearnedWindows: into.SetCount("Detector/Learned Windows", "windows", 25, "Running windows learned so far."); break;
                case Metric.Alarm: into.Set("Detector/Alarm", SparkplugDatatype.String, "", "none, warning or alarm, after persistence."); break;
                case Metric.AlarmReason: into.Set("Detector/Reason", SparkplugDatatype.String, "", "Why the alarm state changed last: axis, band, frequency, deviation."); break;
                case Metric.Score: into.SetMeasurement("Detector/Score", 256, "log2", -64, 64, ConfigurationKey.DeadBandScore, "Abnormality, doubling per unit; 0 is the node's own threshold."); break;
                case Metric.IsRunning: into.Set("Detector/Running", SparkplugDatatype.Boolean, "", "True while the machine runs steadily."); break;
                case Metric.OperatingState: into.Set("Detector/Operating State", SparkplugDatatype.Int32, "", "Index of the nearest learned operating state; -1: none."); break;
                default: DescribeHealth(metric, into); break;
            }
        }

        private static void DescribeHealth(int metric, MetricDescription into)
        {
            switch (metric)
            {
                case Metric.Zone: into.Set("Vibration/Zone", SparkplugDatatype.String, "", "ISO 20816-3 zone A to D of the worst axis; empty without machine.class."); break;
                case Metric.WindowQuality: into.Set("Vibration/Window Quality", SparkplugDatatype.String, "", "good, or why the last window does not count."); break;
                case Metric.Temperature: into.SetMeasurement("Temperature/Value", 100, "degC", -40, 85, ConfigurationKey.DeadBandTemperature, "Temperature at the node."); break;
                case Metric.TemperatureTrend: into.SetMeasurement("Temperature/Trend", 100, "degC/h", -200, 200, ConfigurationKey.DeadBandTemperature, "Rise in an hour."); into.DeadBand = 4; break;
                case Metric.TemperatureAlarm: into.Set("Temperature/Alarm", SparkplugDatatype.String, "", "none, limit or rate."); break;
                case Metric.TemperatureStatus: into.Set("Temperature/Status", SparkplugDatatype.String, "", "valid, none fitted, or what failed."); break;
                case Metric.DieTemperature: into.SetMeasurement("Temperature/Accelerometer", 100, "degC", -40, 85, ConfigurationKey.DeadBandTemperature, "The accelerometer's own temperature."); break;
                case Metric.WindowCount: into.SetQuiet("Health/Windows", SparkplugDatatype.Int32, "windows", "Windows captured since boot."); break;
                case Metric.InvalidWindowCount: into.SetCount("Health/Invalid Windows", "windows", 0, "Windows since boot that did not count."); break;
                case Metric.OverrunCount: into.Set("Health/Overruns", SparkplugDatatype.Int32, "", "FIFO overruns since boot."); break;
                case Metric.BusFaultCount: into.Set("Health/Bus Faults", SparkplugDatatype.Int32, "", "Failed transfers since boot."); break;
                case Metric.ReconnectCount: into.SetQuiet("Health/Reconnects", SparkplugDatatype.Int32, "", "Connections made since boot, but for the first."); break;
                case Metric.FreeHeap: into.SetCount("Health/Free Heap", "bytes", 4096, "Free managed heap after a collection."); break;
                case Metric.UptimeMinutes: into.SetQuiet("Health/Uptime", SparkplugDatatype.Int32, "min", "Time since boot."); break;
                case Metric.RestartReason: into.SetQuiet("Health/Restart Reason", SparkplugDatatype.String, "", "Why the node started this time."); break;
                case Metric.BootCount: into.SetQuiet("Health/Boots", SparkplugDatatype.Int32, "", "Starts since the flash was formatted."); break;
                case Metric.CommandAnswer: into.Set("Node Control/Answer", SparkplugDatatype.String, "", "What became of the last command."); break;
                default: DescribeStored(metric, into); break;
            }
        }

        private static void DescribeStored(int metric, MetricDescription into)
        {
            switch (metric)
            {
                case Metric.NextServer: into.SetCommand("Node Control/Next Server", "Write true to go to the next of mqtt.host."); break;
                case Metric.TakeSnapshot: into.SetCommand("Node Control/Snapshot", "Write true for the next window and its spectrum under Snapshot."); break;
                case Metric.Backlog: into.SetQuiet("Health/Backlog", SparkplugDatatype.Int32, "records", "Records whose delivery is not known."); break;
                case Metric.DroppedRecords: into.SetCount("Health/Dropped Records", "records", 0, "Records lost for want of room, ever."); break;
                case Metric.FlashWrites: into.SetQuiet("Health/Flash Writes", SparkplugDatatype.Int32, "", "Journal writes since boot."); break;
                case Metric.ClockAge: into.SetQuiet("Health/Clock Age", SparkplugDatatype.Int32, "h", "Time since the time server was asked."); break;
                case Metric.ClockStep: into.SetQuiet("Health/Clock Step", SparkplugDatatype.Int32, "ms", "What its last answer changed."); break;
                case Metric.RecordNumber: into.SetQuiet("History/Record Number", SparkplugDatatype.Int32, "", "Number of the record that the other values of its time belong to."); break;
                case Metric.RecordTimeIsEstimated: into.SetQuiet("History/Time Estimated", SparkplugDatatype.Boolean, "", "True where the time of day was not known then."); break;
                case Metric.SnapshotNumber: into.SetQuiet("Snapshot/Number", SparkplugDatatype.Int32, "", "Counts snapshots since boot."); break;
                case Metric.SnapshotAxis: into.SetQuiet("Snapshot/Axis", SparkplugDatatype.Int32, "", "0 x, 1 y, 2 z."); break;
                case Metric.SnapshotOffset: into.SetQuiet("Snapshot/Offset", SparkplugDatatype.Int32, "", "Index of the first value of this part."); break;
                case Metric.SnapshotScale: into.SetQuiet("Snapshot/Scale", SparkplugDatatype.Int32, "ng", "One count of the window."); break;
                case Metric.SnapshotWindow: into.SetQuiet("Snapshot/Window", SparkplugDatatype.Int16Array, "counts", "Part of a window."); break;
                case Metric.Extend: into.SetCommand("Detector Control/Extend", "Write true to go on learning from the baseline in force."); break;
                default: into.SetQuiet("Snapshot/Spectrum", SparkplugDatatype.Int16Array, "log2/256", "Part of its power spectrum, bin by bin."); break;
            }
        }

        private static void DescribeAxis(int axis, int offset, MetricDescription into)
        {
            string folder = "Vibration/" + (axis == 0 ? "X/" : axis == 1 ? "Y/" : "Z/");
            switch (offset)
            {
                case Metric.AxisVelocityRms: into.SetMeasurement(folder + "Velocity RMS", 1000, "mm/s", 0, 1000, ConfigurationKey.DeadBandVelocity, "RMS velocity over the velocity band."); break;
                case Metric.AxisAccelerationRms: into.SetMeasurement(folder + "Acceleration RMS", 1000000, "g", 0, 16, ConfigurationKey.DeadBandAcceleration, "RMS acceleration without its mean."); break;
                case Metric.AxisAccelerationPeak: into.SetMeasurement(folder + "Acceleration Peak", 1000000, "g", 0, 32, ConfigurationKey.DeadBandPeak, "Largest deviation from the mean."); break;
                case Metric.AxisCrestFactor: into.SetMeasurement(folder + "Crest Factor", 100, "", 1, 46, ConfigurationKey.DeadBandShape, "Peak over RMS."); break;
                case Metric.AxisKurtosis: into.SetMeasurement(folder + "Kurtosis", 100, "", 1, 2048, ConfigurationKey.DeadBandShape, "Fourth moment over the squared second; 3 for noise, 1.5 for a sine."); break;
                case Metric.AxisDominantFrequency: into.SetMeasurement(folder + "Dominant Frequency", 1000, "Hz", 0, 12800, ConfigurationKey.DeadBandFrequency, "Frequency of the strongest line."); break;
                case Metric.AxisDominantAmplitude: into.SetMeasurement(folder + "Dominant Amplitude", 1000000, "g", 0, 16, ConfigurationKey.DeadBandAcceleration, "Peak amplitude of the strongest line."); break;
                default: into.SetQuiet(folder + "Band Levels", SparkplugDatatype.Int16Array, "log2/256", "Log power of equal bands, lowest first."); break;
            }
        }
    }
}
