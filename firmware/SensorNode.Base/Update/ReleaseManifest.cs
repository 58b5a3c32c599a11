namespace SensorNode.Update
{
    /// <summary>What a release says of itself: the signed part, parsed. The bytes are described in firmware/docs/update.md.</summary>
    /// <remarks>Keeps the array that was parsed and reads chunk digests and platform assemblies from it; do not change it meanwhile.</remarks>
    public sealed class ReleaseManifest
    {
        /// <summary>Kind: an application assembly.</summary>
        public const int Application = 1;

        /// <summary>Kind: a model of the detector.</summary>
        public const int Model = 2;

        /// <summary>Class: new or better functions.</summary>
        public const int Feature = 1;

        /// <summary>Class: closes a hole; may not be deferred for long.</summary>
        public const int Security = 2;

        public string Product;
        public string Board;

        /// <summary><see cref="Application"/> or <see cref="Model"/>.</summary>
        public int Kind;

        /// <summary><see cref="Feature"/> or <see cref="Security"/>.</summary>
        public int Class;

        /// <summary>Major, minor, build, revision: 16 bits each, major in the highest.</summary>
        public long Version;

        /// <summary>0 to 2^31 - 1; a node takes no lower one than it has confirmed.</summary>
        public int SecurityCounter;

        /// <summary>Lowest version of SensorNode.Base that the payload runs on, as <see cref="Version"/>.</summary>
        public long BaseVersion;

        /// <summary>Bytes.</summary>
        public int PayloadBytes;

        /// <summary>Bytes of each chunk but the last.</summary>
        public int ChunkBytes;

        /// <summary>How many chunks.</summary>
        public int Chunks;

        /// <summary>How many platform assemblies are named.</summary>
        public int Assemblies;

        internal byte[] Bytes;
        internal int Offset;
        internal int AssembliesOffset;
        internal int DigestsOffset;

        /// <summary>Bytes of the signed part, from where it was parsed.</summary>
        public int ManifestBytes { get; internal set; }

        /// <summary>Whether a SHA-256 is that of a chunk.</summary>
        /// <param name="chunk">0 to Chunks - 1; any other number is no chunk.</param>
        /// <param name="digest">32 bytes.</param>
        public bool IsChunkDigest(int chunk, byte[] digest)
        {
            return chunk >= 0 && chunk < Chunks && IsEqual(digest, DigestsOffset + 32 * chunk, 32);
        }

        /// <summary>Whether a SHA-256 is that of the whole payload.</summary>
        public bool IsPayloadDigest(byte[] digest)
        {
            return IsEqual(digest, Offset + ReleaseParser.PayloadDigestOffset, 32);
        }

        /// <summary>Whether a key is the one that the release names: the first 16 bytes of its SHA-256.</summary>
        public bool IsKeyId(byte[] digest)
        {
            return IsEqual(digest, Offset + ReleaseParser.KeyIdOffset, 16);
        }

        /// <summary>Bytes of a chunk; 0 if there is none of that number.</summary>
        public int BytesOfChunk(int chunk)
        {
            return chunk < 0 || chunk >= Chunks ? 0 : chunk == Chunks - 1 ? PayloadBytes - ChunkBytes * (Chunks - 1) : ChunkBytes;
        }

        /// <summary>One platform assembly that the payload was built against.</summary>
        /// <param name="index">0 to Assemblies - 1.</param>
        /// <param name="version">As <see cref="Version"/>.</param>
        /// <param name="checksum">Native checksum; 0: it has no native part.</param>
        /// <returns>Its name; null if there is none of that index.</returns>
        public string AssemblyAt(int index, out long version, out int checksum)
        {
            version = 0;
            checksum = 0;
            if (index < 0 || index >= Assemblies)
            {
                return null;
            }

            int offset = AssembliesOffset;
            while (index-- > 0)
            {
                offset += 1 + Bytes[offset] + 12;
            }

            int length = Bytes[offset];
            version = ReleaseParser.Version(Bytes, offset + 1 + length);
            checksum = Storage.ByteOrder.GetInt32(Bytes, offset + 1 + length + 8);
            return ReleaseParser.Name(Bytes, offset + 1, length);
        }

        private bool IsEqual(byte[] digest, int offset, int count)
        {
            if (digest == null || digest.Length < count)
            {
                return false;
            }

            int difference = 0;
            for (int i = 0; i < count; i++)
            {
                difference |= digest[i] ^ Bytes[offset + i];
            }

            return difference == 0;
        }
    }
}
