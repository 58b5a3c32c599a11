using SensorNode.Sparkplug.Host;
using SensorNode.Sparkplug.Host.Wire;

namespace SensorNode.Interop.Tests.Sparkplug;

/// <summary>Correct messages of a small node, for tests that then break one thing.</summary>
internal static class Births
{
    public const string BirthTopic = "spBv1.0/plant/NBIRTH/fan-1";
    public const string DataTopic = "spBv1.0/plant/NDATA/fan-1";
    public const string DeathTopic = "spBv1.0/plant/NDEATH/fan-1";
    public const ulong T0 = 1_790_000_000_000;

    public static Payload Birth(long bdSeq = 5, ulong time = T0)
    {
        var payload = new Payload { Timestamp = time, Seq = 0 };
        payload.Metrics.Add(new Metric { Name = "bdSeq", Timestamp = time, Datatype = (uint)SparkplugDatatype.Int64, LongValue = (ulong)bdSeq });
        payload.Metrics.Add(new Metric { Name = "Node Control/Rebirth", Timestamp = time, Datatype = (uint)SparkplugDatatype.Boolean, BooleanValue = false });
        payload.Metrics.Add(new Metric { Name = "Speed", Alias = 2, Timestamp = time, Datatype = (uint)SparkplugDatatype.Int32, IntValue = unchecked((uint)-7) });
        payload.Metrics.Add(new Metric { Name = "Vibration/RMS", Alias = 3, Timestamp = time, Datatype = (uint)SparkplugDatatype.Float, FloatValue = 1.5f });
        payload.Metrics.Add(new Metric { Name = "Bands", Alias = 4, Timestamp = time, Datatype = (uint)SparkplugDatatype.Int16Array, IsNull = true });
        payload.Metrics[3].Properties = new PropertySet();
        payload.Metrics[3].Properties.Keys.Add("engUnit");
        payload.Metrics[3].Properties.Values.Add(new PropertyValue { Type = (uint)SparkplugDatatype.String, StringValue = "mm/s" });
        return payload;
    }

    public static Payload Data(int seq, ulong time = T0 + 1000)
    {
        var payload = new Payload { Timestamp = time, Seq = (ulong)seq };
        payload.Metrics.Add(new Metric { Alias = 2, Timestamp = time, IntValue = 12 });
        payload.Metrics.Add(new Metric { Alias = 4, Timestamp = time, BytesValue = Google.Protobuf.ByteString.CopyFrom(PackedArray.Write([-30000, 30000])) });
        return payload;
    }

    public static Payload Death(long bdSeq = 5)
    {
        var payload = new Payload();
        payload.Metrics.Add(new Metric { Name = "bdSeq", Datatype = (uint)SparkplugDatatype.Int64, LongValue = (ulong)bdSeq });
        return payload;
    }
}
