using nanoFramework.TestFramework;
using SensorNode.Crypto;

namespace SensorNode.Crypto.Tests
{
    /// <summary>HMAC-SHA-256 against RFC 4231, section 4. Test case 5 is of a truncated code, which is not used here.</summary>
    [TestClass]
    public class HmacSha256Tests
    {
        [TestMethod]
        public static void TestCases_OfTheStandard()
        {
            AreEqual("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7", Filled(0x0B, 20), Rfc8554.Ascii("Hi There"));
            AreEqual("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", Rfc8554.Ascii("Jefe"), Rfc8554.Ascii("what do ya want for nothing?"));
            AreEqual("773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe", Filled(0xAA, 20), Filled(0xDD, 50));
            AreEqual("82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b", Rfc8554.Bytes("0102030405060708090a0b0c0d0e0f10111213141516171819"), Filled(0xCD, 50));
            AreEqual("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
                Filled(0xAA, 131), Rfc8554.Ascii("Test Using Larger Than Block-Size Key - Hash Key First"));
            AreEqual("9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
                Filled(0xAA, 131),
                Rfc8554.Ascii("This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm."));
        }

        [TestMethod]
        public static void Parts_GiveTheCodeOfTheWhole_AndTheObjectIsReadyForAnother()
        {
            byte[] message = Filled(0x31, 200);
            HmacSha256 mac = new HmacSha256(Filled(7, 32));
            byte[] whole = new byte[32];
            byte[] parts = new byte[40];
            mac.Update(message, 0, 200);
            mac.Finish(whole, 0);
            mac.Update(message, 0, 63);
            mac.Update(message, 63, 0);
            mac.Update(message, 63, 137);
            mac.Finish(parts, 8);
            for (int i = 0; i < 32; i++)
            {
                Assert.AreEqual(whole[i], parts[8 + i]);
            }
        }

        private static byte[] Filled(byte value, int count)
        {
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++)
            {
                bytes[i] = value;
            }

            return bytes;
        }

        private static void AreEqual(string expected, byte[] key, byte[] message)
        {
            HmacSha256 mac = new HmacSha256(key);
            byte[] code = new byte[32];
            mac.Update(message, 0, message.Length);
            mac.Finish(code, 0);
            byte[] wanted = Rfc8554.Bytes(expected);
            for (int i = 0; i < 32; i++)
            {
                Assert.AreEqual(wanted[i], code[i], i.ToString());
            }
        }
    }
}
