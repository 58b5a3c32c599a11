using SensorNode.Fakes;
using SensorNode.Storage;

namespace SensorNode.Storage.Tests
{
    /// <summary>What a day offline costs a full journal in erased blocks, and how long flash lasts at that.</summary>
    internal sealed class EraseBudget
    {
        // Flash of these boards is specified for 100,000 erases of a block.
        private const int EraseCyclesMax = 100000;

        // A change of a directory is one program unit of 128 bytes or two; half a block of them fits between two compactions, each of which erases a block.
        private const int CommitsPerErase = 8;

        private readonly int _ramRecords;

        internal EraseBudget(int ramRecords)
        {
            _ramRecords = ramRecords;
            FakeFlash flash = new FakeFlash(FlashBudget.BlockCount);
            Journal journal = new Journal(flash);
            journal.Open();
            Outbox outbox = new Outbox(journal, ramRecords);
            Add(outbox, JournalFormat.SegmentCountMax * JournalFormat.RecordsPerSegment);
            int erases = flash.DataErases;
            int commits = flash.MetadataCommits;
            Add(outbox, 1440);
            ErasesPerDay = flash.DataErases - erases + (flash.MetadataCommits - commits) / CommitsPerErase;
        }

        internal int ErasesPerDay { get; private set; }

        /// <summary>Where the journal's blocks and the free ones share the wear.</summary>
        internal int TenthsOfYears
        {
            get { return TenthsOver(FlashBudget.FreeBlocksMin + JournalFormat.SegmentCountMax); }
        }

        /// <summary>Where only the free blocks do.</summary>
        internal int TenthsOfYearsAtWorst
        {
            get { return TenthsOver(FlashBudget.FreeBlocksMin); }
        }

        /// <summary>The row of the table in firmware/docs/storage.md.</summary>
        internal string Row()
        {
            return "| " + _ramRecords.ToString() + " | " + ErasesPerDay.ToString() + " | " + Tenths(TenthsOfYears) + " | " + Tenths(TenthsOfYearsAtWorst) + " |";
        }

        private static void Add(Outbox outbox, int count)
        {
            JournalRecord record = new JournalRecord();
            for (int i = 0; i < count; i++)
            {
                outbox.Add(record, false);
            }
        }

        private static string Tenths(int value)
        {
            return (value / 10).ToString() + "." + (value % 10).ToString();
        }

        private int TenthsOver(int blocks)
        {
            return (int)(10L * EraseCyclesMax * blocks / ErasesPerDay / 365);
        }
    }
}
