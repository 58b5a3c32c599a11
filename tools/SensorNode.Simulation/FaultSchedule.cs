using SensorNode.Emulator;
using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Mqtt;
using SensorNode.Platform;
using SensorNode.Sparkplug.Host;

namespace SensorNode.Simulation;

/// <summary>Draws what happens to the plant, and when: one fault at a time, each with its end.</summary>
/// <remarks>
/// A node that is always connected has to bear flash that takes nothing for as long as it lasts. One that sleeps tells nothing out of memory alone:
/// for it that lasts less than an interval of records, since memory may be full of them already.
/// </remarks>
/// <param name="random">Draws.</param>
/// <param name="plant">Disturbed.</param>
/// <param name="windows">Told of what is done to the accelerometer.</param>
/// <param name="longestWithoutFlash">How long flash may refuse everything.</param>
internal sealed class FaultSchedule(SeededRandom random, SimulatedPlant plant, WindowWitness windows, TimeSpan longestWithoutFlash)
{
    private const int Accelerometer = 0x6A;

    private readonly SensorSilence _silence = new();

    /// <summary>Steps of the time of day so far.</summary>
    public int ClockSteps { get; private set; }

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
        switch (Draw(18))
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
            case 11:
                return FailFlash(ref duration, out end);
            case 12:
                return FillFlash(ref duration, out end);
            case 13:
            case 14:
                return DisturbBus(out end);
            case 15:
                return StepClock(out end);
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

    private string FailFlash(ref TimeSpan duration, out Action end)
    {
        duration = duration < longestWithoutFlash ? duration : longestWithoutFlash;
        double chance = 0.2 + random.NextUniform();
        var which = new SeededRandom(random.NextBits());
        plant.Flash.Operating = (_, _, path) =>
        {
            if (which.NextUniform() < chance)
            {
                throw new FlashException(FlashError.Broken, path);
            }
        };
        end = () => plant.Flash.Operating = null;
        return $"of changes to flash {Math.Min(1, chance):P0} fail";
    }

    private string FillFlash(ref TimeSpan duration, out Action end)
    {
        duration = duration < longestWithoutFlash ? duration : longestWithoutFlash;
        int blocks = Math.Max(1, plant.Flash.BlockCount - plant.Flash.UsedBlockCount - Draw(3));
        plant.Flash.WriteAllBytes("filler", new byte[blocks * FlashFileSystem.BlockBytes]);
        end = () => plant.Flash.WriteAllBytes("filler", []);
        return $"flash is full, with {blocks} blocks of somebody else's";
    }

    /// <summary>Transfers to the accelerometer break, or the clock line is held: from one in a thousand to so many that the FIFO overruns.</summary>
    private string DisturbBus(out Action end)
    {
        I2cFault fault = I2cFault.AddressNotAcknowledged + Draw(4);
        double chance = Math.Pow(10, -3 + (2.5 * random.NextUniform()));
        plant.Bus.Faults = new I2cFaultPlan(random.NextBits()) { StuckValue = Draw(2) == 0 ? (byte)0 : (byte)0xFF }.Randomly(chance, fault);
        end = () => plant.Bus.Faults = null;
        return $"of transfers to the accelerometer {chance:P1} end with {fault}";
    }

    /// <summary>The node learns of it when it asks the time server next: at a boot, at a visit, once a day.</summary>
    private string StepClock(out Action end)
    {
        double seconds = (6 + (6 * random.NextUniform())) * (Draw(2) == 0 ? 1 : -1);
        StepClockBy(seconds);
        if (Draw(2) == 0)
        {
            CutPower();
        }

        end = () => StepClockBy(-seconds);
        return $"the time server is {seconds:0.0} s off";
    }

    private void StepClockBy(double seconds)
    {
        ClockSteps++;
        plant.Time.UtcAtStart = plant.Time.UtcAtStart.AddSeconds(seconds);
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
        public I2cFault Next(long nowNs, int address, ReadOnlySpan<byte> write, Span<byte> read) => address == Accelerometer ? I2cFault.AddressNotAcknowledged : I2cFault.None;
    }
}
