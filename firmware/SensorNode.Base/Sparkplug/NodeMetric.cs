using SensorNode.Configuration;

namespace SensorNode.Sparkplug
{
    /// <summary>The metrics that every node has, whatever its application measures, by index; the index is also the alias. The application's own follow from <see cref="Count"/> on.</summary>
    /// <remarks>Baked into what runs from flash: an index never changes its meaning, and new ones come with a new version of this assembly, and with a sentence in MetricTexts of SensorNode.Boot.</remarks>
    public static class NodeMetric
    {
        public const int BirthDeathSequence = 0;
        public const int Rebirth = 1;
        public const int Reboot = 2;
        public const int NextServer = 3;
        public const int TakeSnapshot = 4;
        public const int CommandAnswer = 5;
        public const int FirmwareVersion = 6;
        public const int BoardName = 7;
        public const int HardwareAddress = 8;
        public const int AccelerometerPart = 9;
        public const int SampleRate = 10;
        public const int WindowCount = 11;
        public const int OverrunCount = 12;
        public const int BusFaultCount = 13;
        public const int ReconnectCount = 14;
        public const int FreeHeap = 15;
        public const int UptimeMinutes = 16;
        public const int RestartReason = 17;
        public const int BootCount = 18;
        public const int Backlog = 19;
        public const int DroppedRecords = 20;
        public const int FlashWrites = 21;
        public const int ClockAge = 22;
        public const int ClockStep = 23;
        public const int RecordNumber = 24;
        public const int RecordTimeIsEstimated = 25;
        public const int SnapshotNumber = 26;
        public const int SnapshotAxis = 27;
        public const int SnapshotOffset = 28;
        public const int SnapshotScale = 29;
        public const int SnapshotWindow = 30;
        public const int SnapshotSpectrum = 31;
        public const int UpdateRetry = 32;
        public const int UpdateState = 33;
        public const int UpdateProgress = 34;
        public const int UpdateReason = 35;
        public const int ModelReason = 36;
        public const int SecurityCounter = 37;
        public const int Temperature = 38;
        public const int TemperatureTrend = 39;
        public const int TemperatureAlarm = 40;
        public const int TemperatureStatus = 41;
        public const int DieTemperature = 42;
        public const int LastEvent = 43;
        public const int FactoryReset = 44;
        public const int Identify = 45;
        public const int SelfTest = 46;
        public const int Check = 47;
        public const int SkippedWindows = 48;

        /// <summary>Index of the application's first metric.</summary>
        public const int Count = 49;

        /// <summary>Fills the description of one of them.</summary>
        /// <param name="metric">0 to <see cref="Count"/> - 1.</param>
        /// <param name="into">Overwritten.</param>
        public static void Describe(int metric, MetricDescription into)
        {
            switch (metric)
            {
                case BirthDeathSequence: into.SetQuiet("bdSeq", SparkplugDatatype.Int64, ""); break;
                case Rebirth: into.SetCommand("Node Control/Rebirth"); break;
                case Reboot: into.SetCommand("Node Control/Reboot"); break;
                case NextServer: into.SetCommand("Node Control/Next Server"); break;
                case TakeSnapshot: into.SetCommand("Node Control/Snapshot"); break;
                case CommandAnswer: into.Set("Node Control/Answer", SparkplugDatatype.String, ""); break;
                case FirmwareVersion: into.SetQuiet("Properties/Firmware Version", SparkplugDatatype.String, ""); break;
                case BoardName: into.SetQuiet("Properties/Board", SparkplugDatatype.String, ""); break;
                case HardwareAddress: into.SetQuiet("Properties/Hardware Address", SparkplugDatatype.String, ""); break;
                case AccelerometerPart: into.SetQuiet("Properties/Accelerometer", SparkplugDatatype.String, ""); break;
                case SampleRate: into.SetQuiet("Properties/Sample Rate", SparkplugDatatype.Float, "Hz"); into.Divisor = 1000; break;
                case WindowCount: into.SetQuiet("Health/Windows", SparkplugDatatype.Int32, ""); break;
                case OverrunCount: into.Set("Health/Overruns", SparkplugDatatype.Int32, ""); break;
                case BusFaultCount: into.Set("Health/Bus Faults", SparkplugDatatype.Int32, ""); break;
                case ReconnectCount: into.SetQuiet("Health/Reconnects", SparkplugDatatype.Int32, ""); break;
                case FreeHeap: into.SetCount("Health/Free Heap", "bytes", 4096); break;
                case UptimeMinutes: into.SetQuiet("Health/Uptime", SparkplugDatatype.Int32, "min"); break;
                default: DescribeStored(metric, into); break;
            }
        }

        private static void DescribeStored(int metric, MetricDescription into)
        {
            switch (metric)
            {
                case RestartReason: into.SetQuiet("Health/Restart Reason", SparkplugDatatype.String, ""); break;
                case BootCount: into.SetQuiet("Health/Boots", SparkplugDatatype.Int32, ""); break;
                case Backlog: into.SetQuiet("Health/Backlog", SparkplugDatatype.Int32, ""); break;
                case DroppedRecords: into.SetCount("Health/Dropped Records", "", 0); break;
                case FlashWrites: into.SetQuiet("Health/Flash Writes", SparkplugDatatype.Int32, ""); break;
                case ClockAge: into.SetQuiet("Health/Clock Age", SparkplugDatatype.Int32, "h"); break;
                case ClockStep: into.SetQuiet("Health/Clock Step", SparkplugDatatype.Int32, "ms"); break;
                case RecordNumber: into.SetQuiet("History/Record Number", SparkplugDatatype.Int32, ""); break;
                case RecordTimeIsEstimated: into.SetQuiet("History/Time Estimated", SparkplugDatatype.Boolean, ""); break;
                case SnapshotNumber: into.SetQuiet("Snapshot/Number", SparkplugDatatype.Int32, ""); break;
                case SnapshotAxis: into.SetQuiet("Snapshot/Axis", SparkplugDatatype.Int32, ""); break;
                case SnapshotOffset: into.SetQuiet("Snapshot/Offset", SparkplugDatatype.Int32, ""); break;
                case SnapshotScale: into.SetQuiet("Snapshot/Scale", SparkplugDatatype.Int32, "ng"); break;
                case SnapshotSpectrum: into.SetQuiet("Snapshot/Spectrum", SparkplugDatatype.Int16Array, "log2/256"); break;
                case SnapshotWindow: into.SetQuiet("Snapshot/Window", SparkplugDatatype.Int16Array, "counts"); break;
                default: DescribeRest(metric, into); break;
            }
        }

        private static void DescribeRest(int metric, MetricDescription into)
        {
            switch (metric)
            {
                case UpdateRetry: into.SetCommand("Node Control/Update Retry"); break;
                case UpdateState: into.Set("Update/State", SparkplugDatatype.String, ""); break;
                case UpdateProgress: into.SetCount("Update/Progress", "%", 9); break;
                case UpdateReason: into.Set("Update/Reason", SparkplugDatatype.String, ""); break;
                case ModelReason: into.Set("Update/Model Reason", SparkplugDatatype.String, ""); break;
                case SecurityCounter: into.SetQuiet("Update/Security Counter", SparkplugDatatype.Int32, ""); break;
                case Temperature: into.SetMeasurement("Temperature/Value", 100, "degC", ConfigurationKey.DeadBandTemperature); into.SetRange(-40, 85); break;
                case TemperatureTrend: into.SetMeasurement("Temperature/Trend", 100, "degC/h", ConfigurationKey.DeadBandTemperature); into.SetRange(-200, 200); into.DeadBand = 4; break;
                case TemperatureAlarm: into.Set("Temperature/Alarm", SparkplugDatatype.String, ""); break;
                case TemperatureStatus: into.Set("Temperature/Status", SparkplugDatatype.String, ""); break;
                case LastEvent: into.Set("Events/Last", SparkplugDatatype.String, ""); break;
                case FactoryReset: into.Set("Node Control/Factory Reset", SparkplugDatatype.String, ""); into.IsWritable = true; break;
                case Identify: into.SetCommand("Node Control/Identify"); break;
                case SelfTest: into.SetCommand("Node Control/Self Test"); break;
                case Check: into.Set("Health/Check", SparkplugDatatype.String, ""); break;
                case SkippedWindows: into.SetQuiet("Health/Skipped", SparkplugDatatype.Int32, ""); break;
                default: into.SetMeasurement("Temperature/Accelerometer", 100, "degC", ConfigurationKey.DeadBandTemperature); into.SetRange(-40, 85); break;
            }
        }
    }
}
