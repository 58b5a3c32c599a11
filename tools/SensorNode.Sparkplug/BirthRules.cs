using SensorNode.Sparkplug.Host.Wire;

namespace SensorNode.Sparkplug.Host;

/// <summary>Rules for NBIRTH and DBIRTH; fills the node's metrics anew.</summary>
internal sealed class BirthRules(SparkplugReport report)
{
    private const string BirthDeathSequence = "bdSeq";

    public IReadOnlyList<SparkplugMetric> Check(NodeState node, Payload payload, bool isEdgeNode)
    {
        bool wasOnline = node.IsOnline;
        var metrics = new List<SparkplugMetric>();
        var lowered = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        ulong lastMs = 0;
        bool usesAliases = payload.Metrics.Any(metric => metric.HasAlias);
        node.Clear();
        foreach (Metric metric in payload.Metrics)
        {
            if (!metric.HasName || metric.Name.Length == 0)
            {
                report.Add("tck-id-payloads-name-requirement", $"metric {metrics.Count + 1} has no name");
                continue;
            }

            CheckNames(node, metric, lowered, usesAliases);
            SparkplugDatatype datatype = CheckDatatype(metric);
            MetricRules.CheckProperties(report, metric.Properties, metric.Name);
            DateTime? time = MetricRules.CheckTime(report, payload, metric, metric.Name, ref lastMs);
            object? value = MetricRules.CheckValue(report, metric, metric.Name, datatype);
            var read = new SparkplugMetric(metric.Name, metric.HasAlias ? metric.Alias : null, datatype, value, time, metric.IsHistorical);
            node.Define(read);
            metrics.Add(read);
        }

        if (isEdgeNode)
        {
            CheckRebirth(node, payload);
            CheckBirthDeathSequence(node, wasOnline);
        }

        node.IsOnline = true;
        node.BirthCount++;
        return metrics;
    }

    private void CheckNames(NodeState node, Metric metric, HashSet<string> lowered, bool usesAliases)
    {
        report.Expect(node.Find(metric.Name, null) == null, "sensornode-metric-twice", $"metric '{metric.Name}' comes twice");
        report.Expect(lowered.Add(metric.Name) || node.Find(metric.Name, null) != null, "tck-id-case-sensitivity-metric-names", $"metric '{metric.Name}' differs from another only by case");
        report.Expect(!metric.HasAlias || !node.HasAlias(metric.Alias), "tck-id-payloads-alias-uniqueness", $"alias {metric.Alias} of metric '{metric.Name}' is taken");

        // bdSeq is never sent in data, so nothing is lost without an alias; Node Control/Rebirth must not have one.
        bool isSpecial = metric.Name is BirthDeathSequence or SparkplugCommands.Rebirth;
        report.Expect(metric.HasAlias || !usesAliases || isSpecial, "tck-id-payloads-alias-birth-requirement", $"metric '{metric.Name}' has no alias although others have");
        report.Expect(!metric.HasAlias || metric.Name != SparkplugCommands.Rebirth, "tck-id-operational-behavior-data-commands-rebirth-name-aliases", "Node Control/Rebirth has an alias");
    }

    private SparkplugDatatype CheckDatatype(Metric metric)
    {
        if (!metric.HasDatatype)
        {
            report.Add("tck-id-payloads-metric-datatype-req", $"metric '{metric.Name}' has no data type");
            return SparkplugDatatype.Unknown;
        }

        bool isValid = metric.Datatype is >= (uint)SparkplugDatatype.Int8 and <= (uint)SparkplugDatatype.Template
            or >= (uint)SparkplugDatatype.Int8Array and <= (uint)SparkplugDatatype.DateTimeArray;
        report.Expect(isValid, "tck-id-payloads-metric-datatype-value", $"metric '{metric.Name}' has data type {metric.Datatype}");
        return isValid ? (SparkplugDatatype)metric.Datatype : SparkplugDatatype.Unknown;
    }

    private void CheckRebirth(NodeState node, Payload payload)
    {
        SparkplugMetric? rebirth = node.Find(SparkplugCommands.Rebirth, null);
        if (rebirth == null)
        {
            report.Add("tck-id-topics-nbirth-rebirth-metric", "has no metric Node Control/Rebirth");
            return;
        }

        report.Expect(rebirth.Datatype == SparkplugDatatype.Boolean, "tck-id-operational-behavior-data-commands-rebirth-datatype", $"Node Control/Rebirth is {rebirth.Datatype}, must be Boolean");
        report.Expect(rebirth.Value is false, "tck-id-operational-behavior-data-commands-rebirth-value", "Node Control/Rebirth is not false");
    }

    private void CheckBirthDeathSequence(NodeState node, bool wasOnline)
    {
        SparkplugMetric? metric = node.Find(BirthDeathSequence, null);
        if (metric?.Value is not long number)
        {
            report.Add("tck-id-topics-nbirth-bdseq-included", metric == null ? "has no metric bdSeq" : $"bdSeq is {metric.Datatype} without a value, must be Int64");
            node.BirthDeathSequence = null;
            return;
        }

        report.Expect(number is >= 0 and <= 255, "tck-id-message-flow-edge-node-birth-publish-will-message-payload-bdSeq", $"bdSeq {number}, must be 0 to 255");
        if (node.BirthDeathSequence is { } former)
        {
            report.Expect(!wasOnline || number == former, "tck-id-operational-behavior-data-commands-rebirth-action-3", $"bdSeq {number} without a death of the birth with bdSeq {former}");
            report.Expect(wasOnline || number != former, "tck-id-topics-nbirth-bdseq-increment", $"bdSeq {number} again after a death");
        }

        node.BirthDeathSequence = number;
    }
}
