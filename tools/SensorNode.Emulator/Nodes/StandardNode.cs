using System.Text;
using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Machines;
using SensorNode.Platform;

namespace SensorNode.Emulator;

/// <summary>The node as it hangs on the wall: an LSM6DSO and a BME280 on bus 1, a machine under it, a node.conf in flash.</summary>
public static class StandardNode
{
    private const int Lsm6dsoAddress = 0x6A;
    private const int Bme280Address = 0x76;

    /// <summary>The parts of one node.</summary>
    /// <param name="name">For reports; the node's own name stands in the configuration.</param>
    /// <param name="configuration">Text of node.conf.</param>
    /// <param name="machine">What it hangs on.</param>
    /// <param name="network">The way to the broker.</param>
    /// <param name="seed">Draws all that is random.</param>
    /// <param name="utcAtStart">Time of day when the timeline begins.</param>
    /// <param name="console">Where its console goes; null throws it away.</param>
    /// <param name="sharesFirmware">See <see cref="EmulatedNodeOptions.SharesFirmware"/>.</param>
    public static EmulatedNodeOptions Create(
        string name, string configuration, MachineParameters machine, INodeNetwork network, int seed, DateTime utcAtStart, INodeConsole? console = null, bool sharesFirmware = false)
    {
        var climate = new MachineClimate(machine);
        var bus = new EmulatedI2cBus();
        bus.Attach(Lsm6dsoAddress, new Lsm6dsoModel(new RotatingMachine(machine), climate, (ulong)seed));
        bus.Attach(Bme280Address, new Bme280Model(climate, (ulong)seed + 1));
        var flash = new FlashFileSystem();
        flash.WriteAllBytes("node.conf", Encoding.ASCII.GetBytes(configuration));
        return new EmulatedNodeOptions
        {
            Name = name,
            SharesFirmware = sharesFirmware,
            Flash = flash,
            I2cBuses = new Dictionary<int, EmulatedI2cBus> { [1] = bus },
            Network = network,
            Time = new NodeTime { UtcAtStart = utcAtStart },
            Console = console,
            Seed = seed,
        };
    }
}
