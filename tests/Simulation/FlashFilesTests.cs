using SensorNode.Sparkplug.Host;
using SensorNode.Storage;
using Xunit;
using Xunit.Abstractions;

namespace SensorNode.Simulation.Tests;

/// <summary>The table in firmware/docs/storage.md is that of the files which nodes make: names, longest lengths, and what LittleFS needs for them.</summary>
public class FlashFilesTests(ITestOutputHelper output)
{
    private const int InlineBytesMax = 512;
    private const int PairBytes = 2048;

    // A name with ".?" is two files, ".a" and ".b"; with "-?" two slots. Bytes: the most there may be. The platform's three are an assumption.
    private static readonly (string Name, int Bytes, int Row)[] Kinds =
    [
        ("journal-????????", 4094, 0), ("app-?", FlashBudget.SlotSizeBytesMax, 0), ("node.conf", 4096, 2), ("ca.pem", 4096, 3), ("node.pem", 4096, 3), ("baseline", 4096, 4), ("mdl-?", 4096, 5),
        ("update-head", 4096, 6), ("baseline.new", 4096, 7), ("node.key", 240, 1), ("release.key.pub", 256, 1), ("boot.?", 13, 1), ("clock.?", 16, 1), ("trend.?", 16, 1), ("bdseq.?", 9, 1), ("journal-ack.?", 16, 1),
        ("node-mac.?", 40, 1), ("events.?", 496, 1), ("app-state.?", 240, 1), ("mdl-state.?", 240, 1), ("conf.?", 512, 1), ("conf-new.?", 512, 1), ("sleep", 508, 1), ("factory-reset", 1, 1),
        ("platform.?", 300, 1),
    ];

    [Fact]
    public void Rows_AreThoseOfTheFiles()
    {
        int[] blocks = new int[8];
        int directoryBytes = 0;
        foreach ((string name, int bytes, int row) in Kinds)
        {
            int count = name == Kinds[0].Name ? JournalFormat.SegmentCountMax : name.EndsWith('?') ? 2 : 1;
            blocks[row] += bytes <= InlineBytesMax ? 0 : count * ((bytes + 4095) / 4096);

            // Tag and name, tag and content or its place, tag and time.
            directoryBytes += count * (4 + name.Length + 4 + (bytes <= InlineBytesMax ? bytes : 8) + 8);
        }

        output.WriteLine($"directory: {directoryBytes} bytes");

        // The journal gives way where the slots are large.
        blocks[0] = Math.Min(blocks[0], FlashBudget.SharedBlocks);
        blocks[1] = 2 * (((directoryBytes + PairBytes - 1) / PairBytes) + 1);

        // A node.conf that comes by cable, and the block being written.
        blocks[7] += 2;
        Assert.Equal(
            [
                FlashBudget.SharedBlocks, FlashBudget.DirectoryBlocks, FlashBudget.ConfigurationBlocks, FlashBudget.CertificateBlocks,
                FlashBudget.BaselineBlocks, FlashBudget.ModelBlocks, FlashBudget.ReleaseHeadBlocks, FlashBudget.CopyBlocks
            ],
            blocks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("power.profile = deep-sleep\npower.connect_windows = 1\n")]
    public void EveryFileOfANode_IsInTheTable(string configuration)
    {
        using var test = new PlantTest(configuration, sharesFirmware: true);
        var seen = new Dictionary<string, int>();
        for (int i = 0; i < 30; i++)
        {
            test.RunMinutes(2);
            Look(test, seen);
        }

        test.Plant.Core.IsListening = false;
        test.RunMinutes(30);
        Look(test, seen);
        test.Plant.Core.IsListening = true;
        test.RunMinutes(20);
        test.Write("Config/mqtt.keep_alive_s", SparkplugDatatype.Int32, 120);
        for (int i = 0; i < 60; i++)
        {
            test.Run(TimeSpan.FromSeconds(1));
            Look(test, seen);
        }

        output.WriteLine(string.Join(", ", seen.Select(file => $"{file.Key} {file.Value}")));
        foreach ((string name, int bytes) in seen)
        {
            Assert.Contains(Kinds, kind => kind.Name.Length == name.Length && kind.Name.Zip(name).All(pair => pair.First == '?' || pair.First == pair.Second) && bytes <= kind.Bytes);
        }

        Assert.Contains("baseline", seen.Keys);
    }

    private static void Look(PlantTest test, Dictionary<string, int> seen)
    {
        foreach (string file in test.Plant.Flash.ListFiles(""))
        {
            seen[file] = Math.Max(seen.GetValueOrDefault(file), test.Plant.Flash.ReadAllBytes(file).Length);
        }
    }
}
