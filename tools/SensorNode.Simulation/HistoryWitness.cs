using SensorNode.Platform;
using SensorNode.Sparkplug.Host;

namespace SensorNode.Simulation;

/// <summary>Whether every report interval of the node's life was told, live or as a record, in order, each record once or again the same.</summary>
/// <remarks>
/// A live message tells its own moment; a record the moment of its time stamp. Between two moments told there may be one interval and a tolerance.
/// Excused: the time without power; before a power cut the intervals that may wait in RAM, or for the next connection of a node that sleeps; records whose time is
/// an estimate are counted, not placed.
/// </remarks>
public sealed class HistoryWitness(TimeSpan interval, int ramRecords)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);
    private readonly List<DateTime> _told = [];
    private readonly Dictionary<int, DateTime> _records = [];
    private int _estimated;
    private int _largest;

    /// <summary>What is wrong with the order of records.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Different records heard.</summary>
    public int RecordCount => _records.Count;

    /// <summary>Records heard again.</summary>
    public int RepeatCount { get; private set; }

    /// <summary>Takes a message.</summary>
    public void Take(SparkplugMessage message)
    {
        SparkplugMetric? number = message.Metrics.FirstOrDefault(metric => metric.Name == "History/Record Number" && metric.IsHistorical);
        if (number?.Value == null)
        {
            if (message.Topic.Type is SparkplugMessageType.NBirth or SparkplugMessageType.NData && message.Time is { } live)
            {
                _told.Add(live);
            }

            return;
        }

        TakeRecord(Convert.ToInt32(number.Value), number.Time!.Value, message.Metrics.Any(metric => metric.Name == "History/Time Estimated" && metric.Value is true));
    }

    /// <summary>Judges the whole life.</summary>
    /// <param name="boots">Each boot with its times of day; boots that only deep sleep has parted as one.</param>
    /// <param name="cuts">Power cuts.</param>
    public IEnumerable<string> Judge(IReadOnlyList<(DateTime Began, DateTime Ended, EndReason Reason)> boots, int cuts)
    {
        foreach (string fault in Faults)
        {
            yield return fault;
        }

        int missing = _largest - _records.Count;
        if (missing > cuts * Math.Max(1, ramRecords))
        {
            yield return $"{missing} record numbers of {_largest} never came; {cuts} power cuts can cost {cuts * ramRecords}";
        }

        _told.Sort();
        double unplaced = 0;
        foreach ((DateTime began, DateTime ended, EndReason reason) in boots)
        {
            bool isCut = reason is EndReason.PoweredOff or EndReason.DeepSleep;
            DateTime end = isCut ? ended - (ramRecords * interval) - Tolerance : ended;
            DateTime[] told = _told.Where(time => time >= began && time <= ended).ToArray();
            DateTime first = told.Length > 0 ? told[0] : end;

            // Before the clock was set, records carry an estimate.
            unplaced += Math.Max(0, Math.Floor(((first < end ? first : end) - began - Tolerance) / interval) - 1);
            DateTime last = first;
            foreach (DateTime time in told.Skip(1).Append(end))
            {
                if (time - last > interval + Tolerance && last < end)
                {
                    yield return $"nothing was told between {last:MM-dd HH:mm:ss} and {time:MM-dd HH:mm:ss}";
                }

                last = time > last ? time : last;
            }
        }

        if (_estimated < unplaced)
        {
            yield return $"{_estimated} records with an estimated time came; {unplaced} intervals passed before the clock was set";
        }
    }

    private void TakeRecord(int number, DateTime time, bool isEstimated)
    {
        if (_records.TryGetValue(number, out DateTime before))
        {
            RepeatCount++;
            if (before != time)
            {
                Faults.Add($"record {number} came again with another time, {time:O} after {before:O}");
            }

            return;
        }

        if (number < _largest)
        {
            Faults.Add($"record {number} came for the first time after record {_largest}");
        }

        _largest = Math.Max(_largest, number);
        _records.Add(number, time);
        if (isEstimated)
        {
            _estimated++;
        }
        else
        {
            _told.Add(time);
        }
    }
}
