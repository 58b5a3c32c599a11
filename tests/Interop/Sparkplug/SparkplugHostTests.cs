using Google.Protobuf;
using SensorNode.Sparkplug.Host;
using SensorNode.Sparkplug.Host.Wire;
using Xunit;

namespace SensorNode.Interop.Tests.Sparkplug;

/// <summary>The checker passes what is right, and names the rule for each thing that is not.</summary>
public class SparkplugHostTests
{
    private readonly SparkplugHost _host = new();

    private SparkplugMessage? Give(string topic, Payload payload, int quality = 0, bool retained = false) =>
        _host.Receive(topic, payload.ToByteArray(), quality, retained);

    [Fact]
    public void RightSession_HasNoViolation()
    {
        Give(Births.BirthTopic, Births.Birth());
        ulong time = Births.T0;
        for (int i = 1; i <= 600; i++)
        {
            Give(Births.DataTopic, Births.Data(i % 256, time += 1000));
        }

        Give(Births.BirthTopic, Births.Birth(time: time += 1000));
        Give(Births.DataTopic, Births.Data(1, time += 1000));
        Give(Births.DeathTopic, Births.Death());
        Give(Births.BirthTopic, Births.Birth(bdSeq: 6, time: time + 1000));

        Assert.Empty(_host.Violations);
        NodeState node = _host.Nodes["plant/fan-1"];
        Assert.True(node.IsOnline);
        Assert.Equal((3, 601, 1), (node.BirthCount, node.DataCount, node.DeathCount));
    }

    [Fact]
    public void Values_AreReadByTheDataTypeOfTheBirth()
    {
        SparkplugMessage birth = Give(Births.BirthTopic, Births.Birth())!;
        Assert.Equal(-7, birth.Metrics[2].Value);
        Assert.Equal(1.5f, birth.Metrics[3].Value);
        Assert.Null(birth.Metrics[4].Value);
        SparkplugMessage data = Give(Births.DataTopic, Births.Data(1))!;
        Assert.Equal("Speed", data.Metrics[0].Name);
        Assert.Equal(12, data.Metrics[0].Value);
        Assert.Equal(new short[] { -30000, 30000 }, data.Metrics[1].Value);
        Assert.Equal(12, _host.Nodes["plant/fan-1"].Metrics["Speed"].Value);
        Assert.Equal(DateTime.UnixEpoch.AddMilliseconds(Births.T0 + 1000), data.Time);
    }

    [Fact]
    public void HistoricalValue_DoesNotChangeTheCurrentOne_AndMayBeOld()
    {
        Give(Births.BirthTopic, Births.Birth());
        Payload data = Births.Data(1);
        data.Metrics[0].IsHistorical = true;
        data.Metrics[0].Timestamp = Births.T0 - 100_000;
        SparkplugMessage message = Give(Births.DataTopic, data)!;
        Assert.True(message.Metrics[0].IsHistorical);
        Assert.Equal(-7, _host.Nodes["plant/fan-1"].Metrics["Speed"].Value);
        Assert.Empty(_host.Violations);
    }

    public static TheoryData<string, Action<Payload>> BrokenBirths() => new()
    {
        { "tck-id-topics-nbirth-seq-num", p => p.Seq = 1 },
        { "tck-id-payloads-sequence-num-always-included", p => p.ClearSeq() },
        { "tck-id-payloads-sequence-num-always-included", p => p.Seq = 256 },
        { "tck-id-payloads-nbirth-timestamp", p => p.ClearTimestamp() },
        { "tck-id-payloads-timestamp-in-UTC", p => p.Timestamp = 1_000 },
        { "tck-id-topics-nbirth-bdseq-included", p => p.Metrics.RemoveAt(0) },
        { "tck-id-topics-nbirth-bdseq-included", p => { p.Metrics[0].Datatype = 3; p.Metrics[0].IntValue = 5; } },
        { "tck-id-message-flow-edge-node-birth-publish-will-message-payload-bdSeq", p => p.Metrics[0].LongValue = 256 },
        { "tck-id-topics-nbirth-rebirth-metric", p => p.Metrics.RemoveAt(1) },
        { "tck-id-operational-behavior-data-commands-rebirth-value", p => p.Metrics[1].BooleanValue = true },
        { "tck-id-operational-behavior-data-commands-rebirth-datatype", p => { p.Metrics[1].Datatype = 3; p.Metrics[1].IntValue = 0; } },
        { "tck-id-operational-behavior-data-commands-rebirth-name-aliases", p => p.Metrics[1].Alias = 1 },
        { "tck-id-payloads-name-requirement", p => p.Metrics[2].ClearName() },
        { "tck-id-payloads-alias-uniqueness", p => p.Metrics[3].Alias = 2 },
        { "tck-id-payloads-alias-birth-requirement", p => p.Metrics[3].ClearAlias() },
        { "tck-id-payloads-metric-datatype-req", p => p.Metrics[2].ClearDatatype() },
        { "tck-id-payloads-metric-datatype-value", p => p.Metrics[2].Datatype = 99 },
        { "tck-id-payloads-metric-datatype-value", p => p.Metrics[2].LongValue = 1 },
        { "tck-id-payloads-metric-datatype-value", p => { p.Metrics[2].Datatype = 1; p.Metrics[2].IntValue = 256; } },
        { "tck-id-payloads-metric-datatype-value", p => { p.Metrics[4].ClearIsNull(); p.Metrics[4].BytesValue = ByteString.CopyFrom(1, 2, 3); } },
        { "tck-id-payloads-name-birth-data-requirement", p => p.Metrics[2].ClearTimestamp() },
        { "tck-id-payloads-metric-timestamp-in-UTC", p => p.Metrics[0].Timestamp = 5 },
        { "sensornode-metric-after-message", p => p.Metrics[4].Timestamp++ },
        { "tck-id-operational-behavior-data-publish-nbirth-order", p => p.Metrics[3].Timestamp-- },
        { "tck-id-operational-behavior-data-publish-nbirth-values", p => p.Metrics[2].ClearValue() },
        { "tck-id-operational-behavior-data-publish-nbirth-values", p => p.Metrics[2].IsNull = true },
        { "tck-id-case-sensitivity-metric-names", p => p.Metrics[2].Name = "BANDS" },
        { "sensornode-metric-twice", p => p.Metrics[2].Name = "Vibration/RMS" },
        { "tck-id-payloads-propertyset-keys-array-size", p => p.Metrics[3].Properties.Keys.Add("x") },
        { "tck-id-payloads-metric-propertyvalue-type-req", p => p.Metrics[3].Properties.Values[0].ClearType() },
        { "tck-id-payloads-metric-propertyvalue-type-value", p => p.Metrics[3].Properties.Values[0].Type = 23 },
        { "tck-id-payloads-propertyset-quality-value-type", p => p.Metrics[3].Properties.Keys[0] = "Quality" },
    };

    [Theory]
    [MemberData(nameof(BrokenBirths))]
    public void BrokenBirth_IsNamed(string rule, Action<Payload> breakIt)
    {
        Payload birth = Births.Birth();
        breakIt(birth);
        Give(Births.BirthTopic, birth);
        Assert.Contains(_host.Violations, violation => violation.Rule == rule);
    }

    public static TheoryData<string, Action<Payload>> BrokenData() => new()
    {
        { "tck-id-payloads-sequence-num-incrementing", p => p.Seq = 2 },
        { "tck-id-payloads-sequence-num-incrementing", p => p.Seq = 0 },
        { "tck-id-payloads-sequence-num-always-included", p => p.ClearSeq() },
        { "tck-id-payloads-ndata-timestamp", p => p.ClearTimestamp() },
        { "sensornode-time-goes-back", p => { p.Timestamp = Births.T0 - 1; p.Metrics[0].Timestamp = p.Timestamp; p.Metrics[1].Timestamp = p.Timestamp; } },
        { "tck-id-topics-nbirth-metric-reqs", p => p.Metrics[0].Alias = 77 },
        { "tck-id-payloads-name-requirement", p => p.Metrics[0].ClearAlias() },
        { "tck-id-payloads-alias-data-cmd-requirement", p => p.Metrics[0].Name = "Speed" },
        { "tck-id-payloads-metric-datatype-not-req", p => p.Metrics[0].Datatype = 3 },
        { "tck-id-payloads-metric-datatype-value", p => p.Metrics[0].FloatValue = 3 },
        { "tck-id-payloads-name-birth-data-requirement", p => p.Metrics[0].ClearTimestamp() },
        { "tck-id-topics-ndata-payload", p => p.Metrics.Clear() },
    };

    [Theory]
    [MemberData(nameof(BrokenData))]
    public void BrokenData_IsNamed(string rule, Action<Payload> breakIt)
    {
        Give(Births.BirthTopic, Births.Birth());
        Payload data = Births.Data(1);
        breakIt(data);
        Give(Births.DataTopic, data);
        Assert.Contains(_host.Violations, violation => violation.Rule == rule);
    }

    [Fact]
    public void DataBeforeBirth_AndAfterDeath_IsNamed()
    {
        Give(Births.DataTopic, Births.Data(1));
        Assert.Contains(_host.Violations, violation => violation.Rule == "tck-id-payloads-ndata-order");
        Give(Births.BirthTopic, Births.Birth(time: Births.T0 + 2000));
        Give(Births.DeathTopic, Births.Death());
        int before = _host.Violations.Count;
        Give(Births.DataTopic, Births.Data(1, Births.T0 + 3000));
        Assert.Equal("tck-id-payloads-ndata-order", _host.Violations[before].Rule);
    }

    [Theory]
    [InlineData(6, "tck-id-payloads-ndeath-bdseq")]
    public void DeathOfAnotherBirth_IsNamed(long bdSeq, string rule)
    {
        Give(Births.BirthTopic, Births.Birth());
        Give(Births.DeathTopic, Births.Death(bdSeq));
        Assert.Equal(rule, Assert.Single(_host.Violations).Rule);
    }

    [Fact]
    public void DeathWithSeqOrMoreMetrics_IsNamed()
    {
        Payload death = Births.Death();
        death.Seq = 3;
        death.Metrics.Add(new Metric { Name = "x" });
        Give(Births.DeathTopic, death);
        Assert.Equal(["tck-id-payloads-ndeath-seq", "tck-id-topics-ndeath-payload"], _host.Violations.Select(violation => violation.Rule));
    }

    [Fact]
    public void RebirthWithAnotherBdSeq_AndNewBirthWithTheSame_AreNamed()
    {
        Give(Births.BirthTopic, Births.Birth(5));
        Give(Births.BirthTopic, Births.Birth(6));
        Assert.Equal("tck-id-operational-behavior-data-commands-rebirth-action-3", Assert.Single(_host.Violations).Rule);
        Give(Births.DeathTopic, Births.Death(6));
        Give(Births.BirthTopic, Births.Birth(6));
        Assert.Equal("tck-id-topics-nbirth-bdseq-increment", _host.Violations[1].Rule);
    }

    [Fact]
    public void QosAndRetain_AreChecked()
    {
        Give(Births.BirthTopic, Births.Birth(), quality: 1, retained: true);
        Assert.Equal(["tck-id-topics-nbirth-mqtt", "tck-id-topics-nbirth-mqtt"], _host.Violations.Select(violation => violation.Rule));
    }

    [Theory]
    [InlineData("spBv1.0/plant/NBIRTH", "is not spBv1.0/group/TYPE/node")]
    [InlineData("spBv1.0/plant/NHELLO/fan", "'NHELLO' is no Sparkplug message type")]
    [InlineData("spBv1.0/plant/nbirth/fan", "'nbirth' is no Sparkplug message type")]
    [InlineData("spBv1.0/plant/2/fan", "'2' is no Sparkplug message type")]
    [InlineData("spBv1.0/plant/NBIRTH/fan/dev", "NBIRTH has no device id")]
    [InlineData("spBv1.0/plant/DDATA/fan", "DDATA needs device id")]
    [InlineData("spBv1.0//NBIRTH/fan", "no id is empty")]
    [InlineData("other/x", "is not spBv1.0/group/TYPE/node")]
    public void WrongTopic_IsNamed(string topic, string text)
    {
        Assert.Null(_host.Receive(topic, [], 0, false));
        Assert.Contains(text, Assert.Single(_host.Violations).Text);
    }

    [Fact]
    public void AnyBytes_GiveAMessageOrAReason()
    {
        var random = new Random(7);
        byte[] good = Births.Birth().ToByteArray();
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = random.Next(3) == 0 ? new byte[random.Next(60)] : (byte[])good.Clone();
            for (int k = random.Next(1, 6); k > 0 && bytes.Length > 0; k--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            string topic = random.Next(3) switch { 0 => Births.BirthTopic, 1 => Births.DataTopic, _ => Births.DeathTopic };
            _host.Receive(topic, bytes, 0, false);
        }

        Assert.Equal(20_000, _host.MessageCount);
    }
}
