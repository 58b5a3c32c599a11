using System;
using System.IO;
using SensorNode.Storage;
using Xunit;

namespace SensorNode.Storage.Tests;

/// <summary>firmware/docs/storage.md says what the code does.</summary>
public sealed class StorageDocumentTests
{
    private static readonly (string Name, int Blocks, string Holds)[] Rows =
    [
        ("journal and application slots", FlashBudget.SharedBlocks, "26 segments of one block, and two slots of 32,724 bytes at most, eight blocks: together no more than this. See below"),
        ("directory", FlashBudget.DirectoryBlocks, "five metadata pairs of two blocks: all names, and every file of up to 512 bytes (positions, counters, slot states, settings by command and on trial, sleep, event log, keys, the platform's own settings)"),
        ("configuration", FlashBudget.ConfigurationBlocks, "node.conf"),
        ("certificates", FlashBudget.CertificateBlocks, "CA and client certificate, one block each; the key, if up to 512 bytes (an elliptic-curve key), lies in the directory"),
        ("baseline", FlashBudget.BaselineBlocks, "the one in force"),
        ("model", FlashBudget.ModelBlocks, "two slots, of one block each"),
        ("release head", FlashBudget.ReleaseHeadBlocks, "for a while: manifest and signatures of the release in delivery"),
        ("copies", FlashBudget.CopyBlocks, "for a while: the baseline being saved, a node.conf that comes by cable, and the new copy of the block being written; callers take turns"),
    ];

    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Root(), "firmware", "docs", "storage.md"));

    [Fact]
    public void BudgetTable_IsThatOfTheCode()
    {
        int first = Array.IndexOf(Lines, "| what | blocks | holds |") + 2;
        int total = 0;
        for (int row = 0; row < Rows.Length; row++)
        {
            Assert.Equal($"| {Rows[row].Name} | {Rows[row].Blocks} | {Rows[row].Holds} |", Lines[first + row]);
            total += Rows[row].Blocks;
        }

        Assert.StartsWith($"| free | {FlashBudget.BlockCount - total} |", Lines[first + Rows.Length]);
        Assert.Equal("", Lines[first + Rows.Length + 1]);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(30)]
    [InlineData(60)]
    public void WearTable_IsThatOfTheCode(int ramRecords) => Assert.Contains(new EraseBudget(ramRecords).Row(), Lines);

    [Fact]
    public void HexRecord_IsOneOfItsNumber()
    {
        string line = Array.Find(Lines, l => l.StartsWith("    28F15365", StringComparison.Ordinal));
        byte[] bytes = Convert.FromHexString(line.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(JournalFormat.RecordSizeBytes, bytes.Length);
        Assert.True(JournalFormat.IsValid(bytes, 0, 2));
        var record = new JournalRecord();
        JournalFormat.Decode(bytes, 0, 2, record);
        Assert.Equal(1700000040000, record.UtcMs);
        Assert.Equal(2340, record.TemperatureCentiC);
        Assert.Equal(2176, record.AccelerationMicroGPeak[2]);
    }

    [Fact]
    public void Figures_AreThoseOfTheCode()
    {
        string text = string.Join(' ', Lines);
        int kept = (JournalFormat.SegmentCountMax - 1) * JournalFormat.RecordsPerSegment;
        Assert.Contains($"There are {JournalFormat.SegmentCountMax} segments at most", text.Replace("  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains($"{JournalFormat.RecordsPerSegment} records fill a segment, one block but for {4096 - JournalFormat.RecordsPerSegment * JournalFormat.RecordSizeBytes} bytes", text, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"{kept:N0} records, {kept / 60} h at one a minute, in {JournalFormat.SegmentCountMax * 4} KB"), text, StringComparison.Ordinal);
    }

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "SensorNode.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("no SensorNode.sln above the tests");
        }

        return folder;
    }
}
