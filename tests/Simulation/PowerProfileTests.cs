using System.Globalization;
using SensorNode.Emulator;
using SensorNode.Platform;
using SensorNode.Sparkplug;
using SensorNode.Sparkplug.Host;
using Xunit;
using Xunit.Abstractions;

namespace SensorNode.Simulation.Tests;

/// <summary>Nodes that sleep between windows: what they do awake, what they carry through a sleep, what they stay awake for. A window and a record each minute, six windows to a connection.</summary>
public class PowerProfileTests(ITestOutputHelper output)
{
    private const string Timed = "power.profile = timed\n";
    private const string Deep = "power.profile = deep-sleep\n";

    [Fact]
    public void Timed_SleepsLightlyAndTellsEveryWindow()
    {
        using var test = new PlantTest(Timed, sharesFirmware: true);
        test.RunMinutes(180);
        Assert.InRange(test.Births, 29, 33);

        // No record from before the first window.
        SparkplugMessage first = test.Messages.First(message => message.Metrics.Any(metric => metric.IsHistorical));
        Assert.Contains(first.Metrics, metric => metric is { Name: "Vibration/X/Velocity RMS", Value: not null });
        Assert.Equal(test.Births, test.State.DeathCount);
        Assert.Equal(1, test.Plant.Node.BootCount);
        Assert.InRange(Number(test, "Health/Windows"), 170, 181);
        Assert.InRange(Number(test, "Health/Uptime"), 170, 181);
        output.WriteLine($"awake: {test.Awake:P1} in light sleep, {test.Births} connections in three hours");
        Assert.InRange(test.Awake, 0.02, 0.06);
        test.Judge();
    }

    /// <summary>The shortest that is allowed: a window and a record each ten seconds.</summary>
    [Theory]
    [InlineData(Timed)]
    [InlineData(Deep)]
    public void TenSeconds_AreEnoughToSleep(string profile)
    {
        using var test = new PlantTest(profile + "power.connect_windows = 30\n", isStarted: false, sharesFirmware: true);
        string conf = System.Text.Encoding.ASCII.GetString(test.Plant.Flash.ReadAllBytes("node.conf"));
        conf = conf.Replace("window.interval_ms = 60000", "window.interval_ms = 10000", StringComparison.Ordinal).Replace("report.interval_s = 60", "report.interval_s = 10", StringComparison.Ordinal);
        test.Plant.Flash.WriteAllBytes("node.conf", System.Text.Encoding.ASCII.GetBytes(conf));
        test.Plant.Node.PowerOn();
        test.RunMinutes(60);
        Assert.InRange(test.History.RecordCount, 290, 365);
        Assert.InRange(test.Births, 9, 14);
        Assert.InRange(test.Awake, 0.05, 0.35);
        Assert.Empty(test.Plant.Checker.Violations);
    }

    [Fact]
    public void DeepSleep_BeginsOnceTheNodeWatches_AndIsOneLife()
    {
        using var test = new PlantTest(Deep, sharesFirmware: true);
        test.RunMinutes(27);
        Assert.Equal(1, test.Plant.Node.BootCount);
        test.RunMinutes(153);
        Assert.InRange(test.Plant.Node.BootCount, 140, 152);
        Assert.Equal(EndReason.DeepSleep, test.Plant.Node.LastBoot!.Reason);

        // To the outside one start: boots, events, windows and uptime go on.
        Assert.Equal(1, Number(test, "Health/Boots"));
        Assert.InRange(Number(test, "Health/Windows"), 170, 181);
        Assert.InRange(Number(test, "Health/Uptime"), 170, 181);
        Assert.StartsWith("1 ", Text(test, "Events/Last"));
        Assert.InRange(test.Births, 29, 33);
        output.WriteLine($"awake: {test.Awake:P1} with deep sleep, {test.Births} connections in three hours");
        Assert.InRange(test.Awake, 0.02, 0.06);
        test.Judge();
    }

    /// <summary>Each boot of a node that sleeps deeply sees one window and the envelope of one axis at most.</summary>
    [Fact]
    public void WhatCountsAndWhatWasMeasured_OutlivesADeepSleep()
    {
        using var test = new PlantTest(Deep, sharesFirmware: true);
        test.RunMinutes(180);
        IEnumerable<SparkplugMetric> birth = test.Messages.Last(message => message.Topic.Type == SparkplugMessageType.NBirth).Metrics;
        string[] envelopes = [.. birth.Where(metric => metric.Name!.EndsWith("Envelope Depth", StringComparison.Ordinal)).Select(metric => metric.Value?.ToString() ?? "none")];
        using var awake = new PlantTest(sharesFirmware: true);
        awake.RunMinutes(30);
        string[] expected = [.. awake.State.Metrics.Values.Where(metric => metric.Name!.EndsWith("Envelope Depth", StringComparison.Ordinal)).Select(metric => metric.Value?.ToString() ?? "none")];
        output.WriteLine($"{string.Join(' ', envelopes)}; awake: {string.Join(' ', expected)}");
        Assert.Equal(3, envelopes.Length);
        Assert.Equal(expected.Count(value => value != "none"), envelopes.Count(value => value != "none"));
        Assert.True(Number(test, "Health/Flash Writes") > 150);
    }

    /// <summary>A window that is not valid has no ISO zone, which is no news.</summary>
    [Theory]
    [InlineData(Timed)]
    [InlineData(Deep)]
    public void BadWindow_IsNoReasonForAConnection(string profile)
    {
        using var test = new PlantTest(profile + "machine.class = group2-rigid\npower.connect_windows = 30\n", sharesFirmware: true);
        test.RunMinutes(100);
        Assert.Equal("A", Text(test, "Vibration/Zone"));
        int births = test.Births;
        // From the middle of a window on, so that the chip was found at a wake.
        var silence = new SensorNode.Emulator.Chips.I2cFaultPlan(1) { Address = 0x6A };
        test.Plant.Bus.Faults = silence.At(profile == Timed ? 6 : 17, I2cFault.AddressNotAcknowledged, int.MaxValue - 20);
        test.RunMinutes(1);
        test.Plant.Bus.Faults = null;
        test.RunMinutes(16);
        Assert.InRange(test.Births - births, 0, 1);
        Assert.True(silence.FaultCount > 3);
    }

    /// <summary>What the node has acknowledged it does, though it has said farewell.</summary>
    [Theory]
    [InlineData(Timed)]
    [InlineData(Deep)]
    public void CommandInTheMomentOfTheFarewell_IsCarriedOut(string profile)
    {
        using var test = new PlantTest(profile, sharesFirmware: true);
        test.RunMinutes(60);
        bool isSent = false;
        test.Plant.Heard += message =>
        {
            if (!isSent && message.Topic.Type == SparkplugMessageType.NDeath)
            {
                isSent = true;
                test.Plant.Command(SparkplugCommands.Write(test.Plant.UtcNow, "Config/mqtt.keep_alive_s", SparkplugDatatype.Int32, 45));
            }
        };
        test.RunMinutes(30);
        Assert.True(isSent);
        Assert.Equal("45", test.Setting("mqtt.keep_alive_s"));
    }

    /// <summary>A visit ends once all is told, though no record can be written and all wait in memory.</summary>
    [Fact]
    public void JournalThatCannotBeWritten_DoesNotKeepTheNodeConnected()
    {
        using var test = new PlantTest(Timed, sharesFirmware: true);
        test.RunMinutes(30);
        test.Plant.Flash.Operating = (_, _, path) =>
        {
            if (path.StartsWith("journal", StringComparison.Ordinal))
            {
                throw new FlashException(FlashError.Full, path);
            }
        };
        double awake = test.Plant.Node.AwakeNs;
        test.RunMinutes(60);
        awake = (test.Plant.Node.AwakeNs - awake) / TimeSpan.FromMinutes(60).TotalNanoseconds;
        output.WriteLine($"awake: {awake:P1}");
        Assert.InRange(awake, 0.02, 0.08);
    }

    [Theory]
    [InlineData(Timed)]
    [InlineData(Deep)]
    public void Alarm_IsToldAtOnce_ThoughEachBootSeesOneWindow(string profile)
    {
        using var test = new PlantTest(profile + "power.connect_windows = 600\n", ramRecords: 16, sharesFirmware: true);
        test.RunMinutes(60);
        Assert.Equal("watching", Text(test, "Detector/Phase"));
        int births = test.Births;
        test.RunMinutes(60);
        Assert.Equal(births, test.Births);
        test.Plant.Vibration.PeakG[0] = 0.2;
        test.RunMinutes(4);
        Assert.True(test.Births > births, test.Tail);
        Assert.NotEqual("none", Text(test, "Detector/Alarm"));

        // A snapshot belongs to it, and the way back to quiet is told too.
        Assert.Contains(test.Messages, message => message.Metrics.Any(metric => metric.Name == "Snapshot/Spectrum" && metric.Value is short[]));
        test.RunMinutes(10);
        births = test.Births;
        test.Plant.Vibration.PeakG[0] = 0.01;
        test.RunMinutes(15);
        Assert.True(test.Births > births, test.Tail);
        Assert.Equal("none", Text(test, "Detector/Alarm"));
        test.Judge();
    }

    [Theory]
    [InlineData(Timed)]
    [InlineData(Deep)]
    public void BrokerAway_TriesLessAndLess_AndLosesNothing(string profile)
    {
        using var test = new PlantTest(profile, sharesFirmware: true);
        test.RunMinutes(60);
        test.Plant.Core.IsListening = false;
        int opened = test.Plant.Core.ReadStatistics().ConnectionsOpened;
        test.RunMinutes(120);
        int attempts = test.Plant.Core.ReadStatistics().ConnectionsOpened - opened;
        Assert.InRange(attempts, 15, 200);
        test.Plant.Core.IsListening = true;
        test.RunMinutes(20);
        Assert.InRange(Number(test, "Health/Backlog"), 0, 12);
        test.Judge();
    }

    [Theory]
    [InlineData(Timed)]
    [InlineData(Deep)]
    public void AccelerometerThatIsSilentForAWhile_CostsItsWindows_AndNothingElse(string profile)
    {
        using var test = new PlantTest(profile, sharesFirmware: true);
        test.RunMinutes(60.2);
        var silence = new SensorNode.Emulator.Chips.I2cFaultPlan(1) { Address = 0x6A };
        silence.Between(0, long.MaxValue, I2cFault.AddressNotAcknowledged);
        test.Plant.Bus.Faults = silence;
        test.RunMinutes(4);
        test.Plant.Bus.Faults = null;
        test.RunMinutes(30);
        Assert.DoesNotContain("reason: fault", test.Console.Text, StringComparison.Ordinal);
        Assert.Equal("watching", Text(test, "Detector/Phase"));
        Assert.Equal("good", Text(test, "Vibration/Window Quality"));
        test.Judge();
    }

    [Fact]
    public void PowerCutInDeepSleep_IsAnOrdinaryStart()
    {
        using var test = new PlantTest(Deep, sharesFirmware: true);
        test.RunMinutes(60);
        while (test.Plant.Node.IsRunning)
        {
            test.Run(TimeSpan.FromSeconds(1));
        }

        test.Plant.Node.PowerOff();
        test.RunMinutes(5);
        test.Plant.Node.PowerOn();
        test.RunMinutes(30);
        Assert.Equal(2, Number(test, "Health/Boots"));
        Assert.Equal("power-on", Text(test, "Health/Restart Reason"));
        Assert.StartsWith("2 ", Text(test, "Events/Last"));
        test.Judge();
    }

    /// <summary>Whatever flash operation of a night's sleep is cut, the node comes back, is not condemned to sleep, and keeps every record that was written.</summary>
    [Fact]
    public void PowerCutAtEveryFlashOperationOfASleep_LosesAtMostTheRecordInHand()
    {
        long operations = OperationsOfTwoCycles(0, out _);
        Assert.InRange(operations, 4, 60);
        for (int cut = 1; cut <= operations; cut++)
        {
            OperationsOfTwoCycles(cut, out PlantTest test);
            using (test)
            {
                Assert.False(test.Plant.Node.IsPowered);
                test.Plant.Flash.CutPowerAt = 0;
                test.Plant.Node.PowerOn();
                int births = test.Births;
                test.RunMinutes(15);
                Assert.True(test.Births > births, $"cut at operation {cut}: no birth; console:\n{test.Tail}");
                test.Judge();
            }
        }
    }

    [Fact]
    public void FlashThatTakesNoState_LeavesLightSleep()
    {
        using var test = new PlantTest(Deep, sharesFirmware: true);
        test.RunMinutes(20);
        test.Plant.Flash.Operating = (_, _, path) =>
        {
            if (path.EndsWith("sleep", StringComparison.Ordinal))
            {
                throw new FlashException(FlashError.Full, path);
            }
        };
        test.RunMinutes(60);
        Assert.Equal(1, test.Plant.Node.BootCount);
        Assert.InRange(test.Awake, 0.01, 0.08);
        test.Judge();
    }

    [Theory]
    [InlineData(Timed)]
    [InlineData(Deep)]
    public void CommandAtABirth_IsAnswered_AndASettingTried(string profile)
    {
        using var test = new PlantTest(profile, sharesFirmware: true);
        test.RunMinutes(60);
        int births = test.Births;
        test.RunUntilBirths(births + 1);
        test.Run(TimeSpan.FromSeconds(2));
        test.Write("Config/mqtt.keep_alive_s", SparkplugDatatype.Int32, 45);
        Assert.Contains("restarting", test.Answer);
        test.RunMinutes(30);
        Assert.Equal("45", test.Setting("mqtt.keep_alive_s"));
        Assert.Equal("configuration", Text(test, "Health/Restart Reason"));
        Assert.Contains("conf.a", test.Plant.Flash.ListFiles(""));
        test.Judge();
    }

    [Fact]
    public void ClockThatDriftsInItsSleep_IsSetRightAtEachConnection()
    {
        using var test = new PlantTest(Deep, sharesFirmware: true);
        test.Plant.Time.SleepErrorPpm = 20_000;
        test.RunMinutes(120);

        // Two per cent of six minutes are seven seconds.
        Assert.InRange(Number(test, "Health/Clock Step"), -9000, -5000);
        Assert.InRange((test.Plant.UtcNow - test.Messages.Last(message => message.Time != null).Time!.Value).TotalMinutes, -0.2, 7);
        test.Judge();
    }

    [Fact]
    public void ButtonHeld_KeepsTheNodeAwake_AndResetsIt()
    {
        using var test = new PlantTest(Timed, sharesFirmware: true);
        test.RunMinutes(10);
        test.Plant.Gpio.Press(0);
        test.RunMinutes(1.5);
        test.Plant.Gpio.Release(0);
        Assert.Contains("button: factory reset", test.Console.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("node.conf", test.Plant.Flash.ListFiles(""));
    }

    /// <summary>Two seconds, whenever they fall: at a wake nobody knows how long it was held.</summary>
    [Fact]
    public void ButtonPressedShortly_DoesNotReset()
    {
        using var test = new PlantTest(Timed, sharesFirmware: true);
        test.RunMinutes(30);
        for (int i = 0; i < 400; i++)
        {
            test.Run(TimeSpan.FromSeconds(4.7));
            test.Plant.Gpio.Press(0);
            test.Run(TimeSpan.FromSeconds(2));
            test.Plant.Gpio.Release(0);
        }

        Assert.DoesNotContain("factory reset", test.Console.Text, StringComparison.Ordinal);
    }

    /// <summary>What an operator is woken for does not wait for the back-off of attempts that failed before it.</summary>
    [Fact]
    public void AlarmAfterAnOutage_IsToldAtOnce()
    {
        using var test = new PlantTest(Timed + "power.connect_windows = 600\n", ramRecords: 16, sharesFirmware: true);
        test.RunMinutes(60);
        test.Plant.Core.IsListening = false;
        test.Plant.Vibration.PeakG[0] = 0.2;
        test.RunMinutes(150);
        test.Plant.Vibration.PeakG[0] = 0.01;
        test.RunMinutes(60);
        test.Plant.Core.IsListening = true;
        test.RunMinutes(20);
        int births = test.Births;
        test.Plant.Vibration.PeakG[0] = 0.2;
        test.RunMinutes(8);
        Assert.True(test.Births > births, test.Tail);
    }

    /// <summary>A clock that goes too fast in its sleep does not move the floor that right answers are held against.</summary>
    [Theory]
    [InlineData(20_000)]
    [InlineData(-20_000)]
    public void DriftOverHours_IsNoDispute(int ppm)
    {
        using var test = new PlantTest(Deep + "power.connect_windows = 120\n", sharesFirmware: true);
        test.RunMinutes(60);
        test.Plant.Time.SleepErrorPpm = ppm;
        test.RunMinutes(60 * 24);
        Assert.DoesNotContain("before one that this node has seen", test.Console.Text, StringComparison.Ordinal);
        Assert.InRange(test.Births, 10, 20);
    }

    [Theory]
    [InlineData("window.interval_ms = 5000\n", "window.interval_ms: 5000 leaves no time to sleep; power.profile = deep-sleep needs 10000 or more")]
    [InlineData("power.connect_windows = 0\n", "power.connect_windows")]
    public void ConfigurationThatCannotSleep_IsRefused(string line, string fault)
    {
        using var test = new PlantTest(isStarted: false);
        string conf = System.Text.Encoding.ASCII.GetString(test.Plant.Flash.ReadAllBytes("node.conf")).Replace("window.interval_ms = 60000\n", "", StringComparison.Ordinal);
        test.Plant.Flash.WriteAllBytes("node.conf", System.Text.Encoding.ASCII.GetBytes(conf + Deep + line));
        test.Plant.Node.PowerOn();
        test.RunMinutes(1);
        Assert.Contains(fault, test.Console.Text, StringComparison.Ordinal);
    }

    /// <summary>An hour, then two wakes with power cut at an operation of them.</summary>
    private static long OperationsOfTwoCycles(int cutAt, out PlantTest test)
    {
        test = new PlantTest(Deep, sharesFirmware: true);
        test.RunMinutes(60);
        while (test.Plant.Node.IsRunning)
        {
            test.Run(TimeSpan.FromSeconds(1));
        }

        long before = test.Plant.Flash.OperationCount;
        test.Plant.Flash.TearSeed = (uint)(cutAt * 31);
        test.Plant.Flash.CutPowerAt = cutAt == 0 ? 0 : before + cutAt;
        test.RunMinutes(2);
        long operations = test.Plant.Flash.OperationCount - before;
        if (cutAt == 0)
        {
            test.Dispose();
        }

        return operations;
    }

    private static int Number(PlantTest test, string metric) => Convert.ToInt32(test.State.Metrics[metric].Value, CultureInfo.InvariantCulture);

    private static string Text(PlantTest test, string metric) => (string)test.State.Metrics[metric].Value!;
}
