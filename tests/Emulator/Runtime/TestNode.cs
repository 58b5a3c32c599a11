using SensorNode.Platform;
using Xunit;

namespace SensorNode.Emulator.Tests;

/// <summary>A node that runs one class of tests/EmulatorFirmware.</summary>
internal sealed class TestNode : IDisposable
{
    public TestNode(string type, ClockMode mode = ClockMode.Virtual, double speed = 1, EmulatedI2cBus? bus = null, INodeNetwork? network = null, FlashFileSystem? flash = null)
    {
        World = new NodeWorld(mode, speed);
        Console = new TextConsole((time, line) => Lines.Add($"{time.TotalMilliseconds:0} {line}"));
        Node = World.Add(new EmulatedNodeOptions
        {
            Name = type,
            EntryAssembly = "SensorNode.EmulatorFirmware",
            EntryType = "SensorNode.EmulatorFirmware." + type,
            Console = Console,
            Network = network,
            Flash = flash ?? new FlashFileSystem(),
            I2cBuses = new Dictionary<int, EmulatedI2cBus> { [1] = bus ?? new EmulatedI2cBus() },
            BootTime = TimeSpan.Zero
        });
    }

    public NodeWorld World { get; }

    public EmulatedNode Node { get; }

    public TextConsole Console { get; }

    public List<string> Lines { get; } = [];

    public string Text => Console.Text;

    /// <summary>Power, then as long as the firmware runs.</summary>
    public void RunToEnd(double seconds = 60)
    {
        Node.PowerOn();
        Assert.True(World.RunUntil(() => Node.LastBoot != null && !Node.IsRunning, TimeSpan.FromSeconds(seconds)), "still running: " + Text);
        Assert.Null(Node.LastBoot!.UncaughtException);
    }

    public void Dispose() => World.Dispose();
}
