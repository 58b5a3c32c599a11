using System.Globalization;
using System.Text;
using SensorNode.Emulator;
using SensorNode.Emulator.Chips;
using SensorNode.Platform;
using SensorNode.Sparkplug;
using SensorNode.Sparkplug.Host;
using Xunit;

namespace SensorNode.Simulation.Tests;

/// <summary>A node whose accelerometer, clock or broker is not what it should be says so, and keeps its head.</summary>
public class BrokenWorldTests
{
    [Theory]
    [InlineData("")]
    [InlineData("power.profile = timed\n")]
    [InlineData("power.profile = deep-sleep\n")]
    public void AccelerometerMissingAtTheStart_IsSaid_AndMeasuresOnceItIsThere(string profile)
    {
        using var test = new PlantTest(profile, isStarted: false, sharesFirmware: true);
        test.Plant.Bus.Faults = Silent();
        test.Plant.Node.PowerOn();
        test.RunUntilBirths(1);
        Assert.Equal("bus-fault", test.State.Metrics["Vibration/Window Quality"].Value);
        Assert.Null(test.State.Metrics["Properties/Sample Rate"].Value);
        Assert.Null(test.State.Metrics["Vibration/X/Velocity RMS"].Value);
        test.RunMinutes(30);
        Assert.EndsWith("accelerometer does not answer", (string)test.State.Metrics["Events/Last"].Value!);
        Assert.True(Number(test, "Health/Bus Faults") > 5);
        Assert.DoesNotContain(test.Messages, message => message.Metrics.Any(metric => metric is { Name: "Vibration/X/Velocity RMS", Value: not null }));

        test.Plant.Bus.Faults = null;
        test.RunMinutes(10);
        Assert.Equal("the accelerometer answers again", test.State.Metrics["Health/Restart Reason"].Value);
        Assert.NotNull(test.State.Metrics["Vibration/X/Velocity RMS"].Value);
        Assert.Empty(test.Plant.Checker.Violations);
    }

    /// <summary>The platform's counter of ticks begins anew after 497 days, and a wait across that moment would take 497 more.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("power.profile = timed\n")]
    public void NodeThatRunsForAYearAndMore_StartsAnewInTime(string profile)
    {
        using var test = new PlantTest(profile, isStarted: false, sharesFirmware: true);
        test.Plant.Time.TicksAhead = TimeSpan.FromDays(449.9);
        test.Plant.Node.PowerOn();
        test.RunMinutes(120);
        Assert.Equal(1, test.Plant.Node.BootCount);
        test.Plant.World.RunUntil(() => test.Plant.Node.BootCount > 1, TimeSpan.FromMinutes(60), TimeSpan.FromSeconds(1));
        test.Plant.Time.TicksAhead = TimeSpan.Zero;
        test.RunMinutes(30);
        Assert.Equal(2, test.Plant.Node.BootCount);
        Assert.Equal("450 days without a restart", test.State.Metrics["Health/Restart Reason"].Value);
        Assert.Equal("watching", test.State.Metrics["Detector/Phase"].Value);
    }

    /// <summary>An hour without a value, for want of one transfer, would be a hole in a machine's life.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("power.profile = timed\n")]
    public void GlitchOfTheBus_CostsSeconds_NotAnInterval(string profile)
    {
        using var test = new PlantTest(profile, isStarted: false, sharesFirmware: true);
        string conf = Encoding.ASCII.GetString(test.Plant.Flash.ReadAllBytes("node.conf")).Replace("window.interval_ms = 60000", "window.interval_ms = 3600000", StringComparison.Ordinal);
        test.Plant.Flash.WriteAllBytes("node.conf", Encoding.ASCII.GetBytes(conf));
        I2cFaultPlan glitch = new I2cFaultPlan(1) { Address = 0x6A }.At(17, I2cFault.AddressNotAcknowledged);
        test.Plant.Bus.Faults = glitch;
        test.Plant.Node.PowerOn();
        test.RunUntilBirths(1);
        test.RunMinutes(2);
        Assert.Equal(1, glitch.FaultCount);
        Assert.Equal("good", test.State.Metrics["Vibration/Window Quality"].Value);
        Assert.NotNull(test.State.Metrics["Vibration/X/Velocity RMS"].Value);
    }

    [Fact]
    public void ConnectionThatEndsAfterEachBirth_ComesBackLessAndLessOften()
    {
        using var test = new PlantTest(sharesFirmware: true);
        test.RunMinutes(2);
        int births = test.Births;
        Assert.Null(test.Plant.Faults.AddScript("cut client=sim-node direction=out type=puback bytes=0"));
        test.Plant.Network.ResetAll();
        test.RunMinutes(60);
        Assert.InRange(test.Births - births, 20, 60);

        // Once it holds, it holds: nothing was lost meanwhile.
        test.Plant.Faults.Clear();
        test.RunMinutes(30);
        test.Judge("tck-id-payloads-ndeath-bdseq");
    }

    /// <summary>One answer, then the server is away: it is not heard three times.</summary>
    [Fact]
    public void TimeBeforeTheFloor_NeedsThreeAnswers()
    {
        using var test = new PlantTest(sharesFirmware: true);
        test.RunMinutes(180);
        test.Plant.Node.PowerOff();
        test.Plant.Time.UtcAtStart = test.Plant.Time.UtcAtStart.AddDays(-40);
        test.Plant.Node.PowerOn();
        Assert.True(test.Plant.World.RunUntil(() => test.Console.Text.Contains("before one that this node has seen", StringComparison.Ordinal), TimeSpan.FromMinutes(2), TimeSpan.FromMilliseconds(200)));
        test.Plant.Time.IsServerReachable = false;
        test.RunMinutes(60);
        Assert.Equal(1, test.Births);

        test.Plant.Time.IsServerReachable = true;
        test.RunUntilBirths(2, limitMinutes: 20);
    }

    [Fact]
    public void ClockSetBack_BeginsANewSession_WithTheRightTimes()
    {
        using var test = new PlantTest(isStarted: false, sharesFirmware: true);
        test.Plant.Time.UtcAtStart = test.Plant.Time.UtcAtStart.AddDays(30);
        test.Plant.Node.PowerOn();
        test.RunUntilBirths(1);
        test.RunMinutes(30);
        test.Plant.Time.UtcAtStart = test.Plant.Time.UtcAtStart.AddDays(-30);
        test.RunMinutes(60 * 26);
        DateTime last = test.Messages.Last(message => message.Time != null).Time!.Value;
        Assert.InRange((test.Plant.UtcNow - last).TotalMinutes, -0.1, 3);

        // Only from one session to the next, where the clock was wrong before.
        SparkplugViolation violation = Assert.Single(test.Plant.Checker.Violations);
        Assert.Equal("sensornode-time-goes-back", violation.Rule);
        Assert.Contains("NBIRTH", violation.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(-7)]
    public void ClockStep_IsWhatTheTimeServerCorrected(int minutes)
    {
        using var test = new PlantTest(sharesFirmware: true);
        test.RunMinutes(5);
        test.Plant.Time.UtcAtStart = test.Plant.Time.UtcAtStart.AddMinutes(minutes);
        test.RunMinutes(60 * 25);
        Assert.InRange(Number(test, "Health/Clock Step"), (minutes * 60_000) - 1500, (minutes * 60_000) + 1500);
    }

    /// <summary>Neither the sampler nor the analysis stands still meanwhile: only the link's thread does. What was measured is told after the restart.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("power.profile = timed\n")]
    public void ConnectionAttemptThatNeverReturns_EndsWithARestartAfterTenMinutes(string profile)
    {
        using var test = new PlantTest(profile, isStarted: false, sharesFirmware: true);
        var pit = new Pit(test.Plant.Network);
        test.Plant.Network.Add("pit", 1883, pit);
        ReplaceInConf(test, "broker, second", "pit, broker");
        test.Plant.Node.PowerOn();
        Assert.True(test.Plant.World.RunUntil(() => pit.HasCaught, TimeSpan.FromMinutes(2), TimeSpan.FromMilliseconds(200)));
        test.RunMinutes(9.8);
        Assert.Equal(1, test.Plant.Node.BootCount);
        Assert.True(test.Plant.World.RunUntil(() => test.Plant.Node.BootCount > 1, TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(200)));
        test.Plant.Network.IsReachable = true;
        test.RunUntilBirths(1);
        Assert.Equal("watchdog", test.State.Metrics["Health/Restart Reason"].Value);
        test.RunMinutes(20);
        Assert.Equal(2, test.Plant.Node.BootCount);
        if (profile.Length == 0)
        {
            test.Judge();
        }
    }

    [Fact]
    public void RebirthsWithoutEnd_DoNotKeepTheNodeFromMeasuring()
    {
        using PlantTest test = WithInterval(10_000);
        test.RunMinutes(1);
        int windows = Number(test, "Health/Windows");
        for (int i = 0; i < 300; i++)
        {
            test.Plant.Command(SparkplugCommands.RequestRebirth(test.Plant.UtcNow));
            test.Run(TimeSpan.FromSeconds(1));
        }

        test.RunMinutes(2);
        Assert.InRange(test.Births, 50, 80);
        Assert.True(Number(test, "Health/Windows") - windows > 30);
        Assert.NotNull(test.State.Metrics["Vibration/X/Velocity RMS"].Value);
        Assert.Empty(test.Plant.Checker.Violations);
    }

    /// <summary>With a window each five minutes, four of five one-minute records have nothing new to say of the vibration.</summary>
    [Fact]
    public void RecordsBetweenWindows_DoNotRepeatTheLastOne()
    {
        using PlantTest test = WithInterval(300_000);
        test.Plant.Core.IsListening = false;
        test.Plant.Core.Cut(SimulatedPlant.ClientId);
        test.RunMinutes(60);
        test.Plant.Core.IsListening = true;
        test.RunMinutes(10);
        SparkplugMessage[] records = [.. test.Messages.Where(message => message.Metrics.Any(metric => metric is { Name: "History/Record Number", IsHistorical: true }))];
        int measured = records.Count(message => message.Metrics.Any(metric => metric is { Name: "Vibration/X/Velocity RMS", Value: not null }));
        Assert.InRange(records.Length, 55, 70);
        Assert.InRange(measured, 10, 15);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ThermometerWithALooseWire_IsMarked_AndRestartsNothing(int seed)
    {
        using var test = new PlantTest(sharesFirmware: true);
        test.RunMinutes(5);
        var plan = new I2cFaultPlan((ulong)seed) { Address = 0x76 };
        plan.Randomly(0.3, I2cFault.AddressNotAcknowledged);
        test.Plant.Bus.Faults = plan;
        test.RunMinutes(120);
        Assert.DoesNotContain("fault:", test.Console.Text, StringComparison.Ordinal);
        test.Plant.Bus.Faults = null;
        test.RunMinutes(20);
        Assert.Equal("valid", test.State.Metrics["Temperature/Status"].Value);
    }

    private static PlantTest WithInterval(int milliseconds)
    {
        var test = new PlantTest(isStarted: false, sharesFirmware: true);
        ReplaceInConf(test, "window.interval_ms = 60000", $"window.interval_ms = {milliseconds}");
        test.Plant.Node.PowerOn();
        test.RunUntilBirths(1);
        return test;
    }

    private static void ReplaceInConf(PlantTest test, string from, string to)
    {
        string conf = Encoding.ASCII.GetString(test.Plant.Flash.ReadAllBytes("node.conf"));
        test.Plant.Flash.WriteAllBytes("node.conf", Encoding.ASCII.GetBytes(conf.Replace(from, to, StringComparison.Ordinal)));
    }

    private static I2cFaultPlan Silent()
    {
        var plan = new I2cFaultPlan(1) { Address = 0x6A };
        plan.Between(0, long.MaxValue, I2cFault.AddressNotAcknowledged);
        return plan;
    }

    private static int Number(PlantTest test, string metric) => Convert.ToInt32(test.State.Metrics[metric].Value, CultureInfo.InvariantCulture);

    /// <summary>An address whose first caller gets no answer as long as the network is away, which it then is; later ones are refused.</summary>
    private sealed class Pit(InMemoryNetwork network) : INetworkEndpoint
    {
        public bool HasCaught { get; private set; }

        public IEndpointConnection? Accept(IEndpointPeer peer)
        {
            network.IsReachable &= HasCaught;
            HasCaught = true;
            return null;
        }
    }
}
