using nanoFramework.TestFramework;
using SensorNode.Crypto;

namespace SensorNode.Crypto.Tests
{
    /// <summary>HSS and LMS against RFC 8554's test cases, and samples of what must be refused; all bits of a signature are in tests/Release.</summary>
    [TestClass]
    public class HssVerifierTests
    {
        private const int Valid = (int)SignatureStatus.Valid;
        private const int BadKey = (int)SignatureStatus.BadKey;
        private const int BadForm = (int)SignatureStatus.BadForm;
        private const int Mismatch = (int)SignatureStatus.Mismatch;

        [TestMethod]
        public static void TestCase1_IsValid()
        {
            Assert.AreEqual(Valid, Verify(Rfc8554.Bytes(Rfc8554.Key1), Rfc8554.Ascii(Rfc8554.Message1), Rfc8554.Bytes(Rfc8554.Signature1)));
        }

        [TestMethod]
        public static void TestCase2_IsValid()
        {
            Assert.AreEqual(Valid, Verify(Rfc8554.Bytes(Rfc8554.Key2), Rfc8554.Ascii(Rfc8554.Message2), Rfc8554.Bytes(Rfc8554.Signature2)));
        }

        /// <summary>The upper level of case 2 on its own: H10 with W4, what a release is signed with; the message is the lower level's key.</summary>
        [TestMethod]
        public static void OneLevel_WithChangedBits()
        {
            byte[] key = new byte[60];
            System.Array.Copy(Rfc8554.Bytes(Rfc8554.Key2), 4, key, 4, 56);
            key[3] = 1;
            byte[] both = Rfc8554.Bytes(Rfc8554.Signature2);
            byte[] signature = new byte[4 + 2508];
            System.Array.Copy(both, 4, signature, 4, 2508);
            byte[] message = new byte[56];
            System.Array.Copy(both, 4 + 2508, message, 0, 56);
            Assert.AreEqual(Valid, Verify(key, message, signature));

            // In C, in a chain, in the path, in the message, in the root, in I.
            Assert.AreEqual(Mismatch, VerifyChanged(key, message, signature, signature, 4 + 8 + 5));
            Assert.AreEqual(Mismatch, VerifyChanged(key, message, signature, signature, 4 + 40 + 32 * 66 + 31));
            Assert.AreEqual(Mismatch, VerifyChanged(key, message, signature, signature, 4 + 2507));
            Assert.AreEqual(Mismatch, VerifyChanged(key, message, signature, message, 55));
            Assert.AreEqual(Mismatch, VerifyChanged(key, message, signature, key, 59));
            Assert.AreEqual(Mismatch, VerifyChanged(key, message, signature, key, 12));
        }

        [TestMethod]
        public static void WrongForms_AreNamed()
        {
            byte[] key = Rfc8554.Bytes(Rfc8554.Key1);
            byte[] message = Rfc8554.Ascii(Rfc8554.Message1);
            byte[] signature = Rfc8554.Bytes(Rfc8554.Signature1);
            int count = signature.Length;
            Assert.AreEqual(BadKey, VerifyChanged(key, message, signature, key, 0));
            Assert.AreEqual(BadKey, VerifyChanged(key, message, signature, key, 4));
            Assert.AreEqual(BadKey, VerifyChanged(key, message, signature, key, 8));
            Assert.AreEqual(BadForm, VerifyChanged(key, message, signature, signature, 0));

            // Leaf number, one-time type and type of the upper level: all refused before anything is hashed.
            Assert.AreEqual(BadForm, VerifyChanged(key, message, signature, signature, 4));
            Assert.AreEqual(BadForm, VerifyChanged(key, message, signature, signature, 8));
            Assert.AreEqual(BadForm, VerifyChanged(key, message, signature, signature, 4 + 1292 - 164));
            Assert.AreEqual(BadKey, Status(key, 59, message, signature, 0, count));
            Assert.AreEqual(BadForm, Status(key, 60, message, signature, 0, 4 + 1292 + 55));
            Assert.AreEqual(BadForm, Status(key, 60, message, signature, 0, 3));
            Assert.AreEqual(BadForm, Status(key, 60, message, signature, 1, count));
            Assert.AreEqual(BadForm, Status(key, 60, message, signature, -1, count));
            Assert.AreEqual(BadForm, Status(key, 60, message, null, 0, 0));
            Assert.AreEqual(BadKey, Status(null, 60, message, signature, 0, count));
        }

        [TestMethod]
        public static void OneByteMoreOrLess_IsRefused()
        {
            byte[] key = Rfc8554.Bytes(Rfc8554.Key1);
            byte[] message = Rfc8554.Ascii(Rfc8554.Message1);
            byte[] longer = new byte[2645];
            System.Array.Copy(Rfc8554.Bytes(Rfc8554.Signature1), 0, longer, 0, 2644);
            Assert.AreEqual(BadForm, Status(key, 60, message, longer, 0, 2645));
            Assert.AreEqual(BadForm, Status(key, 60, message, longer, 0, 2643));
        }

        private static int Verify(byte[] key, byte[] message, byte[] signature)
        {
            return Status(key, key.Length, message, signature, 0, signature.Length);
        }

        private static int VerifyChanged(byte[] key, byte[] message, byte[] signature, byte[] changed, int index)
        {
            changed[index] ^= 0x10;
            int status = Verify(key, message, signature);
            changed[index] ^= 0x10;
            return status;
        }

        private static int Status(byte[] key, int keyCount, byte[] message, byte[] signature, int offset, int count)
        {
            // Not in a static field: the device runs static constructors in an order of its own, and SHA-256 has tables.
            return (int)new HssVerifier().Verify(key, 0, keyCount, message, 0, message.Length, signature, offset, count);
        }
    }
}
