using SensorNode.Storage;

namespace SensorNode.Update
{
    /// <summary>Reads a release's manifest and finds its signature. Any bytes give a result or a reason, none an exception. Format: firmware/docs/update.md.</summary>
    /// <remarks>Parsing says nothing about trust: verify the signature over the manifest's bytes before any field is acted upon.</remarks>
    public static class ReleaseParser
    {
        /// <summary>Signature algorithm: HSS/LMS with SHA-256 (RFC 8554).</summary>
        public const int AlgorithmHss = 1;

        /// <summary>Largest payload that the format knows. A node takes less: FlashBudget.SlotSizeBytesMax, <see cref="UpdateLimits.ModelBytesMax"/>.</summary>
        public const int PayloadBytesMax = 49152;

        public const int ChunkBytesMin = 256;
        public const int ChunkBytesMax = 3072;

        /// <summary>Largest manifest.</summary>
        public const int ManifestBytesMax = 4096;

        internal const int FixedBytes = 120;
        internal const int PayloadDigestOffset = 72;
        internal const int KeyIdOffset = 104;

        private const int NameBytes = 16;

        /// <summary>Reads a manifest.</summary>
        /// <param name="bytes">Kept by the manifest; its signature and payload may follow in the same array.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="count">Bytes from there on that may belong to it.</param>
        /// <param name="into">Filled if the result is true, else of no meaning.</param>
        /// <param name="error">What is wrong, None if nothing is.</param>
        public static bool TryParse(byte[] bytes, int offset, int count, ReleaseManifest into, out ReleaseError error)
        {
            error = Parse(bytes, offset, count, into);
            return error == ReleaseError.None;
        }

        /// <summary>Finds the signature of one algorithm among those behind a manifest.</summary>
        /// <param name="bytes">The release.</param>
        /// <param name="offset">Where the manifest ends: number of signatures, then algorithm, length and bytes of each.</param>
        /// <param name="count">Bytes from there on.</param>
        /// <param name="algorithm">Such as <see cref="AlgorithmHss"/>; the first one counts.</param>
        /// <param name="signatureOffset">Where its bytes begin.</param>
        /// <param name="signatureBytes">How many they are.</param>
        /// <param name="end">Where the last signature ends and the payload begins; offset if the block is damaged.</param>
        /// <returns>False: there is none, or the block is damaged.</returns>
        public static bool TryFindSignature(byte[] bytes, int offset, int count, int algorithm, out int signatureOffset, out int signatureBytes, out int end)
        {
            signatureOffset = 0;
            signatureBytes = 0;
            end = offset;
            if (bytes == null || offset < 0 || count < 1 || count > bytes.Length - offset)
            {
                return false;
            }

            int limit = offset + count;
            int signatures = bytes[offset];
            int position = offset + 1;
            bool isFound = false;
            for (int i = 0; i < signatures; i++)
            {
                if (limit - position < 4)
                {
                    return false;
                }

                int length = ByteOrder.GetInt16(bytes, position + 2) & 0xFFFF;
                if (length > limit - position - 4)
                {
                    return false;
                }

                if (!isFound && (ByteOrder.GetInt16(bytes, position) & 0xFFFF) == algorithm)
                {
                    isFound = true;
                    signatureOffset = position + 4;
                    signatureBytes = length;
                }

                position += 4 + length;
            }

            end = position;
            return isFound;
        }

        /// <summary>A version of four 16-bit numbers, least significant byte first each, as one number that compares.</summary>
        internal static long Version(byte[] bytes, int offset)
        {
            long version = 0;
            for (int i = 0; i < 4; i++)
            {
                version = version << 16 | (uint)(ByteOrder.GetInt16(bytes, offset + 2 * i) & 0xFFFF);
            }

            return version;
        }

        /// <summary>A name; null if it is empty, or has characters other than letters, digits, '.', '-' and '_', or anything behind its zeros.</summary>
        internal static string Name(byte[] bytes, int offset, int count)
        {
            char[] characters = new char[count];
            int length = 0;
            while (length < count && bytes[offset + length] != 0)
            {
                char c = (char)bytes[offset + length];
                if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_'))
                {
                    return null;
                }

                characters[length++] = c;
            }

            for (int i = length; i < count; i++)
            {
                if (bytes[offset + i] != 0)
                {
                    return null;
                }
            }

            return length == 0 ? null : new string(characters, 0, length);
        }

        private static ReleaseError Parse(byte[] bytes, int offset, int count, ReleaseManifest into)
        {
            if (bytes == null || offset < 0 || count < FixedBytes || count > bytes.Length - offset)
            {
                return ReleaseError.TooShort;
            }

            if (bytes[offset] != 'S' || bytes[offset + 1] != 'N' || bytes[offset + 2] != 'R' || bytes[offset + 3] != 'L')
            {
                return ReleaseError.NotARelease;
            }

            if (ByteOrder.GetInt16(bytes, offset + 4) != 1)
            {
                return ReleaseError.UnknownFormat;
            }

            int total = ByteOrder.GetInt16(bytes, offset + 6) & 0xFFFF;
            if (total > count || total < FixedBytes)
            {
                return ReleaseError.TooShort;
            }

            into.Bytes = bytes;
            into.Offset = offset;
            into.ManifestBytes = total;
            into.Product = Name(bytes, offset + 8, NameBytes);
            into.Board = Name(bytes, offset + 24, NameBytes);
            into.Kind = bytes[offset + 40];
            into.Class = bytes[offset + 41];
            into.Version = Version(bytes, offset + 44);
            into.SecurityCounter = ByteOrder.GetInt32(bytes, offset + 52);
            into.BaseVersion = Version(bytes, offset + 56);
            into.PayloadBytes = ByteOrder.GetInt32(bytes, offset + 64);
            into.ChunkBytes = ByteOrder.GetInt16(bytes, offset + 68) & 0xFFFF;
            into.Assemblies = bytes[offset + 70];
            if (into.Product == null || into.Board == null)
            {
                return ReleaseError.BadName;
            }

            if (into.Kind < 1 || into.Kind > 2 || into.Class < 1 || into.Class > 2)
            {
                return ReleaseError.BadKind;
            }

            if (into.PayloadBytes < 1 || into.PayloadBytes > PayloadBytesMax || into.ChunkBytes < ChunkBytesMin || into.ChunkBytes > ChunkBytesMax || total > ManifestBytesMax)
            {
                return ReleaseError.BadSize;
            }

            if (bytes[offset + 42] != 0 || bytes[offset + 43] != 0 || bytes[offset + 71] != 0 ||
                into.SecurityCounter < 0 || into.Version < 0 || into.BaseVersion < 0)
            {
                return ReleaseError.BadLayout;
            }

            into.Chunks = (into.PayloadBytes + into.ChunkBytes - 1) / into.ChunkBytes;
            return ParseLists(bytes, offset + FixedBytes, offset + total, into);
        }

        private static ReleaseError ParseLists(byte[] bytes, int position, int end, ReleaseManifest into)
        {
            into.AssembliesOffset = position;
            for (int i = 0; i < into.Assemblies; i++)
            {
                if (position >= end || end - position < 1 + bytes[position] + 12)
                {
                    return ReleaseError.TooShort;
                }

                if (Name(bytes, position + 1, bytes[position]) == null || bytes[position + bytes[position]] == 0)
                {
                    return ReleaseError.BadName;
                }

                position += 1 + bytes[position] + 12;
            }

            into.DigestsOffset = position;
            int digestBytes = 32 * into.Chunks;
            return end - position < digestBytes ? ReleaseError.TooShort : end - position > digestBytes ? ReleaseError.BadLayout : ReleaseError.None;
        }
    }
}
