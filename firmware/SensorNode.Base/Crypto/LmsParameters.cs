namespace SensorNode.Crypto
{
    /// <summary>The parameter sets of RFC 8554 with SHA-256 and 32 bytes (sections 4.1 and 5.1), and the sizes that follow from them.</summary>
    public static class LmsParameters
    {
        /// <summary>Bytes of a hash, n and m in the RFC.</summary>
        public const int HashBytes = 32;

        /// <summary>Bytes of the identifier I of a key pair.</summary>
        public const int IdBytes = 16;

        /// <summary>Bytes of the public key of one tree: type, one-time type, I, root.</summary>
        public const int TreeKeyBytes = 4 + 4 + IdBytes + HashBytes;

        /// <summary>Bytes of a public key of HSS: number of levels and the key of the uppermost tree.</summary>
        public const int PublicKeyBytes = 4 + TreeKeyBytes;

        /// <summary>Most levels of trees (RFC 8554, section 6).</summary>
        public const int LevelsMax = 8;

        /// <summary>Height of a tree by its type: 5 to 9 are LMS_SHA256_M32_H5, H10, H15, H20 and H25. 0: not one of them.</summary>
        public static int Height(int treeType)
        {
            return treeType >= 5 && treeType <= 9 ? 5 * (treeType - 4) : 0;
        }

        /// <summary>Bits of a Winternitz digit by the one-time type: 1 to 4 are LMOTS_SHA256_N32_W1, W2, W4 and W8. 0: not one of them.</summary>
        public static int DigitBits(int oneTimeType)
        {
            return oneTimeType >= 1 && oneTimeType <= 4 ? 1 << (oneTimeType - 1) : 0;
        }

        /// <summary>Number of hash chains, p in the RFC; digitBits is 1, 2, 4 or 8.</summary>
        public static int Chains(int digitBits)
        {
            return digitBits == 1 ? 265 : digitBits == 2 ? 133 : digitBits == 4 ? 67 : 34;
        }

        /// <summary>How far the checksum is shifted left, ls in the RFC.</summary>
        public static int ChecksumShift(int digitBits)
        {
            return digitBits == 1 ? 7 : digitBits == 2 ? 6 : digitBits == 4 ? 4 : 0;
        }

        /// <summary>Bytes of a signature of one tree: leaf, one-time signature (type, C, chains), type, path. 0: no such types.</summary>
        public static int SignatureBytes(int treeType, int oneTimeType)
        {
            int height = Height(treeType);
            int digitBits = DigitBits(oneTimeType);
            return height == 0 || digitBits == 0 ? 0 : 4 + 4 + HashBytes * (1 + Chains(digitBits)) + 4 + HashBytes * height;
        }
    }
}
