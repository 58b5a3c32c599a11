using SensorNode.Sparkplug.Host;

namespace SensorNode.Tool.Demo;

/// <summary>What an operator sees: everything here was decoded from MQTT messages, nothing was read from the node's memory.</summary>
/// <param name="utcAtStart">Time of day at which the node's power came on.</param>
public sealed class DemoObserver(DateTime utcAtStart)
{
    private readonly SparkplugHost _host = new();
    private readonly List<StateChange> _changes = [];
    private readonly List<double> _scores = [];
    private string _alarm = "";
    private string _phase = "";

    /// <summary>One line for people, as it happens.</summary>
    public event Action<string>? Happened;

    /// <summary>Time of day at which the node's power came on.</summary>
    public DateTime UtcAtStart { get; } = utcAtStart;

    /// <summary>Messages of the node.</summary>
    public int MessageCount { get; private set; }

    /// <summary>Payload bytes of the node.</summary>
    public long PayloadBytes { get; private set; }

    /// <summary>Changes of phase and alarm, in order.</summary>
    public IReadOnlyList<StateChange> Changes => _changes;

    /// <summary>Scores as they were reported.</summary>
    public IReadOnlyList<double> Scores => _scores;

    /// <summary>Node time of the last message.</summary>
    public TimeSpan NodeTime { get; private set; }

    /// <summary>Breaches of the Sparkplug rules, as the independent checker saw them.</summary>
    public IReadOnlyList<SparkplugViolation> Violations => _host.Violations;

    /// <summary>Present state in one word: waiting, learning, normal, warning, alarm, ..</summary>
    public string State => _phase.Length == 0 ? "waiting" : _phase != "watching" ? _phase : _alarm is "" or "none" ? "normal" : _alarm;

    /// <summary>Present alarm, or an empty string.</summary>
    public string Alarm => _alarm;

    /// <summary>Takes one message.</summary>
    public void Take(string topic, byte[] payload, int quality, bool retain)
    {
        SparkplugMessage? message = _host.Receive(topic, payload, quality, retain);
        if (message == null)
        {
            return;
        }

        MessageCount++;
        PayloadBytes += payload.Length;
        bool isDeath = message.Topic.Type == SparkplugMessageType.NDeath;
        if (!isDeath && message.Time is { } time)
        {
            // A death message was written when the node connected.
            NodeTime = time - UtcAtStart;
        }

        if (message.Topic.Type == SparkplugMessageType.NBirth)
        {
            Change("birth", $"{message.Metrics.Count} metrics, {payload.Length} bytes");
        }
        else if (isDeath)
        {
            Change("death", "the broker lost the node and sent its will");
        }

        if (message.Metrics.Any(metric => metric.Name == "Detector/Score" && metric.Value != null))
        {
            _scores.Add(Number("Detector/Score") ?? 0);
        }

        NoteChanges();
    }

    /// <summary>Present value of a number metric; null where there is none.</summary>
    public double? Number(string name) => Value(name) is { } value and not string and not Array and not bool ? Convert.ToDouble(value) : null;

    /// <summary>Present value of a text metric.</summary>
    public string Text(string name) => Value(name) as string ?? "";

    /// <summary>Present value of an array metric.</summary>
    public short[] Array16(string name) => Value(name) as short[] ?? [];

    private object? Value(string name) =>
        _host.Nodes.Values.FirstOrDefault()?.Metrics is { } metrics && metrics.TryGetValue(name, out SparkplugMetric? metric) ? metric.Value : null;

    private void NoteChanges()
    {
        string phase = Text("Detector/Phase");
        if (phase != _phase && phase.Length > 0)
        {
            _phase = phase;
            Change(phase == "watching" ? "normal" : phase, phase == "watching" ? "learning is over, the node watches" : "");
        }

        string alarm = Text("Detector/Alarm");
        if (alarm != _alarm && alarm.Length > 0)
        {
            bool isFirst = _alarm.Length == 0;
            _alarm = alarm;
            if (!isFirst || alarm != "none")
            {
                Change(alarm == "none" ? "normal again" : alarm, Text("Detector/Reason"));
            }
        }
    }

    private void Change(string what, string reason)
    {
        _changes.Add(new StateChange(NodeTime, what, reason, Number("Vibration/Z/Dominant Frequency"), Number("Detector/Score")));
        Report(reason.Length > 0 ? $"{what}: {reason}" : what);
    }

    private void Report(string line) => Happened?.Invoke($"{NodeTime:hh\\:mm\\:ss}  {line}");
}
