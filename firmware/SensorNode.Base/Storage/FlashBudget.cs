namespace SensorNode.Storage
{
    /// <summary>Who may use how many blocks of drive I:\ on a board with 4 MB of flash. The table in firmware/docs/storage.md is this one.</summary>
    /// <remarks>
    /// Blocks are of 4 KB. A file of up to 512 bytes lies in its directory and takes none; a longer one takes whole blocks. tests/Simulation/FlashFilesTests.cs holds the rows
    /// against the files that nodes make. LittleFS may need up to three pairs more for its directory: firmware/docs/storage.md.
    /// </remarks>
    public static class FlashBudget
    {
        /// <summary>Blocks of the drive.</summary>
        public const int BlockCount = 64;

        /// <summary>Blocks that stay free while nothing is delivered, learned or deployed: they take part in wear levelling.</summary>
        public const int FreeBlocksMin = 12;

        /// <summary>Blocks that stay free when all of that happens at once.</summary>
        public const int FreeBlocksAtWorst = 8;

        /// <summary>26 journal segments and two application slots of eight: together no more than this, see <see cref="Journal.SegmentsAllowed"/>.</summary>
        public const int SharedBlocks = 36;

        /// <summary>Five metadata pairs.</summary>
        public const int DirectoryBlocks = 10;

        /// <summary>node.conf.</summary>
        public const int ConfigurationBlocks = 1;

        /// <summary>CA and client certificate.</summary>
        public const int CertificateBlocks = 2;

        /// <summary>The one in force.</summary>
        public const int BaselineBlocks = 1;

        /// <summary>Two slots.</summary>
        public const int ModelBlocks = 2;

        /// <summary>For a while.</summary>
        public const int ReleaseHeadBlocks = 1;

        /// <summary>For a while: a baseline, a node.conf and a block being written.</summary>
        public const int CopyBlocks = 3;

        /// <summary>Name of an application slot's file: this and the slot's number.</summary>
        public const string ApplicationFile = "app-";

        /// <summary>Longest application slot, in bytes: eight blocks less the 44 bytes that LittleFS keeps in them.</summary>
        public const int SlotSizeBytesMax = 32724;

        /// <summary>Longest file in one block.</summary>
        public const int BlockSizeBytes = 4096;
    }
}
