namespace SensorNode.Configuration
{
    /// <summary>Every setting of a node, by index. The order is that of node.conf's documentation; <see cref="ConfigurationSchema"/> describes each, MetricTexts of SensorNode.Boot has a sentence on each, in this order.</summary>
    public static class ConfigurationKey
    {
        public const int Board = 0;
        public const int SparkplugGroup = 1;
        public const int SparkplugNode = 2;
        public const int SparkplugPrimaryHost = 3;
        public const int MqttHost = 4;
        public const int MqttPort = 5;
        public const int MqttSecurity = 6;
        public const int MqttUser = 7;
        public const int MqttPassword = 8;
        public const int MqttKeepAliveSeconds = 9;
        public const int MqttCaFile = 10;
        public const int MqttCertificateFile = 11;
        public const int MqttKeyFile = 12;
        public const int SensorPart = 13;
        public const int SensorRangeG = 14;
        public const int SensorRateHz = 15;
        public const int TemperaturePart = 16;
        public const int TemperatureLimitCentiC = 17;
        public const int TemperatureRateLimitCentiCPerHour = 18;
        public const int WindowPoints = 19;
        public const int WindowIntervalMs = 20;
        public const int DetectorLearnWindows = 21;
        public const int MachineClass = 22;
        public const int ReportIntervalSeconds = 23;
        public const int ReportHeartbeatSeconds = 24;
        public const int ReportDeadBandPercent = 25;
        public const int TimeServer = 26;
        public const int JournalRamRecords = 27;
        public const int DeadBandVelocity = 28;
        public const int DeadBandAcceleration = 29;
        public const int DeadBandPeak = 30;
        public const int DeadBandShape = 31;
        public const int DeadBandTemperature = 32;
        public const int DeadBandScore = 33;
        public const int UpdateMode = 34;
        public const int PowerProfile = 35;
        public const int PowerConnectWindows = 36;

        /// <summary>How many settings there are.</summary>
        public const int Count = 37;
    }
}
