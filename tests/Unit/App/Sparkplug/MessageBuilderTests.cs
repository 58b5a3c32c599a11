using nanoFramework.TestFramework;
using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Sparkplug;

namespace SensorNode.Sparkplug.Tests
{
    [TestClass]
    public class MessageBuilderTests
    {
        private const long NowUtcMs = 1700000000000;

        [TestMethod]
        public static void Death_HasNoByteThatTextCannotCarry()
        {
            MessageBuilder builder = new MessageBuilder(new MetricTable(new MetricCatalog(), new NodeConfiguration()), new NodeConfiguration(), null);
            for (int bdSeq = 1; bdSeq <= 127; bdSeq++)
            {
                byte[] payload = builder.Death(bdSeq);

                // Metric { name "bdSeq", datatype Int64, long_value }, by hand.
                byte[] expected = { 0x12, 0x0B, 0x0A, 0x05, (byte)'b', (byte)'d', (byte)'S', (byte)'e', (byte)'q', 0x20, 0x04, 0x58, (byte)bdSeq };
                Assert.AreEqual(expected.Length, payload.Length);
                for (int i = 0; i < payload.Length; i++)
                {
                    Assert.AreEqual(expected[i], payload[i]);
                    Assert.IsTrue(payload[i] >= 1 && payload[i] <= 127);
                }
            }
        }

        [TestMethod]
        public static void Birth_HasEveryMetricOnceInOrder()
        {
            NodeConfiguration configuration = new NodeConfiguration();
            configuration.TrySet(ConfigurationKey.MqttPassword, "topsecret");
            MetricTable table = new MetricTable(new MetricCatalog(), new NodeConfiguration());
            byte[] payload = new MessageBuilder(table, configuration, null).Birth(9, NowUtcMs);
            Assert.IsTrue(IndexOf(payload, "topsecret") < 0, "a secret is never published");

            CommandReader reader = new CommandReader();
            CommandMetric metric = new CommandMetric();
            MetricDescription description = new MetricDescription();
            ConfigurationItem item = new ConfigurationItem();
            reader.Begin(payload, payload.Length);
            Assert.IsTrue(reader.TryNext(metric));
            Assert.AreEqual("bdSeq", metric.Name);
            Assert.AreEqual(SparkplugDatatype.Int64, metric.Datatype);
            for (int expected = NodeMetric.Rebirth; expected < Metric.Count; expected++)
            {
                Assert.IsTrue(reader.TryNext(metric), reader.Fault);
                table.Describe(expected, description, item);
                Assert.AreEqual(description.Name, metric.Name);
                Assert.AreEqual(description.Datatype, metric.Datatype);
                Assert.AreEqual(expected == NodeMetric.Rebirth ? -1L : expected, metric.Alias);
                Assert.AreEqual(metric.IsNull, metric.ValueKind == CommandMetric.NoValue, metric.Name);
                Assert.AreEqual(expected < Metric.ConfigurationFirst && table.IsNull(expected), metric.IsNull, metric.Name);
            }

            Assert.IsFalse(reader.TryNext(metric));
            Assert.IsNull(reader.Fault);
            Assert.AreEqual(0x18, (int)payload[payload.Length - 2]);
            Assert.AreEqual(0, (int)payload[payload.Length - 1]);
        }

        [TestMethod]
        public static void BirthWithTexts_HasOneForEachMetric()
        {
            MetricTable table = new MetricTable(new MetricCatalog(), new NodeConfiguration());
            byte[] brief = new MessageBuilder(table, new NodeConfiguration(), null).Birth(9, NowUtcMs);
            byte[] full = new MessageBuilder(table, new NodeConfiguration(), new NumberedTexts()).Birth(9, NowUtcMs);
            CommandReader reader = new CommandReader();
            CommandMetric metric = new CommandMetric();
            Assert.IsNull(reader.Validate(full, full.Length, metric));
            for (int expected = NodeMetric.Rebirth; expected < Metric.Count; expected++)
            {
                Assert.IsTrue(IndexOf(full, "[" + expected.ToString() + "]") >= 0, expected.ToString());
            }

            Assert.IsTrue(IndexOf(brief, "description") < 0);
            Assert.IsTrue(full.Length > brief.Length + Metric.Count * 20);
        }

        [TestMethod]
        public static void Data_HasOnlyWhatChangedByAlias()
        {
            MetricTable table = new MetricTable(new MetricCatalog(), new NodeConfiguration());
            MessageBuilder builder = new MessageBuilder(table, new NodeConfiguration(), null);
            table.SetNumber(Metric.IsRunning, 1, 1000);
            table.SetText(Metric.Alarm, "warning", 500);
            table.SetNumber(Metric.OperatingState, -1, 1000);
            byte[] payload = builder.Data(255, NowUtcMs, 2000);
            CommandReader reader = new CommandReader();
            CommandMetric metric = new CommandMetric();
            reader.Begin(payload, payload.Length);
            AssertNext(reader, metric, Metric.Alarm);
            Assert.AreEqual("warning", metric.Text);
            AssertNext(reader, metric, Metric.IsRunning);
            Assert.AreEqual(1L, metric.Integer);
            AssertNext(reader, metric, Metric.OperatingState);
            Assert.AreEqual(-1L, metric.Integer);
            Assert.IsFalse(reader.TryNext(metric));
            Assert.IsNull(reader.Fault);
            Assert.AreEqual(0xFF, (int)payload[payload.Length - 2]);
            Assert.AreEqual(0x01, (int)payload[payload.Length - 1]);
        }

        [TestMethod]
        public static void DataWithOneFloat_HasItsBytes()
        {
            MetricTable table = new MetricTable(new MetricCatalog(), new NodeConfiguration());
            table.SetNumber(Metric.OfAxis(0, Metric.AxisVelocityRms), 1500, 2000);
            byte[] payload = new MessageBuilder(table, new NodeConfiguration(), null).Data(1, 300, 2000);

            // timestamp 300; metric of 10 bytes: alias of X, timestamp 300, float 1.5; seq 1.
            byte[] expected = { 0x08, 0xAC, 0x02, 0x12, 0x0A, 0x10, (byte)Metric.AxisFirst, 0x18, 0xAC, 0x02, 0x65, 0x00, 0x00, 0xC0, 0x3F, 0x18, 0x01 };
            Assert.AreEqual(expected.Length, payload.Length);
            for (int i = 0; i < payload.Length; i++)
            {
                Assert.AreEqual(expected[i], payload[i], i.ToString());
            }
        }

        private static void AssertNext(CommandReader reader, CommandMetric metric, int alias)
        {
            Assert.IsTrue(reader.TryNext(metric), reader.Fault);
            Assert.AreEqual((long)alias, metric.Alias);
            Assert.IsNull(metric.Name);
            Assert.AreEqual(0, metric.Datatype);
        }

        private static int IndexOf(byte[] bytes, string text)
        {
            for (int i = 0; i + text.Length <= bytes.Length; i++)
            {
                int same = 0;
                while (same < text.Length && bytes[i + same] == text[same])
                {
                    same++;
                }

                if (same == text.Length)
                {
                    return i;
                }
            }

            return -1;
        }

        private sealed class NumberedTexts : IMetricTexts
        {
            public string OfMetric(int metric)
            {
                return "[" + metric.ToString() + "]";
            }

            public string OfSetting(int key)
            {
                return "[" + (Metric.ConfigurationFirst + key).ToString() + "]";
            }
        }
    }
}
