using System.Diagnostics;
using SensorNode.Platform;
using Xunit;

namespace SensorNode.Emulator.Tests;

public sealed class ThreadTests
{
    private const string Expected = "count 1\ncount 2\ncount 3\njoined True\ntimed out True\nticks 10\npolled\n";

    [Fact]
    public void EventsLocksTimersAndPolling_WorkOnVirtualTime()
    {
        using var node = new TestNode("Threads");
        node.RunToEnd();
        Assert.Equal(Expected, node.Text);
        Assert.Equal(EndReason.Exited, node.Node.LastBoot!.Reason);
        Assert.InRange(node.World.Now.TotalSeconds, 1.8, 2.1);
    }

    [Fact]
    public void VirtualTime_GivesTheSameRunTwice()
    {
        using var first = new TestNode("Threads");
        first.RunToEnd();
        using var second = new TestNode("Threads");
        second.RunToEnd();
        Assert.Equal(first.Lines, second.Lines);
        Assert.Equal(first.World.Scheduler.SwitchCount, second.World.Scheduler.SwitchCount);
    }

    [Fact]
    public void ScaledTime_TakesRealTime()
    {
        using var node = new TestNode("Threads", ClockMode.Scaled, 4);
        long start = Stopwatch.GetTimestamp();
        node.RunToEnd();
        Assert.Equal(Expected, node.Text);
        Assert.True(Stopwatch.GetElapsedTime(start).TotalSeconds >= 0.3);
    }

    [Fact]
    public void ScaledTime_RunsOnAThreadOfItsOwn()
    {
        using var node = new TestNode("Threads", ClockMode.Scaled, 50);
        node.Node.PowerOn();
        node.World.Start();
        Assert.True(SpinWait.SpinUntil(() => node.Node.LastBoot != null, TimeSpan.FromMinutes(4)), node.Text);
        node.World.Stop();
        Assert.Equal(Expected, node.Text);
    }

    [Fact]
    public void UncaughtException_EndsTheApplicationAndIsRecorded()
    {
        using var node = new TestNode("Crash");
        node.Node.PowerOn();
        node.World.RunFor(TimeSpan.FromSeconds(5));
        Assert.False(node.Node.IsRunning);
        Assert.True(node.Node.IsPowered);
        Assert.Equal(1, node.Node.BootCount);
        Assert.Equal(EndReason.UncaughtException, node.Node.LastBoot!.Reason);
        Assert.Contains("nobody catches this", node.Node.LastBoot.UncaughtException);
        Assert.Contains("Crash.cs", node.Node.LastBoot.UncaughtException);
    }

    [Fact]
    public void NodesShareATimeline()
    {
        using var world = new NodeWorld();
        var lines = new List<string>();
        for (int i = 0; i < 5; i++)
        {
            string name = "n" + i;
            world.Add(new EmulatedNodeOptions
            {
                Name = name,
                EntryAssembly = "SensorNode.EmulatorFirmware",
                EntryType = "SensorNode.EmulatorFirmware.Threads",
                Console = new TextConsole((_, line) => lines.Add(name + " " + line))
            }).PowerOn();
        }

        world.RunFor(TimeSpan.FromSeconds(30));
        Assert.All(world.Nodes, n => Assert.Equal(EndReason.Exited, n.LastBoot!.Reason));
        Assert.Equal(5 * 7, lines.Count);
        Assert.Equal("n0 count 1", lines[0]);
        Assert.Equal("n1 count 1", lines[1]);
    }
}
