using SensorNode.Sparkplug.Host.Wire;

namespace SensorNode.Sparkplug.Host;

/// <summary>Rules for NDEATH.</summary>
internal sealed class DeathRules(SparkplugReport report)
{
    public IReadOnlyList<SparkplugMetric> Check(NodeState node, Payload payload)
    {
        report.Expect(!payload.HasSeq, "tck-id-payloads-ndeath-seq", $"has seq {payload.Seq}, must have none");
        if (payload.Metrics.Count != 1 || payload.Metrics[0].Name != "bdSeq")
        {
            report.Add("tck-id-topics-ndeath-payload", $"has {payload.Metrics.Count} metrics, must have bdSeq alone");
            return [];
        }

        Metric metric = payload.Metrics[0];
        if (!MetricValue.TryRead(metric, SparkplugDatatype.Int64, out object? value, out string fault))
        {
            report.Add("tck-id-topics-ndeath-payload", $"bdSeq: {fault}");
            return [];
        }

        if (node.BirthDeathSequence is { } birth)
        {
            report.Expect((long)value! == birth, "tck-id-payloads-ndeath-bdseq", $"bdSeq {value}, its birth had {birth}");
        }

        return [new SparkplugMetric(metric.Name, null, SparkplugDatatype.Int64, value, null, false)];
    }
}
