namespace SensorNode.Sparkplug
{
    /// <summary>Every metric the node will ever send, by index; the index is also its alias. <see cref="MetricCatalog"/> describes each.</summary>
    public static class Metric
    {
        public const int BirthDeathSequence = 0;
        public const int Rebirth = 1;
        public const int Reboot = 2;
        public const int Relearn = 3;
        public const int FirmwareVersion = 4;
        public const int BoardName = 5;
        public const int HardwareAddress = 6;
        public const int AccelerometerPart = 7;
        public const int SampleRate = 8;
        public const int VelocityBandLow = 9;
        public const int VelocityBandHigh = 10;
        public const int DetectorPhase = 11;
        public const int LearnedWindows = 12;
        public const int Alarm = 13;
        public const int AlarmReason = 14;
        public const int Score = 15;
        public const int IsRunning = 16;
        public const int OperatingState = 17;
        public const int Zone = 18;
        public const int WindowQuality = 19;
        public const int Temperature = 20;
        public const int TemperatureTrend = 21;
        public const int TemperatureAlarm = 22;
        public const int TemperatureStatus = 23;
        public const int DieTemperature = 24;
        public const int WindowCount = 25;
        public const int InvalidWindowCount = 26;
        public const int OverrunCount = 27;
        public const int BusFaultCount = 28;
        public const int ReconnectCount = 29;
        public const int FreeHeap = 30;
        public const int UptimeMinutes = 31;
        public const int RestartReason = 32;
        public const int BootCount = 33;
        public const int CommandAnswer = 34;
        public const int NextServer = 35;
        public const int TakeSnapshot = 36;
        public const int Backlog = 37;
        public const int DroppedRecords = 38;
        public const int FlashWrites = 39;
        public const int ClockAge = 40;
        public const int ClockStep = 41;
        public const int RecordNumber = 42;
        public const int RecordTimeIsEstimated = 43;
        public const int SnapshotNumber = 44;
        public const int SnapshotAxis = 45;
        public const int SnapshotOffset = 46;
        public const int SnapshotScale = 47;
        public const int SnapshotWindow = 48;
        public const int SnapshotSpectrum = 49;
        public const int Extend = 50;

        /// <summary>First metric of the x axis; y and z follow.</summary>
        public const int AxisFirst = 51;

        public const int AxisVelocityRms = 0;
        public const int AxisAccelerationRms = 1;
        public const int AxisAccelerationPeak = 2;
        public const int AxisCrestFactor = 3;
        public const int AxisKurtosis = 4;
        public const int AxisDominantFrequency = 5;
        public const int AxisDominantAmplitude = 6;
        public const int AxisBandLevels = 7;
        public const int AxisEnvelopeFrequency = 8;
        public const int AxisEnvelopeDepth = 9;

        /// <summary>Metrics of one axis.</summary>
        public const int AxisMetricCount = 10;

        /// <summary>First setting: this plus the <see cref="Configuration.ConfigurationKey"/>.</summary>
        public const int ConfigurationFirst = AxisFirst + 3 * AxisMetricCount;

        /// <summary>How many metrics there are.</summary>
        public const int Count = ConfigurationFirst + Configuration.ConfigurationKey.Count;

        /// <summary>One metric of one axis.</summary>
        /// <param name="axis">0 x, 1 y, 2 z.</param>
        /// <param name="offset">One of the Axis constants.</param>
        public static int OfAxis(int axis, int offset)
        {
            return AxisFirst + axis * AxisMetricCount + offset;
        }
    }
}
