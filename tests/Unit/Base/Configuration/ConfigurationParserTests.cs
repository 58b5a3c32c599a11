using System.Collections;
using nanoFramework.TestFramework;
using SensorNode.Configuration;
using SensorNode.Fakes;

namespace SensorNode.Configuration.Tests
{
    [TestClass]
    public class ConfigurationParserTests
    {
        private const string Required = "sparkplug.group = plant\nmqtt.host = broker.example\n";

        [TestMethod]
        public static void RequiredKeysAlone_GiveTheDefaults()
        {
            NodeConfiguration configuration = Parse(Required);
            Assert.IsNotNull(configuration);
            Assert.AreEqual("plant", configuration.Text(ConfigurationKey.SparkplugGroup));
            Assert.AreEqual("esp32-devkitc", configuration.Text(ConfigurationKey.Board));
            Assert.AreEqual(1024, configuration.Number(ConfigurationKey.WindowPoints));
            Assert.AreEqual(8883, configuration.MqttPortInForce);
            Assert.AreEqual(10, configuration.Number(ConfigurationKey.JournalRamRecords));
        }

        [TestMethod]
        public static void ByteOrderMark_IsNamed()
        {
            byte[] bytes = new byte[3 + Required.Length];
            bytes[0] = 0xEF;
            bytes[1] = 0xBB;
            bytes[2] = 0xBF;
            for (int i = 0; i < Required.Length; i++)
            {
                bytes[3 + i] = (byte)Required[i];
            }

            ArrayList faults = new ArrayList();
            Assert.IsNull(ConfigurationParser.TryParse(bytes, bytes.Length, faults));
            Assert.AreEqual(1, faults.Count);
            Assert.IsTrue(((string)faults[0]).IndexOf("byte order mark") > 0);
        }

        [TestMethod]
        public static void EveryKeyAtItsLimits_IsTaken()
        {
            ConfigurationItem item = new ConfigurationItem();
            for (int key = 0; key < ConfigurationKey.Count; key++)
            {
                ConfigurationSchema.Describe(key, item);
                string[] good = GoodValues(item);
                for (int i = 0; i < good.Length; i++)
                {
                    ArrayList faults = new ArrayList();
                    TryParse(With(item.Name, good[i]), faults);
                    for (int f = 0; f < faults.Count; f++)
                    {
                        // A rule between settings may speak, the parser may not.
                        Assert.IsTrue(((string)faults[f]).IndexOf("line ") != 0, (string)faults[f]);
                    }
                }
            }
        }

        [TestMethod]
        public static void EveryKeyOutOfItsLimits_IsRefusedWithLineKeyAndReason()
        {
            ConfigurationItem item = new ConfigurationItem();
            for (int key = 0; key < ConfigurationKey.Count; key++)
            {
                ConfigurationSchema.Describe(key, item);
                string[] bad = BadValues(item);
                for (int i = 0; i < bad.Length; i++)
                {
                    string fault = OnlyFault("\n\n" + With(item.Name, bad[i]), 3, item.Name);
                    Assert.IsTrue(fault.IndexOf("line 3, " + item.Name + ": ") == 0, fault);
                    Assert.IsTrue(fault.Length > ("line 3, " + item.Name + ": ").Length + 5, fault);
                }
            }
        }

        [TestMethod]
        public static void UnknownKey_IsNamed()
        {
            Assert.AreEqual("line 3, 'mqtt.hots': there is no such key", FirstFault(Required + "mqtt.hots = x\n"));
            Assert.AreEqual("line 3, 'MQTT.HOST': there is no such key", FirstFault(Required + "MQTT.HOST = x\n"));
            Assert.AreEqual("line 3, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'..: there is no such key", FirstFault(Required + new string('a', 500) + " = x"));
        }

        [TestMethod]
        public static void KeyTwice_NamesBothLines()
        {
            Assert.AreEqual("line 4, mqtt.host: is already set in line 2", FirstFault(Required + "# comment\nmqtt.host = other"));
        }

        [TestMethod]
        public static void MissingKey_IsNamed()
        {
            Assert.AreEqual("mqtt.host: is missing and has no default", FirstFault("sparkplug.group = a"));
            Assert.AreEqual("sparkplug.group: is missing and has no default", FirstFault("mqtt.host = a"));
            ArrayList faults = new ArrayList();
            Assert.IsNull(TryParse("", faults));
            Assert.AreEqual(2, faults.Count);
        }

        [TestMethod]
        public static void LineWithoutEqualsSign_ShowsItsFirstWordOnly()
        {
            string fault = FirstFault(Required + "mqtt.password hunter2\n");
            Assert.AreEqual("line 3: 'mqtt.password' is not followed by '='; a line is 'key = value'", fault);
            Assert.AreEqual("line 3: it has no key before '='", FirstFault(Required + " = hunter2\n"));
        }

        [TestMethod]
        public static void SecretThatIsRefused_IsNotRepeated()
        {
            string secret = new string('s', 64);
            Assert.IsTrue(FirstFault(Required + "mqtt.user = u\nmqtt.password = " + secret).IndexOf("sss") < 0);
            Assert.IsTrue(FirstFault(Required + "mqtt.user = u\nmqtt.password = secr\u0001et").IndexOf("secr") < 0);
        }

        [TestMethod]
        public static void LineEndsBlanksAndComments_DoNotMatter()
        {
            NodeConfiguration configuration = Parse("# node\r\n\r\n  sparkplug.group=plant 1 \r\n\tmqtt.host\t=\tbroker\r\n   # end\r\nmqtt.user = a=b");
            Assert.IsNotNull(configuration);
            Assert.AreEqual("plant 1", configuration.Text(ConfigurationKey.SparkplugGroup));
            Assert.AreEqual("broker", configuration.Text(ConfigurationKey.MqttHost));
            Assert.AreEqual("a=b", configuration.Text(ConfigurationKey.MqttUser));
        }

        [TestMethod]
        public static void BytesOutsideAscii_AreRefusedWithTheirPlace()
        {
            byte[] bytes = Bytes(Required + "time.server = uhr");
            for (int value = 0; value < 256; value++)
            {
                bool isText = (value >= 32 && value <= 126) || value == '\n';
                bytes[bytes.Length - 2] = (byte)value;
                ArrayList faults = new ArrayList();
                NodeConfiguration configuration = ConfigurationParser.TryParse(bytes, bytes.Length, faults);
                if (!isText && value != '\t' && value != '\r')
                {
                    Assert.IsNull(configuration);
                    Assert.AreEqual("line 3, time.server: has a character outside printable ASCII at position 2", (string)faults[0]);
                }
            }
        }

        [TestMethod]
        public static void FileSize_IsBounded()
        {
            byte[] bytes = new byte[ConfigurationParser.SizeBytesMax + 1];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)'#';
            }

            byte[] head = Bytes(Required);
            head.CopyTo(bytes, 0);
            ArrayList faults = new ArrayList();
            Assert.IsNotNull(ConfigurationParser.TryParse(bytes, ConfigurationParser.SizeBytesMax, faults));
            Assert.IsNull(ConfigurationParser.TryParse(bytes, bytes.Length, faults));
            Assert.AreEqual("node.conf has 4097 bytes; at most 4096 are read", (string)faults[0]);
        }

        [TestMethod]
        public static void ManyFaults_AreBounded()
        {
            string text = "";
            for (int i = 0; i < 100; i++)
            {
                text += "x\n";
            }

            ArrayList faults = new ArrayList();
            Assert.IsNull(TryParse(text, faults));
            Assert.AreEqual(ConfigurationParser.FaultsMax, faults.Count);
        }

        [TestMethod]
        public static void AnyBytes_GiveAConfigurationOrPrintableFaults()
        {
            SeededRandom random = new SeededRandom(11);
            byte[] good = Bytes(Required + "mqtt.port = 1883\nmqtt.security = plain-on-a-trusted-network\nsensor.part = adxl345\nsensor.rate_hz = 800\n");
            ArrayList faults = new ArrayList();
            for (int i = 0; i < 300; i++)
            {
                byte[] bytes = (byte[])good.Clone();
                int changes = 1 + random.Next(i % 10 == 0 ? 200 : 5);
                for (int c = 0; c < changes; c++)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                NodeConfiguration configuration = ConfigurationParser.TryParse(bytes, random.Next(bytes.Length + 1), faults);
                Assert.AreEqual(configuration == null, faults.Count > 0);
                for (int f = 0; f < faults.Count; f++)
                {
                    AssertPrintable((string)faults[f]);
                }
            }
        }

        private static string[] GoodValues(ConfigurationItem item)
        {
            switch (item.Kind)
            {
                case ConfigurationKind.Choice: return item.ChoiceWords();
                case ConfigurationKind.Number: return item.Choices != null ? item.ChoiceWords() : new string[] { item.Minimum.ToString(), item.Maximum.ToString() };
                default: return new string[] { new string('a', item.Minimum), new string('a', item.Maximum) };
            }
        }

        private static string[] BadValues(ConfigurationItem item)
        {
            switch (item.Kind)
            {
                case ConfigurationKind.Choice: return new string[] { "", "nonsense", item.ChoiceWords()[0] + "x", item.Choices };
                case ConfigurationKind.Number: return new string[] { "", "x", (item.Minimum - 1).ToString(), (item.Maximum + 1).ToString(), "1.5", "+60", "0x40", "1 0", "99999999999", "-", "6O" };
                default: return item.Minimum > 0 ? new string[] { "", new string('a', item.Maximum + 1) } : new string[] { new string('a', item.Maximum + 1), "a\u0002b" };
            }
        }

        /// <summary>A file whose first line sets a key, and whose other lines set what is required.</summary>
        private static string With(string name, string value)
        {
            string text = name + " = " + value + "\n";
            text += name == "sparkplug.group" ? "" : "sparkplug.group = plant\n";
            return text + (name == "mqtt.host" ? "" : "mqtt.host = broker\n");
        }

        private static string OnlyFault(string text, int line, string name)
        {
            ArrayList faults = new ArrayList();
            Assert.IsNull(TryParse(text, faults), name);
            Assert.AreEqual(1, faults.Count, name + " line " + line.ToString());
            return (string)faults[0];
        }

        private static string FirstFault(string text)
        {
            ArrayList faults = new ArrayList();
            Assert.IsNull(TryParse(text, faults), text);
            return (string)faults[0];
        }

        private static NodeConfiguration Parse(string text)
        {
            ArrayList faults = new ArrayList();
            NodeConfiguration configuration = TryParse(text, faults);
            Assert.AreEqual(0, faults.Count, faults.Count > 0 ? (string)faults[0] : "");
            return configuration;
        }

        private static NodeConfiguration TryParse(string text, ArrayList faults)
        {
            byte[] bytes = Bytes(text);
            return ConfigurationParser.TryParse(bytes, bytes.Length, faults);
        }

        private static byte[] Bytes(string text)
        {
            byte[] bytes = new byte[text.Length];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)text[i];
            }

            return bytes;
        }

        private static void AssertPrintable(string text)
        {
            Assert.IsTrue(text.Length < 250, text);
            for (int i = 0; i < text.Length; i++)
            {
                Assert.IsTrue(text[i] >= ' ' && text[i] <= '~', text);
            }
        }
    }
}
