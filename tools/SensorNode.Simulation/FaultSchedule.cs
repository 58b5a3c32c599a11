using SensorNode.Emulator;
using SensorNode.Emulator.Mqtt;
using SensorNode.Platform;
using SensorNode.Sparkplug.Host;

namespace SensorNode.Simulation;

/// <summary>Draws what happens to the plant, and when: one fault at a time, each with its end.</summary>
internal sealed class FaultSchedule(SeededRandom random, SimulatedPlant plant, WindowWitness windows)
{
    private readonly SensorSilence _silence = new();

    /// <summary>Minutes of quiet to the next fault.</summary>
    public TimeSpan NextPause() => TimeSpan.FromMinutes(5 + (random.NextUniform() * 70));

    /// <summary>Begins a fault.</summary>
    /// <param name="duration">How long it lasts.</param>
    /// <param name="end">Ends it.</param>
    /// <returns>Its name, for the log.</returns>
    public string Begin(out TimeSpan duration, out Action end)
    {
        duration = TimeSpan.FromMinutes(0.2 + (random.NextUniform() * random.NextUniform() * 60));
        end = () => { };
        switch (Draw(13))
        {
            case 0:
                plant.Network.IsReachable = false;
                end = () => plant.Network.IsReachable = true;
                return "the network hangs";
            case 1:
                plant.Network.ResetAll();
                return "every connection breaks";
            case 2:
                plant.Core.IsListening = false;
                plant.Core.Cut(SimulatedPlant.ClientId);
                end = () => plant.Core.IsListening = true;
                return "the broker is away";
            case 3:
                plant.Wifi.IsAccessPointUp = false;
                plant.Network.ResetAll();
                end = () => plant.Wifi.IsAccessPointUp = true;
                return "the access point is away";
            case 4:
                plant.Time.IsServerReachable = false;
                CutPower();
                end = () => plant.Time.IsServerReachable = true;
                return "a power cut, and no time server";
            case 5:
            case 6:
                CutPower();
                return "a power cut";
            case 7:
                plant.Flash.TearSeed = (uint)random.NextBits();
                plant.Flash.CutPowerAt = plant.Flash.OperationCount + 1 + Draw(12);
                plant.Core.Cut(SimulatedPlant.ClientId);
                end = () => plant.Flash.CutPowerAt = 0;
                return "a power cut inside a flash operation";
            case 8:
                return Silence(ref duration, out end);
            case 9:
            case 10:
                return Script(out end);
            default:
                return Command();
        }
    }

    private int Draw(int count) => (int)(random.NextUniform() * count);

    private void CutPower()
    {
        if (plant.Node.IsPowered)
        {
            plant.Node.PowerOff();
        }
    }

    private string Silence(ref TimeSpan duration, out Action end)
    {
        plant.Bus.Faults = _silence;
        DateTime from = plant.UtcNow;
        end = () =>
        {
            plant.Bus.Faults = null;
            windows.Silence(from, plant.UtcNow);
        };
        return "the accelerometer does not answer";
    }

    private string Script(out Action end)
    {
        string client = "client=" + SimulatedPlant.ClientId;
        string script = Draw(9) switch
        {
            0 => $"no-puback {client}",
            1 => $"drop {client} direction=out type=connack",
            2 => $"connack code={1 + Draw(5)}",
            3 => $"cut {client} direction=in bytes={Draw(600)} chance=0.1",
            4 => $"cut {client} direction=out bytes={Draw(6)} chance=0.2",
            5 => $"duplicate {client} times=3",
            6 => $"oversize {client} bytes={5000 + Draw(60000)} topic={SimulatedPlant.CommandTopic} chance=0.3",
            7 => $"delay {client} direction=out ms={Draw(40000)} chance=0.3",
            _ => $"slow-read bytes={20 + Draw(400)}",
        };
        if (plant.Faults.AddScript(script) is { } fault)
        {
            throw new InvalidOperationException(fault);
        }

        plant.Core.Cut(SimulatedPlant.ClientId);
        end = plant.Faults.Clear;
        return script;
    }

    private string Command()
    {
        switch (Draw(6))
        {
            case 0:
                plant.Command(SparkplugCommands.RequestRebirth(plant.UtcNow));
                return "command: rebirth";
            case 1:
                plant.Command(SparkplugCommands.Write(plant.UtcNow, "Node Control/Reboot", SparkplugDatatype.Boolean, true));
                return "command: reboot";
            case 2:
                plant.Command(SparkplugCommands.Write(plant.UtcNow, "Node Control/Next Server", SparkplugDatatype.Boolean, true));
                return "command: next server";
            case 3:
                plant.Command(SparkplugCommands.Write(plant.UtcNow, "Config/mqtt.keep_alive_s", SparkplugDatatype.Int32, 20 + Draw(100)));
                return "command: keep-alive, which needs a restart";
            case 4:
                plant.Command(SparkplugCommands.Write(plant.UtcNow, "Config/temperature.limit_cc", SparkplugDatatype.Int32, 5000 + Draw(5000)));
                return "command: temperature limit, valid or not";
            default:
                byte[] rubbish = new byte[Draw(200)];
                for (int i = 0; i < rubbish.Length; i++)
                {
                    rubbish[i] = (byte)random.NextBits();
                }

                plant.Command(rubbish);
                return "command: rubbish";
        }
    }

    private sealed class SensorSilence : II2cFaults
    {
        public I2cFault Next(long nowNs, int address, ReadOnlySpan<byte> write, Span<byte> read) => address == 0x6A ? I2cFault.AddressNotAcknowledged : I2cFault.None;
    }
}
