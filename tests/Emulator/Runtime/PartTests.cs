using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Machines;
using SensorNode.Platform;
using Xunit;

namespace SensorNode.Emulator.Tests;

public sealed class PartTests
{
    [Fact]
    public void TextTimeWifiTimeServerAndBme280_BehaveAsOnTheBoard()
    {
        var bus = new EmulatedI2cBus();
        bus.Attach(0x76, new Bme280Model(new ConstantClimate(new Climate(-7.25, 98_000, 61)), seed: 3, isExact: true));
        using var node = new TestNode("Parts", bus: bus, network: new InMemoryNetwork());
        node.RunToEnd();
        string[] lines = node.Text.TrimEnd('\n').Split('\n');
        Assert.Equal(
            ["text 4 233 65533 1", "year 1970", "2024-03-01 00:00:00", "sleep 10", "wifi True 2", "now 2026-01-01"], lines[..6]);
        Assert.InRange(int.Parse(lines[6]["temperature True ".Length..]), -730, -720);
        Assert.InRange(int.Parse(lines[7]["pressure True ".Length..]), 979, 980);
        Assert.InRange(int.Parse(lines[8]["humidity True ".Length..]), 59, 62);
    }
}
