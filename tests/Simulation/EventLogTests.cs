using SensorNode.Sparkplug.Host;
using Xunit;

namespace SensorNode.Simulation.Tests;

/// <summary>Events that the whole node notes in flash and tells, and the factory reset.</summary>
public class EventLogTests
{
    private const string Reset = "Node Control/Factory Reset";

    [Fact]
    public void Starts_And_ChangedSettings_AreTold_InOrder()
    {
        using var test = new PlantTest();
        Assert.Equal("1 after 2025-01-01 00:00:00 start: power-on", Last(test));
        test.Write("Config/report.interval_s", SparkplugDatatype.Int32, 30);
        test.Run(TimeSpan.FromSeconds(5));
        Assert.Matches("^2 20.* settings changed: report.interval_s$", Last(test));
        test.Write("Node Control/Reboot", SparkplugDatatype.Boolean, true);
        test.RunUntilBirths(3);
        test.Run(TimeSpan.FromSeconds(10));
        Assert.Matches("^3 after 20.* start: command$", Last(test));
        Assert.Contains(test.Messages, message => message.Metrics.Any(metric => metric.Value is string text && text.StartsWith("2 20", StringComparison.Ordinal)));
        test.Judge();
    }

    [Fact]
    public void BrokerThatRefusesTheLogin_IsNoted_Once()
    {
        using var test = new PlantTest(isStarted: false);
        Assert.Null(test.Plant.Faults.AddScript("connack client=sim-node connection=2-6 code=5"));
        test.Plant.Node.PowerOn();
        test.RunUntilBirths(1, limitMinutes: 30);
        test.Run(TimeSpan.FromSeconds(10));
        Assert.Matches("^2 20.* the broker refused user, password or client$", Last(test));
    }

    [Theory]
    [InlineData(SparkplugDatatype.String, "another")]
    [InlineData(SparkplugDatatype.String, "")]
    [InlineData(SparkplugDatatype.Boolean, true)]
    [InlineData(SparkplugDatatype.Int32, 1)]
    public void FactoryReset_WithoutTheNodesName_DoesNothing(SparkplugDatatype type, object value)
    {
        using var test = new PlantTest();
        test.Write(Reset, type, value);
        Assert.Equal("refused Node Control/Factory Reset: its value is the node's name, node", test.Answer);
        test.RunMinutes(3);
        Assert.Equal(1, test.Plant.Node.BootCount);
        Assert.True(test.Plant.Wifi.HasCredentials);
        Assert.Contains("node.conf", test.Plant.Flash.ListFiles(""));
        Assert.DoesNotContain("factory-reset", test.Plant.Flash.ListFiles(""));
    }

    [Fact]
    public void FactoryReset_WipesAll_AndTheNodeCanBeSetUpAgain()
    {
        using var test = new PlantTest();
        byte[] conf = test.Plant.Flash.ReadAllBytes("node.conf");
        test.Plant.Flash.WriteAllBytes("client.key", "secret"u8.ToArray());
        test.Write("Config/mqtt.user", SparkplugDatatype.String, "node");
        test.RunUntilBirths(2);
        test.Write(Reset, SparkplugDatatype.String, "node");
        test.RunMinutes(2);
        Assert.Contains("factory reset done", test.Console.Text, StringComparison.Ordinal);
        CheckWiped(test);

        test.Plant.Flash.WriteAllBytes("node.conf", conf);
        test.Plant.Wifi.HasCredentials = true;
        test.Plant.Node.PowerOff();
        test.Plant.Node.PowerOn();
        test.RunUntilBirths(3);
        test.Run(TimeSpan.FromSeconds(20));
        Assert.Contains(test.Messages, message => message.Metrics.Any(metric => metric.Value is string text && text.EndsWith("factory reset by command", StringComparison.Ordinal)));
        Assert.Equal("", test.Setting("mqtt.user"));
    }

    [Fact]
    public void PowerCutAtEveryFlashOperationOfAReset_WipesAll_OrNothing()
    {
        int wiped = 0;
        int untouched = 0;
        for (int cut = 1; cut <= 30; cut++)
        {
            using var test = new PlantTest(seed: cut);
            test.Plant.Flash.TearSeed = (uint)cut;
            test.Plant.Flash.CutPowerAt = test.Plant.Flash.OperationCount + cut;
            test.Write(Reset, SparkplugDatatype.String, "node");
            test.RunMinutes(2);
            test.Plant.Flash.CutPowerAt = 0;
            if (test.Plant.Node.IsPowered)
            {
                test.Plant.Node.PowerOff();
            }

            int births = test.Births;
            test.Plant.Node.PowerOn();
            test.RunMinutes(2);
            if (test.Births > births)
            {
                untouched++;
                Assert.True(test.Plant.Wifi.HasCredentials);
                Assert.Contains("node.conf", test.Plant.Flash.ListFiles(""));
            }
            else
            {
                wiped++;
                CheckWiped(test);
            }
        }

        // Three operations write the mark; the first of them may leave it there.
        Assert.InRange(untouched, 0, 3);
        Assert.Equal(30, wiped + untouched);
    }

    private static void CheckWiped(PlantTest test)
    {
        Assert.All(test.Plant.Flash.ListFiles(""), file => Assert.Matches("^(events|boot|clock|app-state|mdl-state)\\.[ab]$", file));
        Assert.False(test.Plant.Wifi.HasCredentials);
    }

    private static string Last(PlantTest test) => test.State.Metrics["Events/Last"].Value as string ?? "";
}
