using System.Runtime.CompilerServices;
using SensorNode.Platform;
using Xunit.Abstractions;
using Xunit;

namespace SensorNode.Emulator.Tests;

/// <summary>Firmware that catches everything and never ends by itself still goes when the power goes.</summary>
[Collection(Leftovers.Name)]
public sealed class PowerTests(ITestOutputHelper output)
{
    [Fact]
    public void PowerOff_EndsEveryThreadAndSwallowsNothing()
    {
        using var node = new TestNode("Restless");
        node.Node.PowerOn();
        node.World.RunFor(TimeSpan.FromMilliseconds(45));
        Assert.True(node.Node.IsRunning);
        node.Node.PowerOff();
        Assert.False(node.Node.IsRunning);
        Assert.Equal(EndReason.PoweredOff, node.Node.LastBoot!.Reason);
        Assert.DoesNotContain("swallowed", node.Text);
        Assert.DoesNotContain("filtered", node.Text);
        Assert.Contains("tick", node.Text);
    }

    [Fact]
    public void PowerOff_WhileAThreadOfItsOwnDrives()
    {
        using var node = new TestNode("Restless", ClockMode.Scaled, 1);
        node.Node.PowerOn();
        node.World.Start();
        Thread.Sleep(20);
        node.Node.PowerOff();
        Assert.False(node.Node.IsRunning);
        node.World.Stop();
    }

    [Fact]
    public void CutOnTheTimeline_AndPowerBackAtOnce_BootsAnew()
    {
        using var node = new TestNode("Restless");
        node.Node.PowerOn();
        node.World.Scheduler.Post(30_000_000, () =>
        {
            node.Node.CutPower();
            node.Node.PowerOn();
        });
        node.World.RunFor(TimeSpan.FromMilliseconds(60));
        Assert.Equal(EndReason.PoweredOff, node.Node.LastBoot!.Reason);
        Assert.Equal(2, node.Node.BootCount);
        Assert.True(node.Node.IsRunning);
    }

    /// <summary>The firmware restarts itself after 50 ms, with five threads alive that hold locks and catch everything.</summary>
    [Fact]
    public void ThousandReboots_LeaveNoThreadAndFlatMemory()
    {
        using var node = new TestNode("Restless");
        node.Node.PowerOn();
        RebootTo(node, 50);
        long memoryBefore = Leftovers.MemoryBytes();

        RebootTo(node, 1050);
        long memoryAfter = Leftovers.MemoryBytes();
        output.WriteLine($"heap {memoryBefore / 1024} -> {memoryAfter / 1024} KB");

        // Each boot alone holds 100 KB of ballast: 1,000 boots kept would be 100 MB.
        Assert.InRange(memoryAfter, 0, memoryBefore + 4_000_000);
        Assert.DoesNotContain("swallowed", node.Text);
        node.Node.PowerOff();
        Leftovers.AssertThreads(node.World, 0);
    }

    [Fact]
    public void ContextOfAnEndedBoot_IsCollected()
    {
        WeakReference context = RunOnce();
        for (DateTime end = DateTime.UtcNow.AddMinutes(1); context.IsAlive && DateTime.UtcNow < end; Thread.Sleep(20))
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(context.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference RunOnce()
    {
        WeakReference? context = null;
        using var world = new NodeWorld();
        EmulatedNode node = world.Add(new EmulatedNodeOptions
        {
            EntryAssembly = "SensorNode.EmulatorFirmware",
            EntryType = "SensorNode.EmulatorFirmware.Threads",
            Booting = platform => platform.Scheduler.Post(0, () => context = new WeakReference(platform.Loader))
        });
        node.PowerOn();
        world.RunFor(TimeSpan.FromSeconds(10));
        Assert.Equal(EndReason.Exited, node.LastBoot!.Reason);
        Assert.NotNull(context);
        Leftovers.AssertThreads(world, 0);
        return context;
    }

    private static void RebootTo(TestNode node, int boots)
    {
        Assert.True(node.World.RunUntil(() => node.Node.BootCount >= boots, TimeSpan.FromHours(1)));
        Assert.Equal(EndReason.Rebooted, node.Node.LastBoot!.Reason);
    }
}
