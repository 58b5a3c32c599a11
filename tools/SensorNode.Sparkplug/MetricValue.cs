using SensorNode.Sparkplug.Host.Wire;

namespace SensorNode.Sparkplug.Host;

/// <summary>The value of a metric by its data type.</summary>
public static class MetricValue
{
    /// <summary>Reads the value of a metric.</summary>
    /// <param name="metric">With a value; not one that says is_null.</param>
    /// <param name="datatype">From the metric itself or from its birth.</param>
    /// <param name="value">sbyte, short, int, long, byte, ushort, uint, ulong, float, double, bool, string, DateTime, byte[], a packed array
    /// (<see cref="PackedArray"/>), or the wire's DataSet or Template.</param>
    /// <param name="fault">What is wrong, where the answer is false.</param>
    public static bool TryRead(Metric metric, SparkplugDatatype datatype, out object? value, out string fault)
    {
        value = null;
        fault = "";
        Metric.ValueOneofCase expected = FieldOf(datatype);
        if (metric.ValueCase != expected || expected == Metric.ValueOneofCase.None)
        {
            fault = expected == Metric.ValueOneofCase.None
                ? $"data type {(int)datatype} is not one that a metric can have"
                : $"{datatype} must stand in {expected}, not in {metric.ValueCase}";
            return false;
        }

        switch (expected)
        {
            case Metric.ValueOneofCase.IntValue: return TryInteger(metric.IntValue, datatype, out value, out fault);
            case Metric.ValueOneofCase.LongValue: return TryLong(metric.LongValue, datatype, out value, out fault);
            case Metric.ValueOneofCase.FloatValue: value = metric.FloatValue; return true;
            case Metric.ValueOneofCase.DoubleValue: value = metric.DoubleValue; return true;
            case Metric.ValueOneofCase.BooleanValue: value = metric.BooleanValue; return true;
            case Metric.ValueOneofCase.StringValue: value = metric.StringValue; return true;
            case Metric.ValueOneofCase.DatasetValue: value = metric.DatasetValue; return true;
            case Metric.ValueOneofCase.TemplateValue: value = metric.TemplateValue; return true;
            default:
                if (datatype is SparkplugDatatype.Bytes or SparkplugDatatype.File)
                {
                    value = metric.BytesValue.ToByteArray();
                    return true;
                }

                bool isRead = PackedArray.TryRead(datatype, metric.BytesValue.Span, out Array? array, out fault);
                value = array;
                return isRead;
        }
    }

    private static Metric.ValueOneofCase FieldOf(SparkplugDatatype datatype) => datatype switch
    {
        SparkplugDatatype.Int8 or SparkplugDatatype.Int16 or SparkplugDatatype.Int32
            or SparkplugDatatype.UInt8 or SparkplugDatatype.UInt16 or SparkplugDatatype.UInt32 => Metric.ValueOneofCase.IntValue,
        SparkplugDatatype.Int64 or SparkplugDatatype.UInt64 or SparkplugDatatype.DateTime => Metric.ValueOneofCase.LongValue,
        SparkplugDatatype.Float => Metric.ValueOneofCase.FloatValue,
        SparkplugDatatype.Double => Metric.ValueOneofCase.DoubleValue,
        SparkplugDatatype.Boolean => Metric.ValueOneofCase.BooleanValue,
        SparkplugDatatype.String or SparkplugDatatype.Text or SparkplugDatatype.Uuid => Metric.ValueOneofCase.StringValue,
        SparkplugDatatype.DataSet => Metric.ValueOneofCase.DatasetValue,
        SparkplugDatatype.Template => Metric.ValueOneofCase.TemplateValue,
        SparkplugDatatype.Bytes or SparkplugDatatype.File => Metric.ValueOneofCase.BytesValue,
        >= SparkplugDatatype.Int8Array and <= SparkplugDatatype.DateTimeArray => Metric.ValueOneofCase.BytesValue,
        _ => Metric.ValueOneofCase.None,
    };

    private static bool TryInteger(uint raw, SparkplugDatatype datatype, out object? value, out string fault)
    {
        // Signed types come as 32-bit two's complement; some encoders cut it to the type's own width.
        int signed = (int)raw;
        value = datatype switch
        {
            SparkplugDatatype.Int8 when signed is >= sbyte.MinValue and <= byte.MaxValue => (sbyte)raw,
            SparkplugDatatype.Int16 when signed is >= short.MinValue and <= ushort.MaxValue => (short)raw,
            SparkplugDatatype.Int32 => signed,
            SparkplugDatatype.UInt8 when raw <= byte.MaxValue => (byte)raw,
            SparkplugDatatype.UInt16 when raw <= ushort.MaxValue => (ushort)raw,
            SparkplugDatatype.UInt32 => raw,
            _ => null,
        };
        fault = value == null ? $"int_value {raw} does not fit into {datatype}" : "";
        return value != null;
    }

    private static bool TryLong(ulong raw, SparkplugDatatype datatype, out object? value, out string fault)
    {
        fault = "";
        if (datatype == SparkplugDatatype.DateTime)
        {
            bool isTime = SparkplugTime.TryRead(raw, out DateTime time);
            value = time;
            fault = isTime ? "" : $"DateTime {raw} is after the year 9999";
            return isTime;
        }

        value = datatype == SparkplugDatatype.Int64 ? (long)raw : (object)raw;
        return true;
    }
}
