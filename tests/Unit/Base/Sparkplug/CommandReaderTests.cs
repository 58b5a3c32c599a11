using System;
using nanoFramework.TestFramework;
using SensorNode.Fakes;
using SensorNode.Sparkplug;

namespace SensorNode.Sparkplug.Tests
{
    [TestClass]
    public class CommandReaderTests
    {
        [TestMethod]
        public static void Metrics_AreReadInOrder()
        {
            byte[] payload = Command();
            CommandReader reader = new CommandReader();
            CommandMetric metric = new CommandMetric();
            Assert.IsNull(reader.Validate(payload, payload.Length, metric));
            reader.Begin(payload, payload.Length);
            Assert.IsTrue(reader.TryNext(metric));
            Assert.AreEqual("Node Control/Rebirth", metric.Name);
            Assert.AreEqual(-1L, metric.Alias);
            Assert.AreEqual(CommandMetric.BooleanValue, metric.ValueKind);
            Assert.AreEqual(1L, metric.Integer);
            Assert.IsTrue(reader.TryNext(metric));
            Assert.IsNull(metric.Name);
            Assert.AreEqual(70L, metric.Alias);
            Assert.AreEqual(SparkplugDatatype.Int32, metric.Datatype);
            Assert.AreEqual(-5L, metric.Integer);
            Assert.IsTrue(reader.TryNext(metric));
            Assert.AreEqual("pump 7", metric.Text);
            Assert.IsFalse(metric.IsNull);
            Assert.IsTrue(reader.TryNext(metric));
            Assert.AreEqual(CommandMetric.OtherValue, metric.ValueKind);
            Assert.IsTrue(metric.IsNull);
            Assert.IsNull(metric.Text);
            Assert.IsFalse(reader.TryNext(metric));
            Assert.IsNull(reader.Fault);
        }

        [TestMethod]
        public static void EveryTruncation_IsAFaultOrAWholeNumberOfFields()
        {
            byte[] payload = Command();
            CommandReader reader = new CommandReader();
            CommandMetric metric = new CommandMetric();
            int whole = 0;
            for (int count = 0; count < payload.Length; count++)
            {
                whole += reader.Validate(payload, count, metric) == null ? 1 : 0;
            }

            // Only at the borders of the payload's own fields: nothing, timestamp, three of the four metrics.
            Assert.AreEqual(5, whole);
        }

        [TestMethod]
        public static void Faults_SayWhatAndWhere()
        {
            AssertFault(new byte[] { 0x12, 0x05, 0x0A }, "byte 2 has a length that reaches past the end");
            AssertFault(new byte[] { 0x12, 0x02, 0x0A, 0x01 }, "byte 4 has a length that reaches past the end");
            AssertFault(new byte[] { 0x12, 0x03, 0x0A, 0x01, 0x07 }, "byte 4 is a character outside printable ASCII");
            AssertFault(new byte[] { 0x00 }, "byte 1 is no field tag");
            AssertFault(new byte[] { 0x0B }, "byte 1 has an unknown wire type");
            AssertFault(new byte[] { 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }, "byte 11 is a number of more than ten bytes");
            AssertFault(new byte[] { 0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }, "byte 11 has a length that reaches past the end");
            AssertFault(new byte[] { 0x0D, 0x01, 0x02 }, "byte 1 is cut off");
        }

        [TestMethod]
        public static void NameOfMoreThan256Bytes_IsAFault()
        {
            byte[] payload = new byte[263];
            payload[0] = 0x12;
            payload[1] = 0x84;
            payload[2] = 0x02;
            payload[3] = 0x0A;
            payload[4] = 0x81;
            payload[5] = 0x02;
            for (int i = 6; i < payload.Length; i++)
            {
                payload[i] = (byte)'n';
            }

            AssertFault(payload, "byte 6 is a text of more than 256 bytes");
        }

        [TestMethod]
        public static void AnyBytes_GiveMetricsOrAFault()
        {
            SeededRandom random = new SeededRandom(31);
            byte[] good = Command();
            CommandReader reader = new CommandReader();
            CommandMetric metric = new CommandMetric();
            int readable = 0;
            for (int i = 0; i < 3000; i++)
            {
                byte[] bytes = (byte[])good.Clone();
                if (i % 3 == 0)
                {
                    random.Fill(bytes, 0, bytes.Length);
                }

                for (int c = 1 + random.Next(4); c > 0; c--)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                readable += reader.Validate(bytes, random.Next(bytes.Length + 1), metric) == null ? 1 : 0;
            }

            Assert.IsTrue(readable > 0 && readable < 3000, readable.ToString());
        }

        /// <summary>Timestamp, a Boolean by name, an Int32 by alias, a text, and a null template value.</summary>
        private static byte[] Command()
        {
            PayloadWriter writer = new PayloadWriter();
            writer.BeginCount();
            WriteCommand(writer);
            byte[] payload = new byte[writer.Length];
            writer.BeginWrite(payload);
            WriteCommand(writer);
            return payload;
        }

        private static void WriteCommand(PayloadWriter writer)
        {
            writer.WriteVarintField(1, 1700000000000);
            writer.BeginNested(2);
            writer.WriteTextField(1, "Node Control/Rebirth");
            writer.WriteVarintField(14, 1);
            writer.EndNested();
            writer.BeginNested(2);
            writer.WriteVarintField(2, 70);
            writer.WriteVarintField(4, SparkplugDatatype.Int32);
            writer.WriteVarintField(10, 0xFFFFFFFB);
            writer.EndNested();
            writer.BeginNested(2);
            writer.WriteTextField(15, "pump 7");
            writer.EndNested();
            writer.BeginNested(2);
            writer.WriteVarintField(7, 1);
            writer.WriteBytesField(18, new byte[] { 1, 2 }, 2);
            writer.EndNested();
        }

        private static void AssertFault(byte[] payload, string expected)
        {
            Assert.AreEqual(expected, new CommandReader().Validate(payload, payload.Length, new CommandMetric()));
        }
    }
}
