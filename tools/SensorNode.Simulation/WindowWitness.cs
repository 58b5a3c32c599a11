using SensorNode.Sparkplug.Host;

namespace SensorNode.Simulation;

/// <summary>Whether values were told that could not have been measured: vibration at a time at which the sensor did not answer, or another than the machine's; another temperature than the plant's.</summary>
/// <param name="windowInterval">Time from window to window.</param>
/// <param name="peakG">What the machine does on each axis, all the time.</param>
public sealed class WindowWitness(TimeSpan windowInterval, double[] peakG)
{
    private const double ClimateC = 21.5;
    private const double ToleranceC = 2;

    private static readonly TimeSpan ClockError = TimeSpan.FromSeconds(13);
    private readonly List<string> _strange = [];
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

            if (metric.Value is float number && !IsPossible(metric.Name, number))
            {
                _strange.Add(FormattableString.Invariant($"{metric.Name} of {metric.Time:MM-dd HH:mm:ss} was told as {number}"));
            }
        }
    }

    private static bool IsOfAWindow(string name) =>
        name == "Vibration/Zone" || (name.StartsWith("Vibration/", StringComparison.Ordinal) && name.EndsWith(" RMS", StringComparison.Ordinal));

    /// <summary>Each value that could not have been measured.</summary>
    public IEnumerable<string> Judge() => _strange.Concat(
        from silence in _silences
        from value in _values
        where value.Time > silence.From && value.Time < silence.Until - ClockError
        select $"{value.Name} of {value.Time:MM-dd HH:mm:ss} was told, but the sensor did not answer from {silence.From:HH:mm:ss} to {silence.Until:HH:mm:ss}");

    /// <summary>A short window holds no whole number of the tone's periods, and the chip adds noise: half to twice the tone's RMS.</summary>
    private bool IsPossible(string name, float value)
    {
        if (name == "Temperature/Value")
        {
            return Math.Abs(value - ClimateC) < ToleranceC;
        }

        if (!name.EndsWith("/Acceleration RMS", StringComparison.Ordinal))
        {
            return true;
        }

        double rms = peakG["XYZ".IndexOf(name["Vibration/".Length], StringComparison.Ordinal)] / Math.Sqrt(2);
        return value > rms / 2 && value < rms * 2;
    }
}
