using SensorNode.Emulator;
using SensorNode.Emulator.Machines;
using Xunit;

namespace SensorNode.Tool.Tests;

/// <summary>What config check refuses, the node refuses too: it says so once a minute and does nothing else.</summary>
public class ConfigurationAtBootTests
{
    [Theory]
    [InlineData("sparkplug.group = plant\nmqtt.host = b\nboard = toaster\n", "node.conf: board: 'toaster' is not one of esp32-devkitc")]
    [InlineData("sparkplug.group = plant\nmqtt.host = b\nwindow.points = 1000\n", "node.conf: line 3, window.points: '1000' is not one of")]
    [InlineData("sparkplug.group = plant\nmqtt.host = b\nwindow.points = 2048\n", "node.conf: window.points: 2048 is too much for esp32-devkitc: its work arrays need 32 of the 90 KB of heap, which the rest of the node does not leave; at most 1024 fit")]
    [InlineData("", "node.conf: mqtt.host: is missing and has no default")]
    public void Fault_IsSaidAgainAndAgain_AndTheNodeStaysUp(string configuration, string expected)
    {
        using var world = new NodeWorld();
        var console = new TextConsole();
        EmulatedNode node = world.Add(StandardNode.Create("n", configuration, MachinePresets.DegradingBearing(1000, 1000), new InMemoryNetwork(), 1, DateTime.UnixEpoch, console));
        node.PowerOn();
        world.RunFor(TimeSpan.FromSeconds(200));

        Assert.InRange(console.Text.Split(expected).Length - 1, 3, 4);
        Assert.Equal(1, node.BootCount);
        node.PowerOff();
    }
}
