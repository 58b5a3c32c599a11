using SensorNode.Sparkplug.Host.Wire;

namespace SensorNode.Sparkplug.Host;

/// <summary>Rules for NDATA and DDATA; brings the node's metrics up to date.</summary>
internal sealed class DataRules(SparkplugReport report)
{
    public IReadOnlyList<SparkplugMetric> Check(NodeState node, Payload payload)
    {
        var metrics = new List<SparkplugMetric>();
        ulong lastMs = 0;
        report.Expect(payload.Metrics.Count > 0, "tck-id-topics-ndata-payload", "has no metrics");
        foreach (Metric metric in payload.Metrics)
        {
            string shown = metric.HasName ? metric.Name : $"alias {metric.Alias}";
            if (!metric.HasName && !metric.HasAlias)
            {
                report.Add("tck-id-payloads-name-requirement", $"metric {metrics.Count + 1} has neither name nor alias");
                continue;
            }

            report.Expect(!metric.HasName || !metric.HasAlias, "tck-id-payloads-alias-data-cmd-requirement", $"metric '{shown}' has a name beside its alias");
            SparkplugMetric? birth = node.Find(metric.HasName ? metric.Name : null, metric.HasAlias ? metric.Alias : null);
            if (birth == null)
            {
                report.Add("tck-id-topics-nbirth-metric-reqs", $"metric '{shown}' was not in the birth");
                continue;
            }

            report.Expect(!metric.HasName || birth.Alias == null, "tck-id-payloads-alias-data-cmd-requirement", $"metric '{shown}' is sent by name although the birth gave it an alias");
            metrics.Add(Read(node, payload, metric, birth, ref lastMs));
        }

        node.DataCount++;
        return metrics;
    }

    private SparkplugMetric Read(NodeState node, Payload payload, Metric metric, SparkplugMetric birth, ref ulong lastMs)
    {
        report.Expect(!metric.HasDatatype, "tck-id-payloads-metric-datatype-not-req", $"metric '{birth.Name}' has a data type, which belongs into the birth");
        DateTime? time = MetricRules.CheckTime(report, payload, metric, birth.Name, ref lastMs);
        object? value = MetricRules.CheckValue(report, metric, birth.Name, birth.Datatype);
        MetricRules.CheckProperties(report, metric.Properties, birth.Name);
        var read = birth with { Value = value, Time = time, IsHistorical = metric.IsHistorical };
        if (!metric.IsHistorical)
        {
            SparkplugMetric before = node.Find(birth.Name, null)!;
            report.Expect(time == null || before.Time == null || time >= before.Time, "sensornode-time-goes-back", $"metric '{birth.Name}' of {time:O} is older than its value before, of {before.Time:O}");
            node.Define(read);
        }

        return read;
    }
}
