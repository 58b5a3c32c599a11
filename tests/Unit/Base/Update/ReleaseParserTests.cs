using nanoFramework.TestFramework;
using SensorNode.Crypto;
using SensorNode.Crypto.Tests;
using SensorNode.Update;

namespace SensorNode.Update.Tests
{
    /// <summary>The example of firmware/docs/update.md on the device's own instructions; all changed bytes and random ones are in tests/Release.</summary>
    [TestClass]
    public class ReleaseParserTests
    {
        private const string Example =
            "534e524c0100cd0073656e736f726e6f646500000000000065737033322d6465766b697463000000010200000100020003000400070000000100010000000000" +
            "58020000000201003894a6cff8dd860e2b16525f45738501609c387fc70ba30c3e7c7d9699137f1c598ccede239e39ed747384a210768ac0086d73636f726c69" +
            "62010011000b00000022dfb1c3e5865519a83cbe20f2f9e9347dd2a3f70a1ffe0f8aaea9437a5d0aa5c6636860ff191cf3b0799adb0ef515398c568c53fa6758" +
            "cd493f6c72c3975454fd5d4af7";

        [TestMethod]
        public static void Example_IsRead()
        {
            ReleaseManifest manifest = new ReleaseManifest();
            byte[] bytes = Rfc8554.Bytes(Example);
            Assert.IsTrue(ReleaseParser.TryParse(bytes, 0, bytes.Length, manifest, out ReleaseError error));
            Assert.AreEqual(0, (int)error);
            Assert.AreEqual("sensornode", manifest.Product);
            Assert.AreEqual("esp32-devkitc", manifest.Board);
            Assert.AreEqual(0x0001000200030004, manifest.Version);
            Assert.AreEqual(7, manifest.SecurityCounter);
            Assert.AreEqual(2, manifest.Chunks);
            Assert.AreEqual(88, manifest.BytesOfChunk(1));
            Assert.AreEqual("mscorlib", manifest.AssemblyAt(0, out long version, out int checksum));
            Assert.AreEqual(0x00010011000B0000, version);
            Assert.AreEqual(unchecked((int)0xC3B1DF22), checksum);
        }

        [TestMethod]
        public static void ChunksAndPayload_AreKnownByTheirDigests()
        {
            ReleaseManifest manifest = new ReleaseManifest();
            byte[] bytes = Rfc8554.Bytes(Example);
            ReleaseParser.TryParse(bytes, 0, bytes.Length, manifest, out ReleaseError _);
            byte[] payload = new byte[600];
            byte[] text = Rfc8554.Ascii("payload of the example. ");
            for (int i = 0; i < 600; i++)
            {
                payload[i] = text[i % text.Length];
            }

            Assert.IsTrue(manifest.IsPayloadDigest(Sha256.Hash(payload, 0, 600)));
            Assert.IsTrue(manifest.IsChunkDigest(0, Sha256.Hash(payload, 0, 512)));
            Assert.IsTrue(manifest.IsChunkDigest(1, Sha256.Hash(payload, 512, 88)));
            Assert.IsFalse(manifest.IsChunkDigest(0, Sha256.Hash(payload, 512, 88)));
            Assert.IsFalse(manifest.IsChunkDigest(2, Sha256.Hash(payload, 0, 512)));
        }

        [TestMethod]
        public static void EveryLength_HasAReason()
        {
            byte[] bytes = Rfc8554.Bytes(Example);
            for (int count = -1; count < bytes.Length; count++)
            {
                Assert.IsFalse(ReleaseParser.TryParse(bytes, 0, count, new ReleaseManifest(), out ReleaseError error));
                Assert.AreEqual((int)ReleaseError.TooShort, (int)error);
            }
        }
    }
}
