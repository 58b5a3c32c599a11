using Xunit;

namespace SensorNode.Simulation.Tests;

/// <summary>A thousand connections that break: memory stays flat, no record is lost.</summary>
[Collection(MeasuresMemory.Name)]
public class ReconnectMemoryTests
{
    [Fact]
    public void ThousandReconnects_LoseNoRecordAndNoMemory()
    {
        using var test = new PlantTest();
        long before = 0;
        for (int i = 1; i <= 1000; i++)
        {
            test.Plant.Network.ResetAll();
            test.RunUntilBirths(i + 1, limitMinutes: 5);
            test.Run(TimeSpan.FromSeconds(i % 90));
            if (i == 200)
            {
                test.Messages.Clear();
                before = GC.GetTotalMemory(forceFullCollection: true);
            }
        }

        test.Messages.Clear();
        long grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.InRange(grown, long.MinValue, 4_000_000);
        Assert.Equal(1, test.Plant.Node.BootCount);
        test.RunMinutes(5);
        test.Judge();
        Assert.True(test.History.RecordCount > 100);
    }
}
