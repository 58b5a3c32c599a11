using SensorNode.Emulator.Mqtt;
using Xunit;

namespace SensorNode.Emulator.Tests.Mqtt;

/// <summary>Every malformed packet closes its connection with one line that names what is wrong; nobody else notices.</summary>
public class MalformedPacketTests
{
    [Theory]
    [InlineData("00 00", "packet type 0")]
    [InlineData("F0 00", "packet type 15")]
    [InlineData("C1 00", "PINGREQ with flags 1, must be 0")]
    [InlineData("80 03 00 01 00", "SUBSCRIBE with flags 0, must be 2")]
    [InlineData("36 05 00 01 61 00 01", "PUBLISH with QoS 3")]
    [InlineData("30 FF FF FF FF 7F", "length field of more than four bytes")]
    [InlineData("30 FF FF FF 7F", "is over the limit of 262144")]
    [InlineData("30 02 00 05", "topic that is cut off")]
    [InlineData("30 03 00 01 2B", "wildcard in its topic")]
    [InlineData("30 02 00 00", "empty topic")]
    [InlineData("30 03 00 01 00", "topic that is cut off or not UTF-8")]
    [InlineData("30 03 00 01 FF", "topic that is cut off or not UTF-8")]
    [InlineData("32 05 00 01 61 00 00", "without a packet id")]
    [InlineData("38 03 00 01 61", "QoS 0 and the DUP flag")]
    [InlineData("82 02 00 01", "SUBSCRIBE without a topic filter")]
    [InlineData("82 06 00 01 00 01 61 03", "topic filter 1 has no QoS from 0 to 2")]
    [InlineData("82 07 00 01 00 02 61 23 00", "topic filter 1 is not valid")]
    [InlineData("40 01 00", "PUBACK of 1 bytes, must be 2")]
    [InlineData("C0 01 00", "PINGREQ with a body")]
    [InlineData("E0 01 00", "DISCONNECT with a body")]
    [InlineData("10 0D 00 04 4D 51 54 54 04 02 00 00 00 01 61", "a second CONNECT")]
    [InlineData("20 02 00 00", "CONNACK, which a client has no reason to send")]
    [InlineData("D0 00", "PINGRESP, which a client has no reason to send")]
    public void AfterConnect(string hex, string reason)
    {
        var timeline = new ManualTimeline();
        var core = new BrokerCore();
        var log = new List<string>();
        BareClient watcher = BareClient.Connected(core, timeline, "w");
        watcher.Subscribe("will");
        BareClient client = BareClient.Connected(core, timeline, "bad", will: new MqttMessage("will", [1], 0, false));
        core.Logged += log.Add;
        client.Give(Convert.FromHexString(hex.Replace(" ", "")));

        Assert.True(client.IsClosedByBroker);
        Assert.Contains(reason, Assert.Single(log));
        Assert.Contains("'bad'", log[0]);
        Assert.Equal(1, core.ReadStatistics().ConnectionsAtFault);
        watcher.TakePublish();
    }

    [Theory]
    [InlineData("C0 00", "PINGREQ before CONNECT")]
    [InlineData("10 00", "CONNECT without protocol name")]
    [InlineData("10 0D 00 04 4D 51 54 58 04 02 00 00 00 01 61", "protocol name 'MQTX'")]
    [InlineData("10 0D 00 04 4D 51 54 54 04 03 00 00 00 01 61", "reserved flag")]
    [InlineData("10 0D 00 04 4D 51 54 54 04 1E 00 00 00 01 61", "will QoS 3")]
    [InlineData("10 0D 00 04 4D 51 54 54 04 22 00 00 00 01 61", "without a will")]
    [InlineData("10 0D 00 04 4D 51 54 54 04 42 00 00 00 01 61", "without a user name")]
    [InlineData("10 0D 00 04 4D 51 54 54 04 06 00 00 00 01 61", "will whose topic or payload")]
    [InlineData("10 0D 00 04 4D 51 54 54 04 02 00 00 00 02 61", "client id that is cut off")]
    [InlineData("10 0E 00 04 4D 51 54 54 04 02 00 00 00 01 61 00", "1 bytes after its last field")]
    public void BeforeConnect(string hex, string reason)
    {
        var core = new BrokerCore();
        var client = new BareClient(core, new ManualTimeline());
        client.Give(Convert.FromHexString(hex.Replace(" ", "")));
        Assert.True(client.IsClosedByBroker);
        Assert.Contains(reason, client.Connection!.CloseReason);
        Assert.Empty(client.Bytes);
    }

    [Fact]
    public void ClaimedLength_TakesNoMemory()
    {
        var core = new BrokerCore(new BrokerOptions { PacketBytesMax = 1 << 28 });
        BareClient client = BareClient.Connected(core, new ManualTimeline(), "a");
        long before = GC.GetAllocatedBytesForCurrentThread();
        client.Give(0x30, 0xFF, 0xFF, 0xFF, 0x7E);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 10_000);
        Assert.False(client.IsClosedByBroker);
    }
}
