using SensorNode.Bench;
using SensorNode.CostMeter;
using Xunit;
using Xunit.Abstractions;

namespace SensorNode.Simulation.Tests;

/// <summary>A thousand connections that break: memory stays flat, no record is lost.</summary>
[Collection(MeasuresMemory.Name)]
public class ReconnectMemoryTests(ITestOutputHelper output)
{
    private const int CollectEveryBytes = 1 << 20;
    private const int BytesMoreMax = 1000;

    /// <summary>The firmware's own objects at the device's sizes: the least that is alive in the third hundred of connections, when all that is made once is made, and in the last.</summary>
    [Fact]
    public void ThousandReconnects_LoseNoRecordAndNoMemory()
    {
        using var firmware = new MeteredFirmware(FirmwareFiles.Folder, FirmwareFiles.References, new Dictionary<string, string>());
        using var heap = new HeapTracker(CollectEveryBytes) { Times = CopiesOf };
        Meter.Heap = heap;
        try
        {
            using var test = new PlantTest(firmware: firmware.Images);
            long[] least = new long[11];
            Array.Fill(least, long.MaxValue);
            for (int i = 1; i <= 1000; i++)
            {
                test.Plant.Network.ResetAll();
                test.RunUntilBirths(i + 1, limitMinutes: 5);
                test.Run(TimeSpan.FromSeconds(i % 90));
                if (i % 7 == 0)
                {
                    test.Messages.Clear();
                    least[i / 100] = Math.Min(least[i / 100], heap.Sample());
                }
            }

            output.WriteLine($"alive at least, by hundreds of connections: {string.Join(", ", least[..10])} bytes");
            Assert.InRange(least[9] - least[2], -BytesMoreMax, BytesMoreMax);
            Assert.Equal(1, test.Plant.Node.BootCount);
            test.RunMinutes(5);
            test.Judge();
            Assert.True(test.History.RecordCount > 100);
        }
        finally
        {
            Meter.Heap = null;
        }
    }

    /// <summary>The host keeps the texts of small numbers, of which the console's times are made, for itself.</summary>
    private static int CopiesOf(AllocationSite site) => site.Method.Contains("ConsoleLog::Write", StringComparison.Ordinal) ? 0 : 1;
}
