using SensorNode.Platform;
using SensorNode.Sparkplug.Host;
using Xunit;

namespace SensorNode.Simulation.Tests;

/// <summary>
/// A drive without a free block, whatever filled it, through the node's own file adapter: the platform does not say that it is full. And one that cannot be listed.
/// </summary>
public class FullDriveTests
{
    [Fact]
    public void Offline_TheOldestRecordsGoAndAreCounted_TheNewestAreKept()
    {
        using var test = new PlantTest();
        test.RunMinutes(5);
        Assert.Null(test.Plant.Faults.AddScript("refuse"));
        test.Plant.Network.ResetAll();
        test.RunMinutes(6 * 60 + 30);
        Assert.Equal(3, Segments(test));
        DateTime filled = test.Plant.UtcNow;
        FlashFileSystem flash = test.Plant.Flash;
        flash.WriteAllBytes("filler", new byte[(flash.BlockCount - flash.UsedBlockCount) * FlashFileSystem.BlockBytes]);
        test.RunMinutes(4 * 60 + 30);
        DateTime connected = test.Plant.UtcNow;
        test.Plant.Faults.Clear();
        test.RunMinutes(60);

        SortedDictionary<int, DateTime> records = Records(test);
        int last = records.Keys.Last();
        Assert.InRange(last, 650, 730);
        int dropped = Convert.ToInt32(test.State.Metrics["Health/Dropped Records"].Value);
        Assert.Equal(records.Keys.First() - 1, dropped);
        Assert.True(dropped is >= 178 and <= 2 * 178, $"{dropped} records were dropped");
        Assert.Equal(last - dropped, records.Count);
        DateTime[] newest = records.Values.Where(time => time >= filled && time <= connected).ToArray();
        Assert.InRange(newest.Length, 268, 272);
        Assert.True(newest.Zip(newest.Skip(1), (a, b) => b - a).Max() < TimeSpan.FromSeconds(90));
    }

    /// <summary>A reset that was asked for is finished before anything else, so that the exception used to end the program without a word.</summary>
    [Fact]
    public void DirectoryThatCannotBeRead_IsTriedAgain_AndNoStartEndsSilently()
    {
        using var test = new PlantTest(isStarted: false);
        test.Plant.Flash.WriteAllBytes("factory-reset", [0]);
        test.Plant.Flash.FailsListing = true;
        test.Plant.Node.PowerOn();
        test.RunMinutes(3);
        Assert.True(test.Plant.Node.IsRunning);
        Assert.Contains("factory reset: flash failed, trying again", test.Console.Text, StringComparison.Ordinal);
        test.Plant.Flash.FailsListing = false;
        test.RunMinutes(2);
        Assert.Contains("factory reset done", test.Console.Text, StringComparison.Ordinal);
    }

    /// <summary>The journal is opened late; no number is given twice.</summary>
    [Fact]
    public void DirectoryThatCannotBeReadForAWhile_CostsNoRecord()
    {
        using var test = new PlantTest();
        test.RunMinutes(5);
        Assert.Null(test.Plant.Faults.AddScript("refuse"));
        test.Plant.Network.ResetAll();
        test.RunMinutes(25);
        test.Plant.Flash.FailsListing = true;
        test.Plant.Node.PowerOff();
        test.Plant.Node.PowerOn();
        test.RunMinutes(5);
        test.Plant.Flash.FailsListing = false;
        test.RunMinutes(25);
        test.Plant.Faults.Clear();
        test.RunMinutes(30);
        test.Judge();
    }

    private static int Segments(PlantTest test) => test.Plant.Flash.ListFiles("").Count(name => name.StartsWith("journal-0", StringComparison.Ordinal));

    private static SortedDictionary<int, DateTime> Records(PlantTest test)
    {
        var records = new SortedDictionary<int, DateTime>();
        foreach (SparkplugMetric number in test.Messages.SelectMany(message => message.Metrics).Where(metric => metric.Name == "History/Record Number" && metric.IsHistorical))
        {
            records[Convert.ToInt32(number.Value)] = number.Time!.Value;
        }

        return records;
    }
}
