using SensorNode.Emulator;
using SensorNode.Platform;
using SensorNode.Sparkplug.Host;

namespace SensorNode.Simulation;

/// <summary>One seed, some days. Of four seeds one runs a node that sleeps lightly between its windows, and one a node that sleeps deeply; of forty three have windows of 10 s.</summary>
public sealed class SimulationRun : IDisposable
{
    // A connection that breaks before its birth leaves a will with a bdSeq that no birth had; a host ignores it.
    private const string WillOfNoBirth = "tck-id-payloads-ndeath-bdseq";

    // A birth may be older than the message before where the clock was set back between them.
    private const string TimeGoesBack = "sensornode-time-goes-back";
    private static readonly TimeSpan Quiet = TimeSpan.FromHours(2);
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    private readonly int _seed;
    private readonly double _days;
    private readonly int _ramRecords;
    private readonly int _windowsPerVisit;
    private readonly SeededRandom _random;
    private readonly SimulatedPlant _plant;
    private readonly HistoryWitness _history;
    private readonly WindowWitness _windows;
    private readonly FaultSchedule _schedule;
    private readonly List<(DateTime, DateTime, EndReason)> _boots = [];
    private readonly List<string> _findings = [];
    private readonly List<string> _log = [];
    private DateTime? _powerOnAt;
    private DateTime? _firstAfterFaults;
    private DateTime _faultsEnd = DateTime.MaxValue;
    private int _cuts;

    private SimulationRun(int seed, double days, INodeConsole? console, bool sharesFirmware)
    {
        _seed = seed;
        _days = days;
        _random = new SeededRandom((ulong)seed * 7919);
        _ramRecords = 3 + (int)(_random.NextUniform() * 10);
        string profile = (seed & 3) switch { 2 => "timed", 3 => "deep-sleep", _ => "continuous" };
        _windowsPerVisit = profile == "continuous" ? 0 : 1 + (seed / 4 % 8);
        int windowIntervalMs = seed % 10 == 5 && seed % 40 != 35 ? 10_000 : 60_000;
        _log.Add($"power.profile = {profile}, a connection each {Math.Max(1, _windowsPerVisit)} windows of {windowIntervalMs / 1000} s");
        string conf = $"journal.ram_records = {_ramRecords}\npower.profile = {profile}\npower.connect_windows = {Math.Max(1, _windowsPerVisit)}\n";
        _plant = new SimulatedPlant(seed, conf, console, sharesFirmware: sharesFirmware, windowIntervalMs: windowIntervalMs);
        _windows = new WindowWitness(TimeSpan.FromMilliseconds(windowIntervalMs), _plant.Vibration.PeakG);
        _schedule = new FaultSchedule(_random, _plant, _windows, IsSleeper ? TimeSpan.FromSeconds(50) : TimeSpan.MaxValue);
        _history = new HistoryWitness(TimeSpan.FromMinutes(1), _ramRecords + _windowsPerVisit + (_windowsPerVisit > 0 ? 1 : 0));
        _plant.Heard += Take;
        _plant.Node.BootEnded += Note;
    }

    /// <summary>Runs one seed.</summary>
    /// <param name="seed">Any number; 0 runs without faults.</param>
    /// <param name="days">Virtual time.</param>
    /// <param name="console">Where the node's console goes; null throws it away.</param>
    /// <param name="sharesFirmware">See <see cref="EmulatedNodeOptions.SharesFirmware"/>.</param>
    public static SimulationResult Run(int seed, double days, INodeConsole? console = null, bool sharesFirmware = true)
    {
        using var run = new SimulationRun(seed, days, console, sharesFirmware);
        return run.Run();
    }

    /// <inheritdoc/>
    public void Dispose() => _plant.Dispose();

    private SimulationResult Run()
    {
        DateTime end = _plant.UtcNow + TimeSpan.FromDays(_days);
        _plant.Node.PowerOn();
        RunTo(_plant.UtcNow + _schedule.NextPause());
        while (_seed != 0 && _plant.UtcNow < end - Quiet)
        {
            DateTime began = _plant.UtcNow;
            string name = _schedule.Begin(out TimeSpan duration, out Action stop);
            _log.Add($"{began:MM-dd HH:mm:ss} {name}, {duration:hh\\:mm\\:ss}");
            RunTo(began + duration);
            stop();
            RunTo(_plant.UtcNow + _schedule.NextPause());
        }

        _faultsEnd = _plant.UtcNow;
        RunTo(_faultsEnd + Quiet);
        Judge();
        return new SimulationResult(_seed, _days, _findings, _log, _plant.Checker.Nodes.Values.Sum(node => node.BirthCount), _history.RecordCount, _history.RepeatCount, _cuts);
    }

    private void RunTo(DateTime until)
    {
        while (_plant.UtcNow < until)
        {
            TimeSpan rest = until - _plant.UtcNow;
            _plant.World.RunFor(rest < Step ? rest : Step);
            if (!_plant.Node.IsPowered)
            {
                _powerOnAt ??= _plant.UtcNow + TimeSpan.FromSeconds(5 + (_random.NextUniform() * _random.NextUniform() * 1800));
                if (_plant.UtcNow >= _powerOnAt && !_plant.Node.IsRunning)
                {
                    _powerOnAt = null;
                    _plant.Node.PowerOn();
                }
            }
        }
    }

    private void Take(SparkplugMessage message)
    {
        _history.Take(message);
        _windows.Take(message);
        if ((message.Topic.Type == SparkplugMessageType.NData || (IsSleeper && message.Topic.Type == SparkplugMessageType.NBirth)) && _plant.UtcNow > _faultsEnd)
        {
            _firstAfterFaults ??= _plant.UtcNow;
        }
    }

    private void Note(EmulatedNode node, BootRecord boot)
    {
        _cuts += boot.Reason == EndReason.PoweredOff ? 1 : 0;
        DateTime began = _plant.Time.UtcAt(boot.BeganNs);
        if (boot.IsWake)
        {
            began = _boots[^1].Item1;
            _boots.RemoveAt(_boots.Count - 1);
        }

        _boots.Add((began, _plant.Time.UtcAt(boot.EndedNs), boot.Reason));
        if (boot.Reason != EndReason.DeepSleep)
        {
            _log.Add($"{_plant.UtcNow:MM-dd HH:mm:ss} boot {boot.Number} ended: {boot.Reason} {boot.UncaughtException}");
        }

        if (boot.Reason is not (EndReason.PoweredOff or EndReason.Rebooted or EndReason.DeepSleep))
        {
            _findings.Add($"boot {boot.Number} ended with {boot.Reason}: {boot.UncaughtException}");
            _plant.Node.CutPower();
        }
    }

    private bool IsFault(SparkplugViolation violation) => violation.Rule != WillOfNoBirth
        && (violation.Rule != TimeGoesBack || _schedule.ClockSteps == 0 || !violation.ToString().Contains("NBIRTH", StringComparison.Ordinal));

    private bool IsSleeper => _windowsPerVisit > 0;

    private void Judge()
    {
        NodeState? state = _plant.Checker.Nodes.Values.FirstOrDefault();
        object? backlog = state?.Metrics.GetValueOrDefault("Health/Backlog")?.Value;
        TimeSpan recovery = Recovery + TimeSpan.FromMinutes(_windowsPerVisit);
        bool isHere = state is { IsOnline: true } || (IsSleeper && state != null);
        if (!isHere || _firstAfterFaults is not { } first || first - _faultsEnd > recovery)
        {
            _findings.Add($"no data within {recovery.TotalMinutes:0} minutes of {_faultsEnd:MM-dd HH:mm:ss}, the end of faults");
        }
        else if (backlog is not int waiting || waiting > _ramRecords + 1 + _windowsPerVisit)
        {
            _findings.Add($"{backlog} records still wait two hours after the end of faults");
        }

        if (_plant.Node.IsRunning)
        {
            // The present boot goes on; it is judged up to now, but for what a power cut could still cost.
            _plant.Node.PowerOff();
            _cuts--;
        }

        _findings.AddRange(_plant.Checker.Violations.Where(IsFault).Select(violation => violation.ToString()).Take(20));
        _findings.AddRange(_history.Judge(_boots, _cuts).Take(20));
        _findings.AddRange(_windows.Judge().Take(20));
    }
}
