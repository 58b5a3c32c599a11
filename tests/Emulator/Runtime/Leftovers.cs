using Xunit;

namespace SensorNode.Emulator.Tests;

/// <summary>What boots leave behind in the process that emulates them.</summary>
/// <remarks>Memory is the whole process's, so these tests run with no other beside them; threads are counted by the scheduler that made them.</remarks>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class Leftovers
{
    /// <summary>For the Collection attribute.</summary>
    public const string Name = "looks at the memory of the process";

    /// <summary>Bytes of heap once everything that can be collected is.</summary>
    public static long MemoryBytes()
    {
        for (int i = 0; i < 10; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(20);
        }

        return GC.GetTotalMemory(true);
    }

    /// <summary>Waits until a world's nodes hold so many threads of the operating system and no more: a thread is gone a moment after it is done.</summary>
    public static void AssertThreads(NodeWorld world, int expected)
    {
        SpinWait.SpinUntil(() => world.Scheduler.OperatingSystemThreadCount == expected, TimeSpan.FromSeconds(60));
        Assert.Equal(expected, world.Scheduler.OperatingSystemThreadCount);
    }
}
