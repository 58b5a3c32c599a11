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
        public static void SleepWithoutTimeForIt_IsRefused()
        {
            NodeConfiguration configuration = new NodeConfiguration();
            Set(configuration, ConfigurationKey.WindowIntervalMs, "9999");
            AssertFaults(configuration, null);
            Set(configuration, ConfigurationKey.PowerProfile, "timed");
            AssertFaults(configuration, "window.interval_ms: 9999 leaves no time to sleep; power.profile = timed needs 10000 or more");
            Set(configuration, ConfigurationKey.WindowIntervalMs, "10000");
            AssertFaults(configuration, null);
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
            string[] placeholders = { "password", "ChangeMe", "SECRET", "admin", "1234", "Password1", "<password>", "test123", "node" };
            for (int i = 0; i < placeholders.Length; i++)
            {
                NodeConfiguration configuration = new NodeConfiguration();
                Set(configuration, ConfigurationKey.MqttUser, "node");
                Set(configuration, ConfigurationKey.MqttPassword, placeholders[i]);
                AssertFaults(configuration, "mqtt.password: is a placeholder");
            }

            string[] others = { "testbed-4-xyz", "123456789", "admin-of-nothing" };
            for (int i = 0; i < others.Length; i++)
            {
                NodeConfiguration configuration = new NodeConfiguration();
                Set(configuration, ConfigurationKey.MqttUser, "node");
                Set(configuration, ConfigurationKey.MqttPassword, others[i]);
                AssertFaults(configuration, null);
            }

            NodeConfiguration alone = new NodeConfiguration();
            Set(alone, ConfigurationKey.MqttPassword, "x7-long-enough");
            AssertFaults(alone, "mqtt.password: is given without mqtt.user");
        }

        [TestMethod]
        public static void EveryRateOfEachChip_IsTakenAndOthersAreNot()
        {
            string[] parts = SensorTable.Parts.Split('|');
            for (int part = 0; part < parts.Length; part++)
            {
                for (int other = 0; other < parts.Length; other++)
                {
                    string[] rates = SensorTable.Rates(other).Split('|');
                    for (int i = 0; i < rates.Length; i++)
                    {
                        CheckRate(parts[part], rates[i], ("|" + SensorTable.Rates(part) + "|").IndexOf("|" + rates[i] + "|") >= 0);
                    }
                }
            }
        }

        [TestMethod]
        public static void Range_IsOneOfTheChip()
        {
            NodeConfiguration configuration = new NodeConfiguration();
            Set(configuration, ConfigurationKey.SensorRangeG, "64");
            AssertFaults(configuration, "sensor.range_g: 64 is not a range of lsm6dso; it has 2, 4, 8, 16 g");
            Set(configuration, ConfigurationKey.SensorPart, "kx134");
            Set(configuration, ConfigurationKey.SensorRateHz, "3200");
            AssertFaults(configuration, null);
        }

        [TestMethod]
        public static void Bus_RefusesWithTheArithmetic()
        {
            NodeConfiguration configuration = new NodeConfiguration();
            Assert.IsNull(SensorTable.BusRefusal(configuration, 400000));
            Set(configuration, ConfigurationKey.SensorRateHz, "6667");
            Assert.AreEqual("sensor.rate_hz: 6667 samples a second of lsm6dso take 6667 x 70 = 466690 clocks, the bus has 400000; at most 3333 Hz fit", SensorTable.BusRefusal(configuration, 400000));
            Assert.IsNull(SensorTable.BusRefusal(configuration, 1000000));
        }

        /// <summary>A FIFO that runs over while another thread has its quantum can only give marked windows.</summary>
        [TestMethod]
        public static void Fifo_TooShortForAnotherThreadsQuantum_IsRefusedWithTheArithmetic()
        {
            NodeConfiguration configuration = new NodeConfiguration();
            Set(configuration, ConfigurationKey.SensorPart, "kx134");
            Set(configuration, ConfigurationKey.SensorRateHz, "3200");
            Assert.AreEqual(
                "sensor.rate_hz: the FIFO of kx134 holds 84 samples, 26.2 ms at 3200 Hz; less 9.2 ms to read what comes in a sleep of 10 ms 17.0 are left, and another thread may take 20; at most 1600 Hz fit",
                SensorTable.BusRefusal(configuration, 400000));
            Assert.IsNull(SensorTable.BusRefusal(configuration, 1000000));
            Set(configuration, ConfigurationKey.SensorRateHz, "6400");
            Assert.AreEqual(
                "sensor.rate_hz: the FIFO of kx134 holds 84 samples, 13.1 ms at 6400 Hz; less 240.0 ms to read what comes in a sleep of 10 ms -226.8 are left, and another thread may take 20; at most 1600 Hz fit",
                SensorTable.BusRefusal(configuration, 400000));
            Assert.AreEqual(
                "sensor.rate_hz: the FIFO of kx134 holds 84 samples, 13.1 ms at 6400 Hz; less 6.2 ms to read what comes in a sleep of 10 ms 6.8 are left, and another thread may take 20; at most 3200 Hz fit",
                SensorTable.BusRefusal(configuration, 1000000));
            Set(configuration, ConfigurationKey.SensorRateHz, "1600");
            Assert.IsNull(SensorTable.BusRefusal(configuration, 400000));
            CheckFifo(configuration, "adxl345", "800");
            CheckFifo(configuration, "lis3dh", "1344");
            CheckFifo(configuration, "mpu6500", "1000");
            CheckFifo(configuration, "lsm6dso", "3333");
        }

        private static void CheckFifo(NodeConfiguration configuration, string part, string rate)
        {
            Set(configuration, ConfigurationKey.SensorPart, part);
            Set(configuration, ConfigurationKey.SensorRateHz, rate);
            Assert.IsNull(SensorTable.BusRefusal(configuration, 400000));
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
