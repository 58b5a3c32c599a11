using nanoFramework.TestFramework;
using SensorNode.Configuration;

namespace SensorNode.Configuration.Tests
{
    [TestClass]
    public class NodeConfigurationTests
    {
        [TestMethod]
        public static void Schema_IsWholeAndItsDefaultsAreItsOwn()
        {
            ConfigurationItem item = new ConfigurationItem();
            ConfigurationItem other = new ConfigurationItem();
            NodeConfiguration configuration = new NodeConfiguration();
            for (int key = 0; key < ConfigurationKey.Count; key++)
            {
                ConfigurationSchema.Describe(key, item);
                Assert.IsTrue(item.Name.Length > 0, key.ToString());
                Assert.AreEqual(key, ConfigurationSchema.Find(item.Name, other));
                bool mustBeGiven = item.Kind == ConfigurationKind.Text && item.Minimum > 0 && item.DefaultText.Length == 0;
                Assert.AreEqual(!mustBeGiven, configuration.Copy().TrySet(key, configuration.Show(key)) == null, item.Name);
            }

            Assert.AreEqual(-1, ConfigurationSchema.Find("", other));
        }

        [TestMethod]
        public static void EveryText_HasAPlaceOfItsOwn()
        {
            ConfigurationItem item = new ConfigurationItem();
            NodeConfiguration configuration = new NodeConfiguration();
            for (int round = 0; round < 2; round++)
            {
                for (int key = 0; key < ConfigurationKey.Count; key++)
                {
                    ConfigurationSchema.Describe(key, item);
                    if (item.Kind != ConfigurationKind.Text)
                    {
                        Assert.IsNull(configuration.Text(key), item.Name);
                    }
                    else if (round == 0)
                    {
                        Assert.IsNull(configuration.TrySet(key, "text-" + key.ToString()), item.Name);
                    }
                    else
                    {
                        Assert.AreEqual("text-" + key.ToString(), configuration.Text(key), item.Name);
                    }
                }
            }
        }

        [TestMethod]
        public static void TrySet_ShowsWhatWasSetAndNothingElseChanges()
        {
            NodeConfiguration configuration = new NodeConfiguration();
            NodeConfiguration before = configuration.Copy();
            Assert.IsNull(configuration.TrySet(ConfigurationKey.WindowPoints, "512"));
            Assert.IsNull(configuration.TrySet(ConfigurationKey.MachineClass, "group2-rigid"));
            Assert.IsNull(configuration.TrySet(ConfigurationKey.SparkplugNode, "pump 7"));
            Assert.AreEqual("512", configuration.Show(ConfigurationKey.WindowPoints));
            Assert.AreEqual("group2-rigid", configuration.Show(ConfigurationKey.MachineClass));
            Assert.AreEqual(3, configuration.Number(ConfigurationKey.MachineClass));
            Assert.AreEqual("pump 7", configuration.Show(ConfigurationKey.SparkplugNode));
            int different = 0;
            for (int key = 0; key < ConfigurationKey.Count; key++)
            {
                different += configuration.Show(key) == before.Show(key) ? 0 : 1;
            }

            Assert.AreEqual(3, different);
        }

        [TestMethod]
        public static void RefusedValue_ChangesNothingAndSaysWhatWouldBeRight()
        {
            NodeConfiguration configuration = new NodeConfiguration();
            Assert.AreEqual("'9' is not a whole number from 10 to 1200 (s)", configuration.TrySet(ConfigurationKey.MqttKeepAliveSeconds, "9"));
            Assert.AreEqual("'3' is not one of 2, 4, 8, 16, 32, 64 (g)", configuration.TrySet(ConfigurationKey.SensorRangeG, "3"));
            Assert.AreEqual("'0256' is not one of 128, 256, 512, 1024, 2048", configuration.TrySet(ConfigurationKey.WindowPoints, "0256"));
            Assert.AreEqual("'mpu' is not one of lsm6dso, adxl345, lis3dh, mpu6500, kx134", configuration.TrySet(ConfigurationKey.SensorPart, "mpu"));
            Assert.AreEqual("has 0 characters; 1 to 127 are allowed", configuration.TrySet(ConfigurationKey.MqttHost, ""));
            Assert.AreEqual("has no value", configuration.TrySet(ConfigurationKey.MqttHost, null));
            Assert.AreEqual("begins or ends with a blank", configuration.TrySet(ConfigurationKey.MqttHost, "broker "));
            Assert.IsTrue(configuration.TrySet(ConfigurationKey.SparkplugGroup, "a/b").IndexOf("has '/'") == 0);
            Assert.IsTrue(configuration.TrySet(ConfigurationKey.MqttCaFile, "..\\ca.pem").IndexOf("has '\\'") == 0);
            NodeConfiguration fresh = new NodeConfiguration();
            for (int key = 0; key < ConfigurationKey.Count; key++)
            {
                Assert.AreEqual(fresh.Show(key), configuration.Show(key));
            }
        }

        [TestMethod]
        public static void Port_FollowsTheSecurityUnlessGiven()
        {
            NodeConfiguration configuration = new NodeConfiguration();
            Assert.AreEqual(8883, configuration.MqttPortInForce);
            configuration.TrySet(ConfigurationKey.MqttSecurity, "plain-on-a-trusted-network");
            Assert.AreEqual(1883, configuration.MqttPortInForce);
            configuration.TrySet(ConfigurationKey.MqttPort, "2000");
            Assert.AreEqual(2000, configuration.MqttPortInForce);
        }

        [TestMethod]
        public static void DecimalNumbers_AreReadStrictly()
        {
            string[] good = { "0", "-0", "7", "-7", "007", "999999999", "-999999999" };
            int[] values = { 0, 0, 7, -7, 7, 999999999, -999999999 };
            for (int i = 0; i < good.Length; i++)
            {
                Assert.IsTrue(DecimalNumber.TryParse(good[i], out int value), good[i]);
                Assert.AreEqual(values[i], value);
            }

            string[] bad = { "", "-", "--1", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "1000000000", "\u0663", "1-" };
            for (int i = 0; i < bad.Length; i++)
            {
                Assert.IsFalse(DecimalNumber.TryParse(bad[i], out int value), bad[i]);
                Assert.AreEqual(0, value);
            }
        }
    }
}
