using SensorNode.Sparkplug.Host;

namespace SensorNode.Simulation;

/// <summary>Whether vibration values were told of a time at which the sensor did not answer.</summary>
public sealed class WindowWitness(TimeSpan windowInterval)
{
    private readonly List<(DateTime From, DateTime Until)> _silences = [];
    private readonly List<(DateTime Time, string Name)> _values = [];

    /// <summary>The sensor is away for a time.</summary>
    public void Silence(DateTime from, DateTime until) => _silences.Add((from + windowInterval + TimeSpan.FromSeconds(15), until));

    /// <summary>Takes a message. A record that says of itself that its time is estimated is no witness of a time.</summary>
    public void Take(SparkplugMessage message)
    {
        if (message.Metrics.Any(metric => metric is { Name: "History/Time Estimated", Value: true }))
        {
            return;
        }

        foreach (SparkplugMetric metric in message.Metrics)
        {
            if (metric is { Value: not null, Time: { } time } && IsOfAWindow(metric.Name))
            {
                _values.Add((time, metric.Name));
            }
        }
    }

    private static bool IsOfAWindow(string name) =>
        name == "Vibration/Zone" || (name.StartsWith("Vibration/", StringComparison.Ordinal) && name.EndsWith(" RMS", StringComparison.Ordinal));

    /// <summary>Each value that could not have been measured.</summary>
    public IEnumerable<string> Judge() =>
        from silence in _silences
        from value in _values
        where value.Time > silence.From && value.Time < silence.Until - TimeSpan.FromSeconds(1)
        select $"{value.Name} of {value.Time:MM-dd HH:mm:ss} was told, but the sensor did not answer from {silence.From:HH:mm:ss} to {silence.Until:HH:mm:ss}";
}
