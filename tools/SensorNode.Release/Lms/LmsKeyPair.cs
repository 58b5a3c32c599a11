using System.Buffers.Binary;
using System.Security.Cryptography;
using SensorNode.Crypto;

namespace SensorNode.Release.Lms;

/// <summary>One LMS tree with its secret: the public key and the signatures of its leaves (RFC 8554, sections 4 and 5; secrets by appendix A).</summary>
/// <remarks>
/// Knows no state: whoever calls <see cref="Sign"/> twice for one leaf and two messages gives the key away. SigningKey keeps count.
/// The tree is computed on first need: H10 with W4 is about a million hashes, with W8 nine million.
/// </remarks>
public sealed class LmsKeyPair
{
    private readonly byte[] _id;
    private readonly byte[] _seed;
    private readonly int _digitBits;
    private readonly int _chains;
    private readonly Lazy<byte[][]> _nodes;

    /// <summary>Takes a key pair's secret.</summary>
    /// <param name="treeType">LMS type, 5 (H5) to 9 (H25).</param>
    /// <param name="oneTimeType">LM-OTS type, 1 (W1) to 4 (W8).</param>
    /// <param name="id">I, 16 random bytes.</param>
    /// <param name="seed">SEED, 32 secret random bytes.</param>
    /// <exception cref="ArgumentException">A type is not known or a length is wrong.</exception>
    public LmsKeyPair(int treeType, int oneTimeType, byte[] id, byte[] seed)
    {
        if (LmsParameters.SignatureBytes(treeType, oneTimeType) == 0 || id.Length != LmsParameters.IdBytes || seed.Length != LmsParameters.HashBytes)
        {
            throw new ArgumentException($"no key pair of types {treeType} and {oneTimeType} with {id.Length} and {seed.Length} bytes");
        }

        TreeType = treeType;
        OneTimeType = oneTimeType;
        Leaves = 1 << LmsParameters.Height(treeType);
        _id = [.. id];
        _seed = [.. seed];
        _digitBits = LmsParameters.DigitBits(oneTimeType);
        _chains = LmsParameters.Chains(_digitBits);
        _nodes = new(ComputeNodes);
    }

    /// <summary>LMS type.</summary>
    public int TreeType { get; }

    /// <summary>LM-OTS type.</summary>
    public int OneTimeType { get; }

    /// <summary>How many signatures there are in all.</summary>
    public int Leaves { get; }

    /// <summary>I.</summary>
    public ReadOnlySpan<byte> Id => _id;

    /// <summary>The public key of the tree, 56 bytes.</summary>
    public byte[] TreeKey() => [.. Big(TreeType), .. Big(OneTimeType), .. _id, .. _nodes.Value[1]];

    /// <summary>The signature of one leaf over a message.</summary>
    /// <param name="leaf">Index, 0 to Leaves - 1. Must never be used for a second message.</param>
    /// <param name="random">C, 32 bytes, new and random for each signature.</param>
    /// <param name="message">What is signed.</param>
    public byte[] Sign(int leaf, byte[] random, byte[] message)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leaf);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(leaf, Leaves);
        ArgumentOutOfRangeException.ThrowIfNotEqual(random.Length, LmsParameters.HashBytes);
        byte[] digest = SHA256.HashData([.. Prefix(leaf, 0x8181), .. random, .. message]);
        byte[] signature = new byte[LmsParameters.SignatureBytes(TreeType, OneTimeType)];
        Span<byte> rest = signature;
        Put(ref rest, Big(leaf));
        Put(ref rest, Big(OneTimeType));
        Put(ref rest, random);
        int[] digits = Digits(digest);
        for (int chain = 0; chain < _chains; chain++)
        {
            byte[] value = Secret(leaf, chain);
            Walk(leaf, chain, value, digits[chain]);
            Put(ref rest, value);
        }

        Put(ref rest, Big(TreeType));
        for (int node = leaf + Leaves; node > 1; node >>= 1)
        {
            Put(ref rest, _nodes.Value[node ^ 1]);
        }

        return signature;
    }

    /// <summary>The digits of a digest and of their checksum (RFC 8554, sections 3.1.3 and 4.4).</summary>
    private int[] Digits(byte[] digest)
    {
        int last = (1 << _digitBits) - 1;
        int ofDigest = 256 / _digitBits;
        int[] digits = new int[_chains];
        int sum = 0;
        for (int i = 0; i < ofDigest; i++)
        {
            int bit = i * _digitBits;
            digits[i] = (digest[bit / 8] >> (8 - _digitBits - (bit % 8))) & last;
            sum += last - digits[i];
        }

        sum <<= LmsParameters.ChecksumShift(_digitBits);
        for (int i = ofDigest; i < _chains; i++)
        {
            digits[i] = (sum >> (16 - ((i - ofDigest + 1) * _digitBits))) & last;
        }

        return digits;
    }

    private byte[][] ComputeNodes()
    {
        var nodes = new byte[2 * Leaves][];
        Parallel.For(0, Leaves, leaf => nodes[Leaves + leaf] = SHA256.HashData([.. Prefix(Leaves + leaf, 0x8282), .. OneTimeKey(leaf)]));
        for (int node = Leaves - 1; node > 0; node--)
        {
            nodes[node] = SHA256.HashData([.. Prefix(node, 0x8383), .. nodes[2 * node], .. nodes[(2 * node) + 1]]);
        }

        return nodes;
    }

    private byte[] OneTimeKey(int leaf)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Prefix(leaf, 0x8080));
        for (int chain = 0; chain < _chains; chain++)
        {
            byte[] value = Secret(leaf, chain);
            Walk(leaf, chain, value, (1 << _digitBits) - 1);
            hash.AppendData(value);
        }

        return hash.GetHashAndReset();
    }

    private byte[] Secret(int leaf, int chain) => SHA256.HashData([.. Prefix(leaf, chain), 0xFF, .. _seed]);

    private void Walk(int leaf, int chain, byte[] value, int steps)
    {
        Span<byte> text = stackalloc byte[LmsParameters.IdBytes + 4 + 2 + 1 + LmsParameters.HashBytes];
        Prefix(leaf, chain).CopyTo(text);
        value.CopyTo(text[23..]);
        for (int j = 0; j < steps; j++)
        {
            text[22] = (byte)j;
            SHA256.HashData(text, text[23..]);
        }

        text[23..].CopyTo(value);
    }

    private byte[] Prefix(int number, int kind) => [.. _id, .. Big(number), (byte)(kind >> 8), (byte)kind];

    private static byte[] Big(int number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    private static void Put(ref Span<byte> rest, byte[] bytes)
    {
        bytes.CopyTo(rest);
        rest = rest[bytes.Length..];
    }
}
