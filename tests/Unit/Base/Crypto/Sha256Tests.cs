using System;
using nanoFramework.TestFramework;
using SensorNode.Crypto;

namespace SensorNode.Crypto.Tests
{
    /// <summary>SHA-256 against published values. Comparison with .NET's own, long messages and the Monte Carlo test are in tests/Release.</summary>
    [TestClass]
    public class Sha256Tests
    {
        /// <summary>FIPS 180-2, appendix B.1 and B.2 (the examples that FIPS 180-4 points to), and the empty message.</summary>
        [TestMethod]
        public static void Examples_OfTheStandard()
        {
            AreEqual("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Rfc8554.Ascii("abc"));
            AreEqual("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1", Rfc8554.Ascii("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"));
            AreEqual("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", new byte[0]);
        }

        /// <summary>NIST CAVP, SHA256ShortMsg.rsp (CAVS 21.3, 2 August 2018): lengths around the ends of a block.</summary>
        [TestMethod]
        public static void ShortMessages_OfTheValidationProgramme()
        {
            AreEqual("35af2d15ebde4d67b29569ec19749e813c76f02286afc5a2a9871c2bfbdaab32", Rfc8554.Bytes("9e"));
            AreEqual("34416b20eef5474b6602ef98fb0b5f018086805b7b2df3ef1d4635502f631642",
                Rfc8554.Bytes("177df9f1768f798c8ec59a1f36ed02856a62b090403090511e794d932b1867a90383856aaff60c79d4cef0ca2a33cb6130f92c5d1fc831"));
            AreEqual("76f082a9a8e45c02a376ee1b42629cfb5db30e0ba1632f19cd28c96363f9da66",
                Rfc8554.Bytes("08f645ff0f9a765593bd419ff60a308d3b4e70e816388577455d3c1f237ee14d7b0eb3999aef95a3a87d064138cd53dd1d360b187f11b4b3"));
            AreEqual("2775a3f9bb46a4fda00eef650b45db52a8e8c948b6eff3b7a8206544de4f3ba0",
                Rfc8554.Bytes("c3e81f34b716b165addda4fce195ba39e3a496ccf44f3746b3d0c0cef9a87a1501361b8ccc8949d4c3735a759fde5ed486635f5f7619e70be7abc300acae07"));
            AreEqual("b9e850d487a74e6b8e07330b7648b6c1aa84cdcc16b238c96d47613de313e2f9",
                Rfc8554.Bytes("3d007ab1483de3511ce9a7edc7a9610bcacac0ec6f3d7cb45de08fcc6a00a185b01bc4fee3ea6147e29e72c68b6bf2dad44392bf17e4aeb2ae147f55c02b9254"));
        }

        [TestMethod]
        public static void Parts_GiveTheDigestOfTheWhole()
        {
            byte[] message = new byte[300];
            for (int i = 0; i < message.Length; i++)
            {
                message[i] = (byte)(i * 7 + 3);
            }

            byte[] whole = Sha256.Hash(message, 5, 290);
            byte[] digest = new byte[40];
            Sha256 hash = new Sha256();
            for (int part = 1; part < 140; part += 9)
            {
                for (int offset = 0; offset < 290; offset += part)
                {
                    hash.Update(message, 5 + offset, offset + part > 290 ? 290 - offset : part);
                }

                hash.Finish(digest, 4);
                IsSame(whole, digest, 4);
            }

            Assert.AreEqual(0, digest[3] | digest[36]);
        }

        [TestMethod]
        public static void Reset_ForgetsWhatWasTakenIn()
        {
            Sha256 hash = new Sha256();
            hash.Update(new byte[100], 0, 100);
            hash.Reset();
            byte[] digest = new byte[32];
            hash.Finish(digest, 0);
            IsSame(Sha256.Hash(new byte[0], 0, 0), digest, 0);
        }

        [TestMethod]
        public static void PartsOutsideTheArray_AreRefused()
        {
            Sha256 hash = new Sha256();
            Assert.ThrowsException(typeof(ArgumentException), () => hash.Update(new byte[4], 2, 3));
            Assert.ThrowsException(typeof(ArgumentException), () => hash.Update(new byte[4], -1, 2));
            Assert.ThrowsException(typeof(ArgumentException), () => hash.Update(null, 0, 0));
        }

        private static void AreEqual(string expected, byte[] message)
        {
            IsSame(Rfc8554.Bytes(expected), Sha256.Hash(message, 0, message.Length), 0);
        }

        private static void IsSame(byte[] expected, byte[] actual, int offset)
        {
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.AreEqual((int)expected[i], (int)actual[offset + i]);
            }
        }
    }
}
