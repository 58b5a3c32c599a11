using SensorNode.Emulator;
using SensorNode.Platform;
using SensorNode.Sparkplug.Host;
using Xunit;

namespace SensorNode.Simulation.Tests;

/// <summary>A plant that runs, with its witnesses and helpers.</summary>
internal sealed class PlantTest : IDisposable
{
    private readonly List<(DateTime, DateTime, EndReason)> _boots = [];
    private int _cuts;

    public PlantTest(string configuration = "", int seed = 1, bool isStarted = true, int ramRecords = 10, bool sharesFirmware = false, FirmwareFolder? firmware = null)
    {
        Plant = new SimulatedPlant(seed, configuration, Console, firmware, sharesFirmware);
        History = new HistoryWitness(TimeSpan.FromMinutes(1), ramRecords);
        Plant.Heard += message =>
        {
            Messages.Add(message);
            History.Take(message);
        };
        Plant.Node.BootEnded += (_, boot) =>
        {
            _cuts += boot.Reason == EndReason.PoweredOff ? 1 : 0;
            DateTime began = Plant.Time.UtcAt(boot.BeganNs);
            if (boot.IsWake)
            {
                began = _boots[^1].Item1;
                _boots.RemoveAt(_boots.Count - 1);
            }

            _boots.Add((began, Plant.Time.UtcAt(boot.EndedNs), boot.Reason));
        };
        if (isStarted)
        {
            Plant.Node.PowerOn();
            RunUntilBirths(1);
        }
    }

    public SimulatedPlant Plant { get; }

    public HistoryWitness History { get; }

    public TextConsole Console { get; } = new();

    public List<SparkplugMessage> Messages { get; } = [];

    public NodeState State => Plant.Checker.Nodes["sim/node"];

    public int Births => Plant.Checker.Nodes.Values.Sum(node => node.BirthCount);

    /// <summary>Share of the time so far in which the node's processor ran.</summary>
    public double Awake => (double)Plant.Node.AwakeNs / Plant.World.Scheduler.NowNs;

    public string Answer => State.Metrics["Node Control/Answer"].Value as string ?? "";

    public string? Setting(string key) => State.Metrics["Config/" + key].Value?.ToString();

    public void Run(TimeSpan time) => Plant.World.RunFor(time);

    public void RunMinutes(double minutes) => Run(TimeSpan.FromMinutes(minutes));

    public void RunUntilBirths(int count, double limitMinutes = 10) =>
        Assert.True(Plant.World.RunUntil(() => Births >= count, TimeSpan.FromMinutes(limitMinutes), TimeSpan.FromMilliseconds(200)), $"{Births} births, not {count}; console:\n{Tail}");

    public string Tail => string.Join('\n', Console.Text.Split('\n').TakeLast(25));

    public void Write(string metric, SparkplugDatatype datatype, object value)
    {
        Plant.Command(SparkplugCommands.Write(Plant.UtcNow, metric, datatype, value));
        Run(TimeSpan.FromSeconds(3));
    }

    /// <summary>No rule was broken, and every interval was told. Takes the node's power.</summary>
    public void Judge(params string[] allowedRules)
    {
        Assert.DoesNotContain(Plant.Checker.Violations, violation => !allowedRules.Contains(violation.Rule));
        if (Plant.Node.IsPowered)
        {
            _cuts -= Plant.Node.IsRunning ? 1 : 0;
            Plant.Node.PowerOff();
        }

        Assert.Empty(History.Judge(_boots, _cuts));
    }

    public void Dispose() => Plant.Dispose();
}
