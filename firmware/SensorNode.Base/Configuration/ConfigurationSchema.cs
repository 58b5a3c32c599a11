namespace SensorNode.Configuration
{
    /// <summary>The one list of settings: names, kinds, ranges, defaults, units. The parser, the birth message and the documents are made from it.</summary>
    public static class ConfigurationSchema
    {
        /// <summary>mqtt.security: index of TLS.</summary>
        public const int SecurityTls = 0;

        /// <summary>mqtt.security: index of the words that allow plain MQTT.</summary>
        public const int SecurityPlain = 1;

        /// <summary>temperature.part: index of none.</summary>
        public const int TemperatureNone = 0;

        /// <summary>temperature.part: index of BME280.</summary>
        public const int TemperatureBme280 = 1;

        /// <summary>temperature.part: index of BMP280.</summary>
        public const int TemperatureBmp280 = 2;

        /// <summary>machine.class: index of "none", no absolute limits.</summary>
        public const int MachineClassNone = 0;

        /// <summary>update.mode: index of "auto", every release.</summary>
        public const int UpdateAuto = 0;

        /// <summary>update.mode: index of "security", only releases of that class.</summary>
        public const int UpdateSecurity = 1;

        /// <summary>power.profile: index of "continuous", always connected.</summary>
        public const int PowerContinuous = 0;

        /// <summary>power.profile: index of "timed", light sleep between windows.</summary>
        public const int PowerTimed = 1;

        /// <summary>power.profile: index of "deep-sleep".</summary>
        public const int PowerDeepSleep = 2;

        /// <summary>Fills one description.</summary>
        /// <param name="key">0 to <see cref="ConfigurationKey.Count"/> - 1.</param>
        /// <param name="item">Overwritten.</param>
        public static void Describe(int key, ConfigurationItem item)
        {
            switch (key)
            {
                case ConfigurationKey.Board: item.SetText("board", "esp32-devkitc", 1, 31); break;
                case ConfigurationKey.SparkplugGroup: item.SetText("sparkplug.group", "", 1, 47); break;
                case ConfigurationKey.SparkplugNode: item.SetText("sparkplug.node", "", 0, 47); break;
                case ConfigurationKey.SparkplugPrimaryHost: item.SetText("sparkplug.primary_host", "", 0, 47); break;
                case ConfigurationKey.MqttHost: item.SetText("mqtt.host", "", 1, 127); break;
                case ConfigurationKey.MqttPort: item.SetNumber("mqtt.port", 0, 0, 65535, ""); break;
                case ConfigurationKey.MqttSecurity: item.SetChoice("mqtt.security", SecurityTls, "tls|plain-on-a-trusted-network"); break;
                case ConfigurationKey.MqttUser: item.SetText("mqtt.user", "", 0, 63); break;
                case ConfigurationKey.MqttPassword: item.SetText("mqtt.password", "", 0, 63); item.IsSecret = true; break;
                case ConfigurationKey.MqttKeepAliveSeconds: item.SetNumber("mqtt.keep_alive_s", 60, 10, 1200, "s"); break;
                case ConfigurationKey.MqttCaFile: item.SetText("mqtt.ca_file", "", 0, 31); break;
                case ConfigurationKey.MqttCertificateFile: item.SetText("mqtt.cert_file", "", 0, 31); break;
                case ConfigurationKey.MqttKeyFile: item.SetText("mqtt.key_file", "", 0, 31); break;
                default: DescribeMeasurement(key, item); break;
            }
        }

        /// <summary>True where a changed value counts only after a restart; the others count at once.</summary>
        public static bool NeedsRestart(int key)
        {
            switch (key)
            {
                case ConfigurationKey.TemperatureLimitCentiC:
                case ConfigurationKey.TemperatureRateLimitCentiCPerHour:
                case ConfigurationKey.WindowIntervalMs:
                case ConfigurationKey.MachineClass:
                case ConfigurationKey.ReportIntervalSeconds:
                case ConfigurationKey.ReportHeartbeatSeconds:
                case ConfigurationKey.ReportDeadBandPercent:
                    return false;
                default:
                    return key < ConfigurationKey.DeadBandVelocity || key == ConfigurationKey.PowerProfile;
            }
        }

        /// <summary>The key of a name, or -1.</summary>
        public static int Find(string name, ConfigurationItem scratch)
        {
            for (int key = 0; key < ConfigurationKey.Count; key++)
            {
                Describe(key, scratch);
                if (scratch.Name == name)
                {
                    return key;
                }
            }

            return -1;
        }

        private static void DescribeMeasurement(int key, ConfigurationItem item)
        {
            switch (key)
            {
                case ConfigurationKey.SensorPart: item.SetChoice("sensor.part", 0, SensorTable.Parts); break;
                case ConfigurationKey.SensorRangeG: item.SetNumber("sensor.range_g", 8, 2, 64, "g"); item.Choices = "2|4|8|16|32|64"; break;
                case ConfigurationKey.SensorRateHz: item.SetNumber("sensor.rate_hz", 1667, 100, 12800, "Hz"); break;
                case ConfigurationKey.TemperaturePart: item.SetChoice("temperature.part", TemperatureBme280, "none|bme280|bmp280"); break;
                case ConfigurationKey.TemperatureLimitCentiC: item.SetNumber("temperature.limit_cc", 8000, -4000, 8500, "0.01 degC"); break;
                case ConfigurationKey.TemperatureRateLimitCentiCPerHour: item.SetNumber("temperature.rate_limit_cc_per_h", 1500, 100, 20000, "0.01 degC/h"); break;
                case ConfigurationKey.WindowPoints: item.SetNumber("window.points", 1024, 128, 2048, ""); item.Choices = "128|256|512|1024|2048"; break;
                case ConfigurationKey.WindowIntervalMs: item.SetNumber("window.interval_ms", 10000, 0, 3600000, "ms"); break;
                case ConfigurationKey.DetectorLearnWindows: item.SetNumber("detector.learn_windows", 300, 30, 20000, ""); break;
                case ConfigurationKey.MachineClass: item.SetChoice("machine.class", MachineClassNone, "none|group1-rigid|group1-flexible|group2-rigid|group2-flexible"); break;
                case ConfigurationKey.ReportIntervalSeconds: item.SetNumber("report.interval_s", 60, 1, 3600, "s"); break;
                case ConfigurationKey.ReportHeartbeatSeconds: item.SetNumber("report.heartbeat_s", 900, 10, 86400, "s"); break;
                case ConfigurationKey.ReportDeadBandPercent: item.SetNumber("report.dead_band_percent", 10, 0, 50, "%"); break;
                case ConfigurationKey.TimeServer: item.SetText("time.server", "pool.ntp.org", 1, 63); break;
                case ConfigurationKey.JournalRamRecords: item.SetNumber("journal.ram_records", 10, 3, Storage.Outbox.RamRecordsMax, ""); break;
                default: DescribeDeadBand(key, item); break;
            }
        }

        private static void DescribeDeadBand(int key, ConfigurationItem item)
        {
            switch (key)
            {
                case ConfigurationKey.DeadBandVelocity: item.SetNumber("report.dead_band_velocity_um_s", 100, 0, 100000, "um/s"); break;
                case ConfigurationKey.DeadBandAcceleration: item.SetNumber("report.dead_band_acceleration_ug", 5000, 0, 16000000, "ug"); break;
                case ConfigurationKey.DeadBandPeak: item.SetNumber("report.dead_band_peak_ug", 50000, 0, 32000000, "ug"); break;
                case ConfigurationKey.DeadBandShape: item.SetNumber("report.dead_band_shape_centi", 100, 0, 100000, "0.01"); break;
                case ConfigurationKey.DeadBandTemperature: item.SetNumber("report.dead_band_temperature_cc", 50, 0, 5000, "0.01 degC"); break;
                case ConfigurationKey.DeadBandScore: item.SetNumber("report.dead_band_score_q8", 128, 0, 16384, "log2/256"); break;
                case ConfigurationKey.UpdateMode: item.SetChoice("update.mode", UpdateAuto, "auto|security|hold"); break;
                case ConfigurationKey.PowerProfile: item.SetChoice("power.profile", PowerContinuous, "continuous|timed|deep-sleep"); break;
                case ConfigurationKey.PowerConnectWindows: item.SetNumber("power.connect_windows", 6, 1, 1000, ""); break;
                default: item.SetText("", "", 0, 0); break;
            }
        }
    }
}
