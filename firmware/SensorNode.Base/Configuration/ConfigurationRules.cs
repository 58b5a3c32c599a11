using System.Collections;

namespace SensorNode.Configuration
{
    /// <summary>What must hold between settings, after each has been checked by itself.</summary>
    public static class ConfigurationRules
    {
        private const int SleepIntervalMsMin = 10000;
        private const int ShortNumber = 8;

        private const string Placeholders = "password|passwd|changeme|change-me|secret|admin|test";

        /// <summary>Adds one string a broken rule: the keys, what is wrong, what would be right.</summary>
        public static void Check(NodeConfiguration configuration, ArrayList faults)
        {
            CheckCredentials(configuration, faults);
            CheckSensor(configuration, faults);
            if (configuration.Number(ConfigurationKey.ReportHeartbeatSeconds) < configuration.Number(ConfigurationKey.ReportIntervalSeconds))
            {
                faults.Add("report.heartbeat_s: is shorter than report.interval_s; it must be at least as long");
            }

            int intervalMs = configuration.Number(ConfigurationKey.WindowIntervalMs);
            if (configuration.Number(ConfigurationKey.PowerProfile) != ConfigurationSchema.PowerContinuous && intervalMs < SleepIntervalMsMin)
            {
                faults.Add("window.interval_ms: " + intervalMs.ToString() + " leaves no time to sleep; power.profile = " + configuration.Show(ConfigurationKey.PowerProfile) + " needs " + SleepIntervalMsMin.ToString() + " or more");
            }
        }

        private static void CheckCredentials(NodeConfiguration configuration, ArrayList faults)
        {
            bool hasCertificate = configuration.Text(ConfigurationKey.MqttCertificateFile).Length > 0;
            bool hasKey = configuration.Text(ConfigurationKey.MqttKeyFile).Length > 0;
            if (hasCertificate != hasKey)
            {
                faults.Add("mqtt.cert_file, mqtt.key_file: only one is given; a client certificate needs both");
            }

            if (hasCertificate && configuration.Number(ConfigurationKey.MqttSecurity) != ConfigurationSchema.SecurityTls)
            {
                faults.Add("mqtt.cert_file: is of no use without TLS; set mqtt.security = tls");
            }

            string password = configuration.Text(ConfigurationKey.MqttPassword);
            if (password.Length > 0 && configuration.Text(ConfigurationKey.MqttUser).Length == 0)
            {
                faults.Add("mqtt.password: is given without mqtt.user");
            }

            if (password.Length > 0 && (IsPlaceholder(password.ToLower()) || password == configuration.Text(ConfigurationKey.MqttUser)))
            {
                faults.Add("mqtt.password: is a placeholder; give the node one of its own");
            }
        }

        /// <summary>A word that stands in examples, with a number behind it or none; a short number; anything in angle brackets.</summary>
        private static bool IsPlaceholder(string lower)
        {
            int end = lower.Length;
            while (end > 0 && lower[end - 1] >= '0' && lower[end - 1] <= '9')
            {
                end--;
            }

            return end == 0 ? lower.Length <= ShortNumber : lower[0] == '<' || Words.IndexOf(Placeholders.Split('|'), lower.Substring(0, end)) >= 0;
        }

        private static void CheckSensor(NodeConfiguration configuration, ArrayList faults)
        {
            int part = configuration.Number(ConfigurationKey.SensorPart);
            CheckOneOf(configuration, ConfigurationKey.SensorRateHz, "sensor.rate_hz", SensorTable.Rates(part), "rate", "Hz", faults);
            CheckOneOf(configuration, ConfigurationKey.SensorRangeG, "sensor.range_g", SensorTable.Ranges(part), "range", "g", faults);
        }

        private static void CheckOneOf(NodeConfiguration configuration, int key, string name, string choices, string what, string unit, ArrayList faults)
        {
            string value = configuration.Show(key);
            string[] words = choices.Split('|');
            if (Words.IndexOf(words, value) < 0)
            {
                faults.Add(name + ": " + value + " is not a " + what + " of " + configuration.Show(ConfigurationKey.SensorPart) + "; it has " + Words.Join(words) + " " + unit);
            }
        }
    }
}
