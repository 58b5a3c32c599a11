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
        public const int FreeBlocksMin = 6;

        /// <summary>Blocks that stay free when all of that happens at once.</summary>
        public const int FreeBlocksAtWorst = 2;

        /// <summary>Longest application slot, in bytes: eight blocks less the 44 bytes that LittleFS keeps in them.</summary>
        public const int SlotSizeBytesMax = 32724;

        /// <summary>Longest file in one block.</summary>
        public const int BlockSizeBytes = 4096;

        /// <summary>Rows of the table. From <see cref="PassingRow"/> on they are in use for a while only.</summary>
        public const int RowCount = 9;

        /// <summary>First row of what is in use for a while only.</summary>
        public const int PassingRow = 7;

        /// <summary>What a row is for.</summary>
        public static string Name(int row)
        {
            switch (row)
            {
                case 0: return "journal";
                case 1: return "application slots";
                case 2: return "directory";
                case 3: return "configuration";
                case 4: return "certificates";
                case 5: return "baseline";
                case 6: return "model";
                case 7: return "release head";
                default: return "copies";
            }
        }

        /// <summary>Blocks of a row.</summary>
        public static int Blocks(int row)
        {
            switch (row)
            {
                case 0: return JournalFormat.SegmentCountMax;
                case 1: return 2 * 8;
                case 2: return 2 * 5;
                case 3: return 1;
                case 4: return 2;
                case 5: return 1;
                case 6: return 2;
                case 7: return 1;
                default: return 3;
            }
        }

        /// <summary>What the blocks hold.</summary>
        public static string Reason(int row)
        {
            switch (row)
            {
                case 0: return "26 segments of one block";
                case 1: return "two, of 32,724 bytes at most";
                case 2: return "five metadata pairs of two blocks: all names, and every file of up to 512 bytes (positions, counters, slot states, settings by command and on trial, sleep, event log, keys, the platform's own settings)";
                case 3: return "node.conf";
                case 4: return "CA and client certificate, one block each; the key, if up to 512 bytes (an elliptic-curve key), lies in the directory";
                case 5: return "the one in force";
                case 6: return "two slots, of one block each";
                case 7: return "for a while: manifest and signatures of the release in delivery";
                default: return "for a while: the baseline being saved, a node.conf that comes by cable, and the new copy of the block being written; callers take turns";
            }
        }

        /// <summary>Sum of all rows.</summary>
        public static int TotalBlocks()
        {
            int total = 0;
            for (int row = 0; row < RowCount; row++)
            {
                total += Blocks(row);
            }

            return total;
        }
    }
}
