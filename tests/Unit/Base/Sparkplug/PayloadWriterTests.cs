using nanoFramework.TestFramework;
using SensorNode.Sparkplug;

namespace SensorNode.Sparkplug.Tests
{
    [TestClass]
    public class PayloadWriterTests
    {
        // Expected bytes by hand from the Protocol Buffers encoding: tag = field x 8 + wire type, varints of seven bits, least significant first.
        [TestMethod]
        public static void Fields_HaveTheirBytes()
        {
            PayloadWriter writer = new PayloadWriter();
            AssertBytes(writer, 0, "0800");
            AssertBytes(writer, 1, "08FFFFFFFFFFFFFFFFFF01");
            AssertBytes(writer, 2, "08AC02");
            AssertBytes(writer, 3, "650000C0BF");
            AssertBytes(writer, 4, "7A04613F627E");
            AssertBytes(writer, 5, "8201030007FF");
            AssertBytes(writer, 6, "12040A020801");
            AssertBytes(writer, 7, "0880D095FFBC31");
        }

        [TestMethod]
        public static void NestedMessageOf128Bytes_TakesALengthOfTwo()
        {
            PayloadWriter writer = new PayloadWriter();
            writer.BeginCount();
            WriteLong(writer);
            Assert.AreEqual(131, writer.Length);
            byte[] bytes = new byte[131];
            writer.BeginWrite(bytes);
            WriteLong(writer);
            Assert.AreEqual(131, writer.Length);
            Assert.AreEqual("128001" + "7A7E" + "7878", Hex(bytes).Substring(0, 14));
            Assert.AreEqual('x', (char)bytes[130]);
        }

        private static void WriteLong(PayloadWriter writer)
        {
            writer.BeginNested(2);
            writer.WriteTextField(15, new string('x', 126));
            writer.EndNested();
        }

        private static void AssertBytes(PayloadWriter writer, int example, string expected)
        {
            writer.BeginCount();
            Write(writer, example);
            byte[] bytes = new byte[writer.Length];
            writer.BeginWrite(bytes);
            Write(writer, example);
            Assert.AreEqual(expected, Hex(bytes), example.ToString());
        }

        private static void Write(PayloadWriter writer, int example)
        {
            switch (example)
            {
                case 0: writer.WriteVarintField(1, 0); break;
                case 1: writer.WriteVarintField(1, -1); break;
                case 2: writer.WriteVarintField(1, 300); break;
                case 3: writer.WriteFloatField(12, -1.5f); break;
                case 4: writer.WriteTextField(15, "a\u00e4b~"); break;
                case 5: writer.WriteBytesField(16, new byte[] { 0, 7, 255, 1 }, 3); break;
                case 6:
                    writer.BeginNested(2);
                    writer.BeginNested(1);
                    writer.WriteVarintField(1, 1);
                    writer.EndNested();
                    writer.EndNested();
                    break;
                default: writer.WriteVarintField(1, 1700000000000); break;
            }
        }

        private static string Hex(byte[] bytes)
        {
            const string digits = "0123456789ABCDEF";
            char[] text = new char[2 * bytes.Length];
            for (int i = 0; i < bytes.Length; i++)
            {
                text[2 * i] = digits[bytes[i] >> 4];
                text[2 * i + 1] = digits[bytes[i] & 15];
            }

            return new string(text);
        }
    }
}
