using System.Text;
using SensorNode.Emulator.Mqtt;
using SensorNode.Sparkplug.Host;
using Xunit;

namespace SensorNode.Simulation.Tests;

/// <summary>Several brokers, the primary host, snapshots, and the clock.</summary>
public class ServerTests
{
    [Fact]
    public void BrokerThatIsAway_IsFollowedByTheNext()
    {
        using var test = new PlantTest("mqtt.port = 1999\n", isStarted: false);

        // Nobody listens at broker:1999; the second name has the port of its own.
        byte[] conf = test.Plant.Flash.ReadAllBytes("node.conf");
        test.Plant.Flash.WriteAllBytes("node.conf", Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(conf).Replace("broker, second", "broker, second:1883", StringComparison.Ordinal)));
        test.Plant.Node.PowerOn();
        test.RunUntilBirths(1);
        test.RunMinutes(5);
        test.Judge();
    }

    [Fact]
    public void HostThatIsNotHere_IsLookedForAtTheNextBroker()
    {
        using var test = new PlantTest("sparkplug.primary_host = scada\n", isStarted: false);
        test.Plant.Node.PowerOn();
        test.RunMinutes(5);
        Assert.Equal(0, test.Births);
        Assert.Contains("the primary host is not at this broker", test.Console.Text, StringComparison.Ordinal);
        test.Plant.Core.Publish(new MqttMessage("spBv1.0/STATE/scada", """{"online":true,"timestamp":1}"""u8.ToArray(), 1, true));
        test.RunUntilBirths(1);
        test.RunMinutes(5);
        Assert.Equal(1, test.Births);
    }

    [Fact]
    public void NextServerCommand_GivesDeathThenANewConnection()
    {
        using var test = new PlantTest();
        test.RunMinutes(2);
        test.Write("Node Control/Next Server", SparkplugDatatype.Boolean, true);
        test.RunUntilBirths(2);
        Assert.Equal(1, test.State.DeathCount);
        test.RunMinutes(10);
        test.Judge();
    }

    [Fact]
    public void NoBirth_BeforeTheClockIsSet()
    {
        using var test = new PlantTest(isStarted: false);
        test.Plant.Time.IsServerReachable = false;
        test.Plant.Node.PowerOn();
        test.RunMinutes(30);
        Assert.Equal(0, test.Births);
        test.Plant.Time.IsServerReachable = true;
        test.RunUntilBirths(1);
        test.RunMinutes(20);
        Assert.Contains(test.Messages, message => message.Metrics.Any(metric => metric.Name == "History/Time Estimated" && metric.Value is true));
        test.Judge();
    }

    [Fact]
    public void TimeBeforeTheStoredFloor_IsBelievedOnlyWhenItComesAgain()
    {
        using var test = new PlantTest();
        test.RunMinutes(180);
        test.Plant.Node.PowerOff();
        test.Plant.Time.UtcAtStart = test.Plant.Time.UtcAtStart.AddDays(-40);
        test.Plant.Node.PowerOn();
        test.Run(TimeSpan.FromSeconds(5));
        Assert.Contains("before one that this node has seen", test.Console.Text, StringComparison.Ordinal);
        Assert.Equal(1, test.Births);
        test.RunUntilBirths(2, limitMinutes: 20);
    }

    [Fact]
    public void Snapshot_ComesInPartsThatMakeAWindowAndItsSpectra()
    {
        using var test = new PlantTest();
        test.Write("Node Control/Snapshot", SparkplugDatatype.Boolean, true);
        Assert.Equal("taking a snapshot", test.Answer);
        test.RunMinutes(3);
        var parts = test.Messages.Where(message => message.Metrics.Any(metric => metric.Name == "Snapshot/Offset" && metric.IsHistorical)).ToList();
        foreach ((string name, int length) in new[] { ("Snapshot/Window", 128), ("Snapshot/Spectrum", 65) })
        {
            for (int axis = 0; axis < 3; axis++)
            {
                short[][] values = parts.Where(part => Number(part, "Snapshot/Axis") == axis && part.Metrics.Any(metric => metric.Name == name))
                    .OrderBy(part => Number(part, "Snapshot/Offset")).Select(part => (short[])part.Metrics.Single(metric => metric.Name == name).Value!).ToArray();
                Assert.Equal(length, values.Sum(part => part.Length));
                Assert.True(values.SelectMany(part => part).Distinct().Count() > 5);
            }
        }

        Assert.Empty(test.Plant.Checker.Violations);
    }

    private static int Number(SparkplugMessage message, string name) => Convert.ToInt32(message.Metrics.Single(metric => metric.Name == name).Value);
}
