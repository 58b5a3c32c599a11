using Google.Protobuf;
using SensorNode.Sparkplug.Host.Wire;

namespace SensorNode.Sparkplug.Host;

/// <summary>Payloads of commands to a node. Publish them to spBv1.0/group/NCMD/node with QoS 0, not retained.</summary>
public static class SparkplugCommands
{
    /// <summary>Name of the metric that asks for a new birth.</summary>
    public const string Rebirth = "Node Control/Rebirth";

    /// <summary>Asks for a new birth.</summary>
    public static byte[] RequestRebirth(DateTime nowUtc) => Write(nowUtc, Rebirth, SparkplugDatatype.Boolean, true);

    /// <summary>Writes one metric by name.</summary>
    /// <param name="nowUtc">Time stamp.</param>
    /// <param name="name">Name from the birth.</param>
    /// <param name="datatype">Boolean, Int32, Int64, Float, Double or String.</param>
    /// <param name="value">bool, int, long, float, double or string, as the data type says.</param>
    public static byte[] Write(DateTime nowUtc, string name, SparkplugDatatype datatype, object value)
    {
        var metric = new Metric { Name = name, Datatype = (uint)datatype, Timestamp = ToMilliseconds(nowUtc) };
        switch (datatype)
        {
            case SparkplugDatatype.Boolean: metric.BooleanValue = (bool)value; break;
            case SparkplugDatatype.Int32: metric.IntValue = (uint)(int)value; break;
            case SparkplugDatatype.Int64: metric.LongValue = (ulong)(long)value; break;
            case SparkplugDatatype.Float: metric.FloatValue = (float)value; break;
            case SparkplugDatatype.Double: metric.DoubleValue = (double)value; break;
            case SparkplugDatatype.String: metric.StringValue = (string)value; break;
            default: throw new ArgumentException($"commands do not write {datatype}", nameof(datatype));
        }

        var payload = new Payload { Timestamp = ToMilliseconds(nowUtc) };
        payload.Metrics.Add(metric);
        return payload.ToByteArray();
    }

    private static ulong ToMilliseconds(DateTime utc) => (ulong)(utc - DateTime.UnixEpoch).TotalMilliseconds;
}
