using System;

namespace SensorNode.Crypto
{
    /// <summary>Checks signatures of one LMS tree (RFC 8554, sections 4.6 and 5.4.2).</summary>
    /// <remarks>
    /// Any bytes give a verdict, no bytes an exception. Lengths must be exact.
    /// Cost:   bench, lms.verify.il: with 4-bit digits about 530 hash steps, with 8-bit digits about 4,300.
    /// Memory: about 900 bytes for an object, nothing allocated by Verify. Not for several threads at a time.
    /// </remarks>
    public sealed class LmsVerifier
    {
        // What stands at offset 20 of each hashed text, so that no hash can pass for one of another kind (RFC 8554, section 4.5 and 5.3).
        private const int OfPublicKey = 0x8080;
        private const int OfMessage = 0x8181;
        private const int OfLeaf = 0x8282;
        private const int OfNode = 0x8383;

        private readonly Sha256 _hash = new Sha256();
        private readonly WinternitzChain _chain = new WinternitzChain();
        private readonly byte[] _prefix = new byte[LmsParameters.IdBytes + 6];
        private readonly byte[] _digits = new byte[LmsParameters.HashBytes + 2];
        private readonly byte[] _node = new byte[LmsParameters.HashBytes];
        private readonly uint[] _value = new uint[8];

        /// <summary>Checks one signature.</summary>
        /// <param name="key">56 bytes: type, one-time type, I, root.</param>
        /// <param name="keyOffset">Where it begins.</param>
        /// <param name="keyCount">Its bytes.</param>
        /// <param name="message">What was signed.</param>
        /// <param name="messageOffset">Where it begins.</param>
        /// <param name="messageCount">Its bytes.</param>
        /// <param name="signature">Leaf number, one-time signature, type, path.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="count">Its bytes.</param>
        public SignatureStatus Verify(
            byte[] key, int keyOffset, int keyCount, byte[] message, int messageOffset, int messageCount, byte[] signature, int offset, int count)
        {
            if (!IsWithin(key, keyOffset, keyCount) || keyCount != LmsParameters.TreeKeyBytes)
            {
                return SignatureStatus.BadKey;
            }

            int treeType = (int)Sha256.GetWord(key, keyOffset);
            int oneTimeType = (int)Sha256.GetWord(key, keyOffset + 4);
            int expected = LmsParameters.SignatureBytes(treeType, oneTimeType);
            if (expected == 0)
            {
                return SignatureStatus.BadKey;
            }

            int height = LmsParameters.Height(treeType);
            int pathOffset = offset + expected - height * LmsParameters.HashBytes;
            if (!IsWithin(message, messageOffset, messageCount) || !IsWithin(signature, offset, count) || count != expected ||
                Sha256.GetWord(signature, offset + 4) != (uint)oneTimeType || Sha256.GetWord(signature, pathOffset - 4) != (uint)treeType ||
                Sha256.GetWord(signature, offset) >= 1u << height)
            {
                return SignatureStatus.BadForm;
            }

            int leaf = (int)Sha256.GetWord(signature, offset);
            Array.Copy(key, keyOffset + 8, _prefix, 0, LmsParameters.IdBytes);
            Digits(leaf, LmsParameters.DigitBits(oneTimeType), message, messageOffset, messageCount, signature, offset + 8);
            OneTimeKey(leaf, LmsParameters.DigitBits(oneTimeType), signature, offset + 8 + LmsParameters.HashBytes);
            Climb(leaf + (1 << height), signature, pathOffset);
            return IsEqual(_node, key, keyOffset + 24) ? SignatureStatus.Valid : SignatureStatus.Mismatch;
        }

        internal static bool IsWithin(byte[] bytes, int offset, int count)
        {
            return bytes != null && offset >= 0 && count >= 0 && count <= bytes.Length - offset;
        }

        // Always 32 steps: how long it takes says nothing about where the first difference is.
        private static bool IsEqual(byte[] node, byte[] key, int offset)
        {
            int difference = 0;
            for (int i = 0; i < LmsParameters.HashBytes; i++)
            {
                difference |= node[i] ^ key[offset + i];
            }

            return difference == 0;
        }

        private void Start(int number, int kind)
        {
            Sha256.PutWord(_prefix, LmsParameters.IdBytes, (uint)number);
            _prefix[LmsParameters.IdBytes + 4] = (byte)(kind >> 8);
            _prefix[LmsParameters.IdBytes + 5] = (byte)kind;
            _hash.Reset();
            _hash.Update(_prefix, 0, _prefix.Length);
        }

        /// <summary>Hashes the message with the signature's C and puts the checksum behind (RFC 8554, sections 4.4 and 4.5).</summary>
        private void Digits(int leaf, int digitBits, byte[] message, int messageOffset, int messageCount, byte[] signature, int randomOffset)
        {
            Start(leaf, OfMessage);
            _hash.Update(signature, randomOffset, LmsParameters.HashBytes);
            _hash.Update(message, messageOffset, messageCount);
            byte[] digits = _digits;
            _hash.Finish(digits, 0);
            int mask = (1 << digitBits) - 1;
            int sum = 0;
            for (int i = 0; i < LmsParameters.HashBytes; i++)
            {
                for (int shift = 8 - digitBits; shift >= 0; shift -= digitBits)
                {
                    sum += mask - (digits[i] >> shift & mask);
                }
            }

            sum <<= LmsParameters.ChecksumShift(digitBits);
            digits[LmsParameters.HashBytes] = (byte)(sum >> 8);
            digits[LmsParameters.HashBytes + 1] = (byte)sum;
        }

        /// <summary>Goes each chain to its end and hashes the ends: the one-time public key that the signature leads to, into _node.</summary>
        private void OneTimeKey(int leaf, int digitBits, byte[] signature, int offset)
        {
            Start(leaf, OfPublicKey);
            _chain.Begin(_prefix, 0, leaf);
            int chains = LmsParameters.Chains(digitBits);
            int last = (1 << digitBits) - 1;
            uint[] value = _value;
            byte[] digits = _digits;
            for (int chain = 0; chain < chains; chain++)
            {
                for (int i = 0; i < 8; i++, offset += 4)
                {
                    value[i] = (uint)(signature[offset] << 24 | signature[offset + 1] << 16 | signature[offset + 2] << 8 | signature[offset + 3]);
                }

                int bit = chain * digitBits;
                _chain.Run(value, chain, digits[bit >> 3] >> 8 - digitBits - (bit & 7) & last, last);
                for (int i = 0; i < 8; i++)
                {
                    Sha256.PutWord(_node, 4 * i, value[i]);
                }

                _hash.Update(_node, 0, LmsParameters.HashBytes);
            }

            _hash.Finish(_node, 0);
        }

        /// <summary>From the one-time key in _node up to the root, into _node.</summary>
        private void Climb(int number, byte[] signature, int pathOffset)
        {
            Start(number, OfLeaf);
            _hash.Update(_node, 0, LmsParameters.HashBytes);
            _hash.Finish(_node, 0);
            for (; number > 1; number >>= 1, pathOffset += LmsParameters.HashBytes)
            {
                Start(number >> 1, OfNode);
                if ((number & 1) == 0)
                {
                    _hash.Update(_node, 0, LmsParameters.HashBytes);
                    _hash.Update(signature, pathOffset, LmsParameters.HashBytes);
                }
                else
                {
                    _hash.Update(signature, pathOffset, LmsParameters.HashBytes);
                    _hash.Update(_node, 0, LmsParameters.HashBytes);
                }

                _hash.Finish(_node, 0);
            }
        }
    }
}
