using SensorNode.Emulator.Mqtt;
using Xunit;
using Xunit.Abstractions;

namespace SensorNode.Emulator.Tests;

/// <summary>The firmware itself, its power cut again and again.</summary>
[Collection(Leftovers.Name)]
public sealed class PowerCycleTests(ITestOutputHelper output)
{
    /// <summary>Power comes and goes at uneven times, in whatever the node happens to do; once in a while it runs long enough to connect.</summary>
    [Fact]
    public void PowerCycles_LeaveNothingBehind()
    {
        var broker = new BrokerCore();
        var random = new Random(7);
        using var world = new NodeWorld();
        EmulatedNode node = world.Add(FirmwareTests.Options(new TextConsole(), broker));
        long memory = 0;
        for (int cycle = 0; cycle < 40; cycle++)
        {
            node.PowerOn();
            world.RunFor(TimeSpan.FromMilliseconds(random.Next(200, 5000)));
            node.PowerOff();
            Assert.Null(node.LastBoot?.UncaughtException);
            Assert.False(node.IsRunning);
            Leftovers.AssertThreads(world, 0);
            if (cycle == 10)
            {
                memory = Leftovers.MemoryBytes();
            }
        }

        long memoryAfter = Leftovers.MemoryBytes();
        output.WriteLine($"heap {memory / 1024} -> {memoryAfter / 1024} KB");
        Assert.InRange(memoryAfter, 0, memory + 3_000_000);
        Assert.True(broker.ReadStatistics().ConnectionsOpened > 3);
    }
}
