namespace SensorNode.Storage
{
    /// <summary>Who may use how many blocks of drive I:\ on a board with 4 MB of flash. The table in firmware/docs/storage.md is this one.</summary>
    /// <remarks>Blocks are of 4 KB. A file of up to 512 bytes lies in its directory and takes none; a longer one takes whole blocks.</remarks>
    public static class FlashBudget
    {
        /// <summary>Blocks of the drive.</summary>
        public const int BlockCount = 64;

        /// <summary>Blocks that stay free, for wear levelling and for what nobody thought of.</summary>
        public const int FreeBlocksMin = 8;

        /// <summary>Longest application slot, in bytes: eight blocks less the 44 bytes that LittleFS keeps in them.</summary>
        public const int SlotSizeBytesMax = 32724;

        /// <summary>Longest file in one block.</summary>
        public const int BlockSizeBytes = 4096;

        /// <summary>Rows of the table.</summary>
        public const int RowCount = 9;

        /// <summary>What a row is for.</summary>
        public static string Name(int row)
        {
            switch (row)
            {
                case 0: return "journal";
                case 1: return "application slots";
                case 2: return "directories";
                case 3: return "configuration";
                case 4: return "certificates";
                case 5: return "baselines";
                case 6: return "model";
                case 7: return "release head";
                default: return "copy on write";
            }
        }

        /// <summary>Blocks of a row.</summary>
        public static int Blocks(int row)
        {
            switch (row)
            {
                case 0: return JournalFormat.SegmentCountMax;
                case 1: return 2 * 8;
                case 2: return 2 * 2;
                case 3: return 2;
                case 4: return 2;
                case 5: return 2;
                case 6: return 2;
                case 7: return 1;
                default: return 1;
            }
        }

        /// <summary>What the blocks hold.</summary>
        public static string Reason(int row)
        {
            switch (row)
            {
                case 0: return "26 segments of one block";
                case 1: return "two, of 32,724 bytes at most";
                case 2: return "two metadata pairs: about 50 names, and every file of up to 512 bytes (positions, counters, slot states, event log, client key, the platform's own settings)";
                case 3: return "node.conf, old and new, one block each";
                case 4: return "CA and client certificate, one block each; the key, if up to 512 bytes (an elliptic-curve key), lies in the directory";
                case 5: return "the baseline in force and the one being saved, one block each";
                case 6: return "two slots, of one block each";
                case 7: return "manifest and signatures of the release in delivery";
                default: return "the new copy of the block being written; callers take turns";
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
