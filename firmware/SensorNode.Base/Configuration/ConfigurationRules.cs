using System.Collections;

namespace SensorNode.Configuration
{
    /// <summary>What must hold between settings, after each has been checked by itself.</summary>
    public static class ConfigurationRules
    {
        /// <summary>Adds one string a broken rule: the keys, what is wrong, what would be right.</summary>
        public static void Check(NodeConfiguration configuration, ArrayList faults)
        {
            CheckCredentials(configuration, faults);
            CheckSensor(configuration, faults);
            if (configuration.Number(ConfigurationKey.ReportHeartbeatSeconds) < configuration.Number(ConfigurationKey.ReportIntervalSeconds))
            {
                faults.Add("report.heartbeat_s: is shorter than report.interval_s; it must be at least as long");
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

            string lower = password.ToLower();
            if (lower == "password" || lower == "changeme" || lower == "secret" || lower == "admin" || lower == "1234")
            {
                faults.Add("mqtt.password: is a placeholder; give the node one of its own");
            }
        }

        private static void CheckSensor(NodeConfiguration configuration, ArrayList faults)
        {
            bool isAdxl345 = configuration.Number(ConfigurationKey.SensorPart) == ConfigurationSchema.SensorAdxl345;
            string rates = isAdxl345 ? "100|200|400|800" : "104|208|417|833|1667|3333|6667";
            string rate = configuration.Show(ConfigurationKey.SensorRateHz);
            string[] words = rates.Split('|');
            if (Words.IndexOf(words, rate) >= 0)
            {
                return;
            }

            faults.Add("sensor.rate_hz: " + rate + " is not a rate of " + configuration.Show(ConfigurationKey.SensorPart) + "; it has " + Words.Join(words) + " Hz");
        }
    }
}
