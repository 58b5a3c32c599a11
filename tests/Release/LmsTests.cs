using SensorNode.Crypto;
using SensorNode.Crypto.Tests;
using SensorNode.Release.Lms;
using Xunit;

namespace SensorNode.Release.Tests;

/// <summary>The host's signer and the node's verifier, written apart from each other, against RFC 8554 and against each other.</summary>
public class LmsTests
{
    // RFC 8554, appendix F, test case 2: the private keys.
    private static readonly LmsKeyPair s_upper = new(6, 3, Hex("d08fabd4a2091ff0a8cb4ed834e74534"), Hex("558b8966c48ae9cb898b423c83443aae014a72f1b1ab5cc85cf1d892903b5439"));
    private static readonly LmsKeyPair s_lower = new(5, 4, Hex("215f83b7ccb9acbcd08db97b0d04dc2b"), Hex("a1c4696e2608035a886100d05cd99945eb3370731884a8235e2fb3d4d71f2547"));

    [Fact]
    public void TestCase2_IsMadeFromItsPrivateKeys()
    {
        byte[] upper = s_upper.Sign(3, Hex("3d46bee8660f8f215d3f96408a7a64cf1c4da02b63a55f62c666ef5707a914ce"), s_lower.TreeKey());
        byte[] lower = s_lower.Sign(4, Hex("0eb1ed54a2460d512388cad533138d240534e97b1e82d33bd927d201dfc24ebb"), Rfc8554.Ascii(Rfc8554.Message2));

        Assert.Equal(Rfc8554.Key2, Convert.ToHexStringLower([0, 0, 0, 2, .. s_upper.TreeKey()]));
        Assert.Equal(Rfc8554.Signature2, Convert.ToHexStringLower([0, 0, 0, 1, .. upper, .. s_lower.TreeKey(), .. lower]));
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(5, 2)]
    [InlineData(5, 3)]
    [InlineData(5, 4)]
    [InlineData(6, 3)]
    [InlineData(7, 1)]
    public void EveryParameterSet_IsSignedAndVerified(int treeType, int oneTimeType)
    {
        var random = new Random(treeType + (10 * oneTimeType));
        var pair = new LmsKeyPair(treeType, oneTimeType, Bytes(random, 16), Bytes(random, 32));
        byte[] key = pair.TreeKey();
        var verifier = new LmsVerifier();
        foreach (int leaf in new[] { 0, 1, pair.Leaves / 3, pair.Leaves - 1 })
        {
            byte[] message = Bytes(random, random.Next(300));
            byte[] signature = pair.Sign(leaf, Bytes(random, 32), message);
            Assert.Equal(SignatureStatus.Valid, verifier.Verify(key, 0, key.Length, message, 0, message.Length, signature, 0, signature.Length));

            // At another place in a longer array as well; and not for another message.
            byte[] all = [7, .. key, .. message, .. signature, 9];
            Assert.Equal(SignatureStatus.Valid, verifier.Verify(all, 1, 56, all, 57, message.Length, all, 57 + message.Length, signature.Length));
            Assert.Equal(SignatureStatus.Mismatch, verifier.Verify(all, 1, 56, all, 57, message.Length + 1, all, 57 + message.Length, signature.Length));
        }
    }

    /// <summary>All 21,024 bits of an H10/W4 signature with its key and message; of a two-level one (case 1) one bit a byte, or all 22,928 with SENSORNODE_LMS_ALL_BITS=1.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EverySingleBit_OfSignatureKeyAndMessage_Counts(bool isTwoLevels)
    {
        byte[] key = isTwoLevels ? Hex(Rfc8554.Key1) : [0, 0, 0, 1, .. s_upper.TreeKey()];
        byte[] message = isTwoLevels ? Rfc8554.Ascii(Rfc8554.Message1) : s_lower.TreeKey();
        byte[] signature = isTwoLevels ? Hex(Rfc8554.Signature1) : [0, 0, 0, 0, .. Hex(Rfc8554.Signature2)[4..2512]];
        byte[] all = [.. key, .. message, .. signature];
        bool isAll = !isTwoLevels || Environment.GetEnvironmentVariable("SENSORNODE_LMS_ALL_BITS") == "1";
        int passed = 0;
        int tried = 0;
        Parallel.For(0, all.Length, () => (all.ToArray(), new HssVerifier()), (index, _, own) =>
        {
            for (int bit = isAll ? 0 : index % 8; bit < (isAll ? 8 : (index % 8) + 1); bit++)
            {
                own.Item1[index] ^= (byte)(1 << bit);
                SignatureStatus status = Check(own.Item2, own.Item1, message.Length);
                own.Item1[index] ^= (byte)(1 << bit);
                Interlocked.Increment(ref tried);
                if (status is not (SignatureStatus.BadKey or SignatureStatus.BadForm or SignatureStatus.Mismatch))
                {
                    Interlocked.Increment(ref passed);
                }
            }

            return own;
        }, _ => { });

        Assert.Equal(SignatureStatus.Valid, Check(new HssVerifier(), all, message.Length));
        Assert.Equal((0, isAll ? 8 * all.Length : all.Length), (passed, tried));
    }

    [Fact]
    public void AnyBytes_GiveAVerdict()
    {
        var random = new Random(8554);
        var verifier = new HssVerifier();
        byte[] good = Hex(Rfc8554.Signature2);
        for (int n = 0; n < 20000; n++)
        {
            byte[] key = random.Next(2) == 0 ? Hex(Rfc8554.Key2) : Bytes(random, random.Next(70));
            byte[] signature = random.Next(2) == 0 ? good[..random.Next(good.Length)] : Bytes(random, random.Next(400));
            if (key.Length > 12 && random.Next(2) == 0)
            {
                // Numbers of levels, types and leaves that are nearly right.
                foreach (int offset in new[] { 3, 7, 11 })
                {
                    key[offset] = (byte)random.Next(10);
                }

                key[0] = key[1] = key[2] = key[4] = key[5] = key[6] = key[8] = key[9] = key[10] = 0;
            }

            int offsetGiven = random.Next(-2, 3);
            SignatureStatus status = verifier.Verify(key, 0, key.Length, key, 0, key.Length, signature, offsetGiven, signature.Length + random.Next(-3, 3));
            Assert.NotEqual(SignatureStatus.Valid, status);
            Assert.True(Enum.IsDefined(status));
        }
    }

    private static SignatureStatus Check(HssVerifier verifier, byte[] all, int messageBytes) =>
        verifier.Verify(all, 0, 60, all, 60, messageBytes, all, 60 + messageBytes, all.Length - 60 - messageBytes);

    private static byte[] Hex(string text) => Convert.FromHexString(text);

    private static byte[] Bytes(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
