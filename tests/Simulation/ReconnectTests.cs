using SensorNode.Emulator.Mqtt;
using Xunit;
using Xunit.Abstractions;

namespace SensorNode.Simulation.Tests;

/// <summary>Connections that break, in every way the embedded broker knows; no record may be lost.</summary>
public class ReconnectTests(ITestOutputHelper output)
{
    private const string WillOfNoBirth = "tck-id-payloads-ndeath-bdseq";

    [Theory]
    [InlineData("refuse")]
    [InlineData("no-connack")]
    [InlineData("no-puback")]
    [InlineData("connack code=5")]
    [InlineData("drop client=sim-node direction=out type=suback")]
    [InlineData("drop client=sim-node direction=out type=pingresp")]
    [InlineData("drop client=sim-node direction=in type=pingreq")]
    [InlineData("slow-read bytes=100")]
    [InlineData("duplicate client=sim-node times=5")]
    [InlineData("oversize client=sim-node bytes=60000 topic=spBv1.0/sim/NCMD/node")]
    [InlineData("delay client=sim-node direction=out ms=35000")]
    [InlineData("cut client=sim-node direction=out bytes=1 chance=0.5")]
    [InlineData("cut client=sim-node direction=in bytes=50 chance=0.5")]
    public void BrokerFault_CostsNoRecord(string script)
    {
        using var test = new PlantTest();
        test.RunMinutes(5);
        Assert.Null(test.Plant.Faults.AddScript(script));
        test.Plant.Network.ResetAll();
        test.RunMinutes(30);
        test.Plant.Faults.Clear();
        int before = test.Messages.Count;
        test.RunMinutes(10);
        Assert.True(test.Messages.Count > before, "no message within ten minutes after the fault; console:\n" + test.Tail);
        test.RunMinutes(20);
        Assert.InRange(Convert.ToInt32(test.State.Metrics["Health/Backlog"].Value), 0, 10);
        test.Judge(WillOfNoBirth);
    }

    [Theory]
    [InlineData(MqttPacketType.Connect, 1)]
    [InlineData(MqttPacketType.Subscribe, 1)]
    [InlineData(MqttPacketType.Publish, 3)]
    public void ConnectionCutAtEveryByteOfAPacket_ComesAgain(MqttPacketType type, int packet)
    {
        using var test = new PlantTest();
        test.RunMinutes(2);
        for (int bytes = 0; bytes <= 110; bytes++)
        {
            Assert.Null(test.Plant.Faults.AddScript($"cut client=sim-node direction=in type={type.ToString().ToLowerInvariant()} packet={packet} bytes={bytes}"));
            test.Plant.Network.ResetAll();
            test.Run(TimeSpan.FromSeconds(70));
            int births = test.Births;
            test.Plant.Faults.Clear();
            test.Plant.Network.ResetAll();
            test.RunUntilBirths(births + 1, limitMinutes: 5);
        }

        test.RunMinutes(10);
        test.Judge(WillOfNoBirth);
    }

    /// <summary>Every connection is cut one byte later in its birth than the one before; after each 64 of them one gets through.</summary>
    [Fact]
    public void ConnectionCutAtEveryByteOfTheBirth_ComesAgain()
    {
        using var test = new PlantTest();
        test.RunMinutes(2);
        TopicCount birth = test.Plant.Core.ReadStatistics().Topics["spBv1.0/sim/NBIRTH/node"];
        int packetBytes = (int)(birth.WireBytes / birth.Messages);
        test.Plant.Network.ResetAll();
        for (int bytes = 0; bytes < packetBytes; bytes++)
        {
            Assert.Null(test.Plant.Faults.AddScript($"cut client=sim-node direction=in type=publish packet=1 bytes={bytes}"));
            int strikes = test.Plant.Faults.StrikeCount;
            int births = test.Births;
            Assert.True(test.Plant.World.RunUntil(() => test.Plant.Faults.StrikeCount > strikes, TimeSpan.FromMinutes(5), TimeSpan.FromMilliseconds(500)), $"no cut at byte {bytes}; console:\n{test.Tail}");
            test.Plant.Faults.Clear();
            Assert.Equal(births, test.Births);
            if (bytes % 64 == 63)
            {
                test.RunUntilBirths(births + 1);
                test.Run(TimeSpan.FromSeconds(70));
                test.Plant.Network.ResetAll();
            }
        }

        test.RunMinutes(10);
        test.Judge(WillOfNoBirth);
        output.WriteLine($"cuts at {packetBytes} bytes of the birth");
    }

    [Fact]
    public void HalfOpenConnection_IsFoundByTheProbe()
    {
        using var test = new PlantTest("mqtt.keep_alive_s = 1200\n");
        test.RunMinutes(20);
        test.Plant.Network.IsReachable = false;
        test.RunMinutes(12);
        Assert.Contains("link: lost", test.Console.Text, StringComparison.Ordinal);
        test.Plant.Network.IsReachable = true;
        test.RunUntilBirths(2);
        test.RunMinutes(10);
        test.Judge();
        Assert.True(test.History.RecordCount >= 10, $"{test.History.RecordCount} records");
    }

    [Fact]
    public void LongOutage_IsToldInOrder_OnceEach()
    {
        using var test = new PlantTest();
        test.RunMinutes(10);
        test.Plant.Core.IsListening = false;
        test.Plant.Core.Cut(SimulatedPlant.ClientId);
        test.RunMinutes(24 * 60);
        test.Plant.Core.IsListening = true;
        test.RunUntilBirths(2);
        test.RunMinutes(30);
        Assert.InRange(test.History.RecordCount, 1430, 1460);
        Assert.Equal(0, test.History.RepeatCount);
        Assert.InRange(Convert.ToInt32(test.State.Metrics["Health/Backlog"].Value), 0, 10);
        test.Judge();
    }

    [Fact]
    public void NoNetworkForHalfADay_RestartsAndSaysWhy()
    {
        using var test = new PlantTest();
        test.Plant.Network.IsReachable = false;
        test.RunMinutes(13 * 60);
        Assert.True(test.Plant.Node.BootCount > 1);
        test.Plant.Network.IsReachable = true;
        test.RunUntilBirths(2);
        Assert.Equal("network", test.State.Metrics["Health/Restart Reason"].Value);
        test.RunMinutes(30);
        test.Judge();
    }
}
