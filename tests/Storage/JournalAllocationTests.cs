using System;
using SensorNode.Contracts;
using Xunit;

namespace SensorNode.Storage.Tests;

/// <summary>In steady state the journal allocates nothing for a record.</summary>
public sealed class JournalAllocationTests
{
    [Fact]
    public void RecordsWithinASegment_AreAddedAndReadWithoutAllocation()
    {
        var journal = new Journal(new OneFile());
        journal.Open();
        var outbox = new Outbox(journal, 10);
        var record = new JournalRecord { UtcMs = 1700000000000 };
        outbox.BeginSession();
        AddAndRead(outbox, record, 40);
        long before = GC.GetAllocatedBytesForCurrentThread();
        AddAndRead(outbox, record, 100);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(140, journal.NextNumber - 1);
    }

    private static void AddAndRead(Outbox outbox, JournalRecord record, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (outbox.Add(record, false) != FileStatus.Ok)
            {
                throw new InvalidOperationException("not added");
            }
        }

        int read = 0;
        while (outbox.TryReadNext(record) == JournalReadStatus.Record)
        {
            read++;
        }

        if (read != count)
        {
            throw new InvalidOperationException("not read");
        }
    }

    /// <summary>A store of one block that itself allocates nothing.</summary>
    private sealed class OneFile : IFileStore
    {
        private readonly byte[] _bytes = new byte[4096];
        private int _length;

        public int Length(string name) => name.EndsWith(".a", StringComparison.Ordinal) || name.EndsWith(".b", StringComparison.Ordinal) ? -1 : _length;

        public FileStatus Read(string name, int fileOffset, byte[] buffer, int offset, int count, out int read)
        {
            read = Math.Clamp(_length - fileOffset, 0, count);
            Array.Copy(_bytes, fileOffset, buffer, offset, read);
            return FileStatus.Ok;
        }

        public FileStatus Append(string name, byte[] buffer, int offset, int count)
        {
            Array.Copy(buffer, offset, _bytes, _length, count);
            _length += count;
            return FileStatus.Ok;
        }

        public FileStatus Write(string name, byte[] buffer, int offset, int count) => FileStatus.Failed;

        public FileStatus Delete(string name) => FileStatus.Failed;

        public FileStatus Move(string from, string to) => FileStatus.Failed;

        public string[] List() => [];
    }
}
