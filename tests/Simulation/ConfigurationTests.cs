using System.Text;
using SensorNode.Sparkplug.Host;
using SensorNode.Sparkplug.Host.Wire;
using Google.Protobuf;
using Xunit;

namespace SensorNode.Simulation.Tests;

/// <summary>Settings changed by command: checked whole, stored, told, put in force; or refused with the reason, and nothing changed.</summary>
public class ConfigurationTests
{
    [Fact]
    public void HarmlessSetting_CountsAtOnceAndAfterAPowerCut()
    {
        using var test = new PlantTest();
        test.Write("Config/report.interval_s", SparkplugDatatype.Int32, 30);
        Assert.Equal("stored report.interval_s", test.Answer);
        Assert.Equal(2, test.Births);
        Assert.Equal("30", test.Setting("report.interval_s"));
        test.Plant.Node.PowerOff();
        test.Plant.Node.PowerOn();
        test.RunUntilBirths(3);
        Assert.Equal("30", test.Setting("report.interval_s"));
        Assert.Equal(2, test.Plant.Node.BootCount);
    }

    [Fact]
    public void SettingThatNeedsARestart_RestartsAndIsConfirmedByTheNextConnection()
    {
        using var test = new PlantTest();
        test.Write("Config/mqtt.keep_alive_s", SparkplugDatatype.Int32, 33);
        Assert.Equal("stored mqtt.keep_alive_s, restarting", test.Answer);
        test.RunUntilBirths(2);
        Assert.Equal("33", test.Setting("mqtt.keep_alive_s"));
        Assert.Equal("configuration", test.State.Metrics["Health/Restart Reason"].Value);
        test.RunMinutes(1);
        Assert.DoesNotContain(test.Plant.Flash.ListFiles(""), file => file.StartsWith("conf-new", StringComparison.Ordinal));
        test.RunMinutes(30);
        Assert.Equal(2, test.Plant.Node.BootCount);
    }

    [Fact]
    public void SettingThatCutsTheNodeOff_IsWithdrawn()
    {
        using var test = new PlantTest();
        test.Write("Config/mqtt.host", SparkplugDatatype.String, "nowhere.example");
        test.RunMinutes(3);
        Assert.Equal(1, test.Births);
        test.RunUntilBirths(2, limitMinutes: 20);
        Assert.Equal("broker, second", test.Setting("mqtt.host"));
        Assert.StartsWith("changed configuration withdrawn", (string)test.State.Metrics["Health/Restart Reason"].Value!, StringComparison.Ordinal);
        test.RunMinutes(30);
        test.Judge();
    }

    [Fact]
    public void SensorThatIsNotThere_IsWithdrawn()
    {
        using var test = new PlantTest();
        Command(test, ("Config/sensor.part", "adxl345"), ("Config/sensor.rate_hz", 800));
        Assert.EndsWith("restarting", test.Answer, StringComparison.Ordinal);
        test.RunUntilBirths(2, limitMinutes: 20);
        Assert.Equal("lsm6dso", test.Setting("sensor.part"));
    }

    [Theory]
    [InlineData("Config/report.interval_s", 0, "report.interval_s: '0' is not a whole number from 1 to 3600 (s)")]
    [InlineData("Config/report.interval_s", 3600, "report.heartbeat_s")]
    [InlineData("Config/window.points", 1000, "window.points: '1000' is not one of 128, 256, 512, 1024, 2048")]
    [InlineData("Config/window.points", "1024", "window.points: its value is an Int32")]
    [InlineData("Config/mqtt.host", 5, "mqtt.host: its value is a String")]
    [InlineData("Config/mqtt.host", "a b", "mqtt.host")]
    [InlineData("Config/mqtt.host", "a,,b", "mqtt.host")]
    [InlineData("Config/mqtt.host", "a:70000", "mqtt.host")]
    [InlineData("Config/mqtt.security", "none", "mqtt.security: 'none' is not one of tls, plain-on-a-trusted-network")]
    [InlineData("Config/sparkplug.group", "a/b", "sparkplug.group")]
    [InlineData("Config/sensor.rate_hz", 100, "sensor.rate_hz: 100 is not a rate of lsm6dso")]
    [InlineData("Config/mqtt.password", "password", "mqtt.password")]
    [InlineData("Config/no.such", 1, "there is no such metric")]
    [InlineData("Health/Boots", 1, "it cannot be written")]
    [InlineData("Node Control/Reboot", 1, "its value is a Boolean")]
    public void InvalidValue_ChangesNothingAndSaysWhy(string metric, object value, string reason)
    {
        using var test = new PlantTest();
        string[] files = test.Plant.Flash.ListFiles("");
        Command(test, (metric, value));
        Assert.Contains(reason, test.Answer, StringComparison.Ordinal);
        Assert.StartsWith("refused", test.Answer, StringComparison.Ordinal);
        test.RunMinutes(2);
        Assert.Equal((1, 1), (test.Births, test.Plant.Node.BootCount));
        Assert.DoesNotContain(test.Plant.Flash.ListFiles(""), file => file.StartsWith("conf", StringComparison.Ordinal));
    }

    [Fact]
    public void OneInvalidSetting_RefusesAllOfTheMessage()
    {
        using var test = new PlantTest();
        Command(test, ("Config/temperature.limit_cc", 6000), ("Config/machine.class", "group9"));
        Assert.Contains("machine.class", test.Answer, StringComparison.Ordinal);
        Assert.Contains("no setting was changed", test.Answer, StringComparison.Ordinal);
        Assert.Equal("8000", test.Setting("temperature.limit_cc"));
    }

    [Fact]
    public void Secret_IsStoredAndNeverTold()
    {
        using var test = new PlantTest();
        Command(test, ("Config/mqtt.user", "node"), ("Config/mqtt.password", "s3cret-of-mine"));
        test.RunUntilBirths(2);
        Assert.Equal("node", test.Setting("mqtt.user"));
        Assert.Equal("", test.Setting("mqtt.password"));
        Assert.DoesNotContain("s3cret", test.Console.Text, StringComparison.Ordinal);
        Assert.Contains(test.Plant.Flash.ListFiles(""), file => Encoding.ASCII.GetString(test.Plant.Flash.ReadAllBytes(file)).Contains("s3cret-of-mine", StringComparison.Ordinal));
        Assert.DoesNotContain(test.Messages.SelectMany(message => message.Metrics), metric => metric.Value is string text && text.Contains("s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public void NewNodeConf_WinsOverStoredChanges()
    {
        using var test = new PlantTest();
        test.Write("Config/temperature.limit_cc", SparkplugDatatype.Int32, 6000);
        test.Plant.Node.PowerOff();
        byte[] conf = test.Plant.Flash.ReadAllBytes("node.conf");
        test.Plant.Flash.WriteAllBytes("node.conf", [.. conf, .. "temperature.rate_limit_cc_per_h = 1000\n"u8]);
        test.Plant.Node.PowerOn();
        test.RunUntilBirths(3);
        Assert.Equal("8000", test.Setting("temperature.limit_cc"));
        Assert.Equal("1000", test.Setting("temperature.rate_limit_cc_per_h"));
        Assert.Contains("node.conf is new", test.Console.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Config/temperature.limit_cc", "8000", "6000", 6)]
    [InlineData("Config/mqtt.keep_alive_s", "60", "33", 16)]
    public void PowerCutAtEveryFlashOperationOfAChange_LeavesOldOrNew(string metric, string before, string after, int operations)
    {
        int news = 0;
        for (int cut = 1; cut <= operations; cut++)
        {
            using var test = new PlantTest(seed: cut);
            test.Plant.Flash.TearSeed = (uint)cut;
            test.Plant.Flash.CutPowerAt = test.Plant.Flash.OperationCount + cut;
            test.Write(metric, SparkplugDatatype.Int32, int.Parse(after, System.Globalization.CultureInfo.InvariantCulture));
            test.RunMinutes(2);
            test.Plant.Flash.CutPowerAt = 0;
            if (test.Plant.Node.IsPowered)
            {
                test.Plant.Node.PowerOff();
            }

            int births = test.Births;
            test.Plant.Node.PowerOn();
            test.RunUntilBirths(births + 1);
            string? value = test.Setting(metric["Config/".Length..]);
            Assert.Contains(value, (string[])[before, after]);
            news += value == after ? 1 : 0;
            test.Write(metric, SparkplugDatatype.Int32, 777);
            test.RunMinutes(2);
            Assert.Equal("777", test.Setting(metric["Config/".Length..]));
        }

        Assert.InRange(news, 1, operations - 1);
    }

    [Fact]
    public void AliasAlone_IsEnough()
    {
        using var test = new PlantTest();
        ulong alias = test.State.Metrics["Config/temperature.limit_cc"].Alias!.Value;
        Send(test, new Metric { Alias = alias, IntValue = 5000 });
        Assert.Equal("5000", test.Setting("temperature.limit_cc"));
    }

    /// <summary>Also with a data type that the value's field would carry, and with one that it would not.</summary>
    [Theory]
    [InlineData("Config/temperature.limit_cc", SparkplugDatatype.Int8)]
    [InlineData("Config/temperature.limit_cc", SparkplugDatatype.UInt32)]
    [InlineData("Config/temperature.limit_cc", SparkplugDatatype.Int64)]
    [InlineData("Config/temperature.limit_cc", SparkplugDatatype.String)]
    [InlineData("Config/mqtt.user", SparkplugDatatype.Text)]
    [InlineData("Config/mqtt.user", SparkplugDatatype.Int32)]
    [InlineData("Node Control/Reboot", SparkplugDatatype.Int32)]
    [InlineData("Node Control/Factory Reset", SparkplugDatatype.Text)]
    public void AnotherDatatype_IsRefused(string name, SparkplugDatatype datatype)
    {
        using var test = new PlantTest(sharesFirmware: true);
        var metric = new Metric { Name = name, Datatype = (uint)datatype };
        switch (test.State.Metrics[name].Datatype)
        {
            case SparkplugDatatype.Int32: metric.IntValue = 5000; break;
            case SparkplugDatatype.Boolean: metric.BooleanValue = true; break;
            default: metric.StringValue = "node"; break;
        }

        Send(test, metric);
        Assert.StartsWith($"refused {name}: its value is ", test.Answer, StringComparison.Ordinal);
        test.RunMinutes(1);
        Assert.Equal((1, 1), (test.Births, test.Plant.Node.BootCount));
        Assert.DoesNotContain(test.Plant.Flash.ListFiles(""), file => file.StartsWith("conf", StringComparison.Ordinal));
    }

    [Fact]
    public void NumberOf64Bits_IsNoInt32_WithoutADatatypeEither()
    {
        using var test = new PlantTest(sharesFirmware: true);
        Send(test, new Metric { Name = "Config/temperature.limit_cc", LongValue = 5000 });
        Assert.StartsWith("refused Config/temperature.limit_cc: its value is an Int32", test.Answer, StringComparison.Ordinal);
    }

    private static void Send(PlantTest test, Metric metric)
    {
        var payload = new Payload { Timestamp = 1 };
        payload.Metrics.Add(metric);
        test.Plant.Command(payload.ToByteArray());
        test.Run(TimeSpan.FromSeconds(3));
    }

    private static void Command(PlantTest test, params (string Metric, object Value)[] writes)
    {
        var payload = new Payload { Timestamp = 1 };
        foreach ((string metric, object value) in writes)
        {
            payload.Metrics.Add(value is int number
                ? new Metric { Name = metric, Datatype = 3, IntValue = (uint)number }
                : new Metric { Name = metric, Datatype = 12, StringValue = (string)value });
        }

        test.Plant.Command(payload.ToByteArray());
        test.Run(TimeSpan.FromSeconds(3));
    }
}
