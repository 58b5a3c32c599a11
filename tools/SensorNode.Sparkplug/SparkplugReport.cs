namespace SensorNode.Sparkplug.Host;

/// <summary>Collects the violations of one message.</summary>
internal sealed class SparkplugReport(List<SparkplugViolation> violations, string topic, int messageNumber)
{
    /// <summary>1 January 2020: a time stamp before it comes from a clock that was never set.</summary>
    public const ulong EarliestMs = 1_577_836_800_000;

    private const int ViolationsMax = 10_000;

    public void Expect(bool isTrue, string rule, string text)
    {
        if (!isTrue)
        {
            Add(rule, text);
        }
    }

    public void Add(string rule, string text)
    {
        if (violations.Count < ViolationsMax)
        {
            violations.Add(new SparkplugViolation(rule, topic, messageNumber, text));
        }
    }
}
