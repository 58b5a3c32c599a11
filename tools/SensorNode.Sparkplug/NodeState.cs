namespace SensorNode.Sparkplug.Host;

/// <summary>What a host knows of one edge node or device.</summary>
public sealed class NodeState(string name)
{
    private readonly SortedDictionary<string, SparkplugMetric> _metrics = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, string> _names = [];

    /// <summary>group/node or group/node/device.</summary>
    public string Name { get; } = name;

    /// <summary>True from birth to death.</summary>
    public bool IsOnline { get; internal set; }

    /// <summary>bdSeq of the last birth, or null.</summary>
    public long? BirthDeathSequence { get; internal set; }

    /// <summary>Sequence number of the last message, or null before the first birth. Kept at the edge node, for its devices too.</summary>
    public int? Sequence { get; internal set; }

    /// <summary>Time stamp of the last message.</summary>
    public ulong LastTimestampMs { get; internal set; }

    /// <summary>Births seen.</summary>
    public int BirthCount { get; internal set; }

    /// <summary>Data messages seen.</summary>
    public int DataCount { get; internal set; }

    /// <summary>Deaths seen.</summary>
    public int DeathCount { get; internal set; }

    /// <summary>Metrics of the last birth with their newest values that are not historical, by name.</summary>
    public IReadOnlyDictionary<string, SparkplugMetric> Metrics => _metrics;

    internal void Clear()
    {
        _metrics.Clear();
        _names.Clear();
    }

    internal void Define(SparkplugMetric metric)
    {
        _metrics[metric.Name] = metric;
        if (metric.Alias is { } alias)
        {
            _names[alias] = metric.Name;
        }
    }

    internal bool HasAlias(ulong alias) => _names.ContainsKey(alias);

    internal SparkplugMetric? Find(string? metricName, ulong? alias)
    {
        string? found = metricName ?? (alias is { } a && _names.TryGetValue(a, out string? byAlias) ? byAlias : null);
        return found != null && _metrics.TryGetValue(found, out SparkplugMetric? metric) ? metric : null;
    }
}
