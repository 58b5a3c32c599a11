using System.Collections;
using nanoFramework.TestFramework;
using SensorNode.Configuration;

namespace SensorNode.Configuration.Tests
{
    [TestClass]
    public class ConfigurationRulesTests
    {
        [TestMethod]
        public static void Defaults_BreakNoRule()
        {
            AssertFaults(new NodeConfiguration(), null);
        }

        [TestMethod]
        public static void HeartbeatShorterThanInterval_IsRefused()
        {
            NodeConfiguration configuration = new NodeConfiguration();
            Set(configuration, ConfigurationKey.ReportHeartbeatSeconds, "60");
            AssertFaults(configuration, null);
            Set(configuration, ConfigurationKey.ReportIntervalSeconds, "61");
            AssertFaults(configuration, "report.heartbeat_s: ");
        }

        [TestMethod]
        public static void HalfACertificate_IsRefused()
        {
            NodeConfiguration configuration = new NodeConfiguration();
            Set(configuration, ConfigurationKey.MqttCertificateFile, "node.crt");
            AssertFaults(configuration, "mqtt.cert_file, mqtt.key_file: ");
            Set(configuration, ConfigurationKey.MqttKeyFile, "node.key");
            AssertFaults(configuration, null);
            Set(configuration, ConfigurationKey.MqttSecurity, "plain-on-a-trusted-network");
            AssertFaults(configuration, "mqtt.cert_file: ");
        }

        [TestMethod]
        public static void PasswordWithoutUserOrPlaceholder_IsRefused()
        {
            string[] placeholders = { "password", "ChangeMe", "SECRET", "admin", "1234" };
            for (int i = 0; i < placeholders.Length; i++)
            {
                NodeConfiguration configuration = new NodeConfiguration();
                Set(configuration, ConfigurationKey.MqttUser, "node");
                Set(configuration, ConfigurationKey.MqttPassword, placeholders[i]);
                AssertFaults(configuration, "mqtt.password: is a placeholder");
            }

            NodeConfiguration alone = new NodeConfiguration();
            Set(alone, ConfigurationKey.MqttPassword, "x7-long-enough");
            AssertFaults(alone, "mqtt.password: is given without mqtt.user");
        }

        [TestMethod]
        public static void EveryRateOfEachChip_IsTakenAndOthersAreNot()
        {
            string[] lsm6dso = { "104", "208", "417", "833", "1667", "3333", "6667" };
            string[] adxl345 = { "100", "200", "400", "800" };
            for (int i = 0; i < lsm6dso.Length; i++)
            {
                CheckRate("lsm6dso", lsm6dso[i], true);
                CheckRate("adxl345", lsm6dso[i], false);
            }

            for (int i = 0; i < adxl345.Length; i++)
            {
                CheckRate("adxl345", adxl345[i], true);
                CheckRate("lsm6dso", adxl345[i], false);
            }
        }

        private static void CheckRate(string part, string rate, bool isGood)
        {
            NodeConfiguration configuration = new NodeConfiguration();
            Set(configuration, ConfigurationKey.SensorPart, part);
            Set(configuration, ConfigurationKey.SensorRateHz, rate);
            AssertFaults(configuration, isGood ? null : "sensor.rate_hz: " + rate + " is not a rate of " + part);
        }

        private static void Set(NodeConfiguration configuration, int key, string value)
        {
            Assert.IsNull(configuration.TrySet(key, value));
        }

        private static void AssertFaults(NodeConfiguration configuration, string only)
        {
            ArrayList faults = new ArrayList();
            ConfigurationRules.Check(configuration, faults);
            Assert.AreEqual(only == null ? 0 : 1, faults.Count, faults.Count > 0 ? (string)faults[0] : "none");
            Assert.IsTrue(only == null || ((string)faults[0]).IndexOf(only) == 0);
        }
    }
}
