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

        /// <summary>Blocks that the journal and the application slots share.</summary>
        public const int SharedBlocks = 36;

        /// <summary>Longest application slot, in bytes: eight blocks less the 44 bytes that LittleFS keeps in them.</summary>
        public const int SlotSizeBytesMax = 32724;

        /// <summary>Longest file in one block.</summary>
        public const int BlockSizeBytes = 4096;

        /// <summary>Rows of the table. From <see cref="PassingRow"/> on they are in use for a while only.</summary>
        public const int RowCount = 8;

        /// <summary>First row of what is in use for a while only.</summary>
        public const int PassingRow = 6;

        private static readonly byte[] s_blocks = { SharedBlocks, 10, 1, 2, 1, 2, 1, 3 };

        /// <summary>Blocks of a row: journal and application slots, directory, configuration, certificates, baseline, model, release head, copies.</summary>
        public static int Blocks(int row)
        {
            return s_blocks[row];
        }
    }
}
