using nanoFramework.TestFramework;
using SensorNode.Storage;

namespace SensorNode.Storage.Tests
{
    /// <summary>Byte order and checksum.</summary>
    [TestClass]
    public class BytesTests
    {
        [TestMethod]
        public static void Crc32_HasTheCheckValue()
        {
            byte[] bytes = new byte[11];
            for (int i = 0; i < 9; i++)
            {
                bytes[i + 1] = (byte)('1' + i);
            }

            Assert.AreEqual(unchecked((int)0xCBF43926), Crc32.Compute(bytes, 1, 9));
            Assert.AreEqual(0, Crc32.Compute(bytes, 5, 0));
        }

        [TestMethod]
        public static void Numbers_AreLeastSignificantByteFirst()
        {
            byte[] bytes = new byte[10];
            ByteOrder.PutInt64(bytes, 1, 0x0102030405060708);
            for (int i = 0; i < 8; i++)
            {
                Assert.AreEqual(8 - i, (int)bytes[i + 1]);
            }

            Assert.AreEqual(0, bytes[0] | bytes[9]);
            Assert.AreEqual(0x0102030405060708, ByteOrder.GetInt64(bytes, 1));
            Assert.AreEqual(0x05060708, ByteOrder.GetInt32(bytes, 1));
            Assert.AreEqual(0x0708, ByteOrder.GetInt16(bytes, 1));
        }

        [TestMethod]
        public static void NegativeNumbers_AreSignExtended()
        {
            byte[] bytes = new byte[8];
            int[] ints = { -1, -2, -32768, 32767, 0 };
            for (int i = 0; i < ints.Length; i++)
            {
                ByteOrder.PutInt16(bytes, 3, ints[i]);
                Assert.AreEqual(ints[i], ByteOrder.GetInt16(bytes, 3));
            }

            ByteOrder.PutInt32(bytes, 4, unchecked((int)0x80000000));
            Assert.AreEqual(unchecked((int)0x80000000), ByteOrder.GetInt32(bytes, 4));
            long[] longs = { -1, 0x7FFFFFFFFFFFFFFF, unchecked((long)0x8000000000000000), 0xFFFFFFFF, unchecked((long)0xFFFFFFFF00000000) };
            for (int i = 0; i < longs.Length; i++)
            {
                ByteOrder.PutInt64(bytes, 0, longs[i]);
                Assert.AreEqual(longs[i], ByteOrder.GetInt64(bytes, 0));
            }
        }
    }
}
