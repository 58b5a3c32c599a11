using SensorNode.Sparkplug.Host.Wire;

namespace SensorNode.Sparkplug.Host;

/// <summary>Rules that metrics of births and data share.</summary>
internal static class MetricRules
{
    /// <summary>Checks time stamps and their order, and gives the time.</summary>
    /// <param name="report">Where faults go.</param>
    /// <param name="payload">The message.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="lastMs">Latest time so far in the message; moved on.</param>
    public static DateTime? CheckTime(SparkplugReport report, Payload payload, Metric metric, string name, ref ulong lastMs)
    {
        if (!metric.HasTimestamp)
        {
            report.Add("tck-id-payloads-name-birth-data-requirement", $"metric '{name}' has no time stamp");
            return null;
        }

        ulong timestamp = metric.Timestamp;
        report.Expect(timestamp >= SparkplugReport.EarliestMs, "tck-id-payloads-metric-timestamp-in-UTC", $"metric '{name}' has time stamp {timestamp}, which is no present time in ms since 1970");
        report.Expect(!payload.HasTimestamp || timestamp <= payload.Timestamp, "sensornode-metric-after-message", $"metric '{name}' is measured at {timestamp}, after the message was sent at {payload.Timestamp}");
        if (!metric.IsHistorical)
        {
            report.Expect(timestamp >= lastMs, "tck-id-operational-behavior-data-publish-nbirth-order", $"metric '{name}' of {timestamp} comes after one of {lastMs}");
            lastMs = Math.Max(lastMs, timestamp);
        }

        return SparkplugTime.TryRead(timestamp, out DateTime time) ? time : null;
    }

    /// <summary>Reads the value; null where there is none, or where it is at fault.</summary>
    public static object? CheckValue(SparkplugReport report, Metric metric, string name, SparkplugDatatype datatype)
    {
        bool hasValue = metric.ValueCase != Metric.ValueOneofCase.None;
        if (metric.IsNull || !hasValue)
        {
            report.Expect(metric.IsNull != hasValue, "tck-id-operational-behavior-data-publish-nbirth-values", $"metric '{name}' {(hasValue ? "has a value although it says is_null" : "has no value and does not say is_null")}");
            return null;
        }

        if (!MetricValue.TryRead(metric, datatype, out object? value, out string fault))
        {
            report.Add("tck-id-payloads-metric-datatype-value", $"metric '{name}': {fault}");
        }

        return value;
    }

    /// <summary>Checks keys and types of properties.</summary>
    public static void CheckProperties(SparkplugReport report, PropertySet? properties, string name)
    {
        if (properties == null)
        {
            return;
        }

        report.Expect(properties.Keys.Count == properties.Values.Count, "tck-id-payloads-propertyset-keys-array-size", $"metric '{name}' has {properties.Keys.Count} property keys and {properties.Values.Count} values");
        for (int i = 0; i < Math.Min(properties.Keys.Count, properties.Values.Count); i++)
        {
            PropertyValue value = properties.Values[i];
            string key = properties.Keys[i];
            report.Expect(value.HasType, "tck-id-payloads-metric-propertyvalue-type-req", $"property '{key}' of metric '{name}' has no type");
            report.Expect(!value.HasType || IsPropertyType(value.Type), "tck-id-payloads-metric-propertyvalue-type-value", $"property '{key}' of metric '{name}' has type {value.Type}");
            if (key == "Quality")
            {
                report.Expect(value.Type == (uint)SparkplugDatatype.Int32, "tck-id-payloads-propertyset-quality-value-type", $"Quality of metric '{name}' has type {value.Type}, must be 3");
                report.Expect(value.HasIntValue && value.IntValue is 0 or 192 or 500, "tck-id-payloads-propertyset-quality-value-value", $"Quality of metric '{name}' must be 0, 192 or 500");
            }
        }
    }

    private static bool IsPropertyType(uint type) =>
        type is (>= (uint)SparkplugDatatype.Int8 and <= (uint)SparkplugDatatype.Text) or (uint)SparkplugDatatype.PropertySet or (uint)SparkplugDatatype.PropertySetList;
}
