using System.Text;
using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Machines;
using SensorNode.Sparkplug.Host;
using Xunit;

namespace SensorNode.Simulation.Tests;

/// <summary>What an engineer at the node asks the whole node, and what somebody with a finger on its button gets.</summary>
public class CommissioningTests
{
    private const int XiaoLed = 21;
    private const int BootButton = 0;

    [Fact]
    public void SelfTest_GivesAVerdict_AndMeasuringGoesOn()
    {
        using var test = new PlantTest();
        test.RunMinutes(3);
        test.Write("Node Control/Self Test", SparkplugDatatype.Boolean, true);
        Assert.Equal("testing the sensor, see Health/Check", test.Answer);
        test.Run(TimeSpan.FromSeconds(15));
        Assert.Matches("^good: self-test passed; z up, tilt [0-3] deg, [01]\\.[09][0-9] g; clipping 0.0 %; no resonance seen; signal -60 dBm$", Check(test));
        int before = Convert.ToInt32(test.State.Metrics["Health/Windows"].Value);
        test.RunMinutes(10);
        Assert.True(Convert.ToInt32(test.State.Metrics["Health/Windows"].Value) >= before + 8);
        Assert.Equal("good", test.State.Metrics["Vibration/Window Quality"].Value);
        Assert.Equal(0, Convert.ToInt32(test.State.Metrics["Health/Bus Faults"].Value));
        test.Judge();
    }

    [Fact]
    public void WeakSignal_IsLookedAt()
    {
        using var test = new PlantTest();
        test.Plant.Wifi.SignalDbm = -82;
        test.RunMinutes(2);
        test.Write("Node Control/Self Test", SparkplugDatatype.Boolean, true);
        test.Run(TimeSpan.FromSeconds(15));
        Assert.StartsWith("look: ", Check(test), StringComparison.Ordinal);
        Assert.EndsWith("; signal -82 dBm", Check(test), StringComparison.Ordinal);
    }

    [Fact]
    public void SelfTest_OfAPartWithoutOne_IsNotSupported()
    {
        using var test = new PlantTest("sensor.part = kx134\n", isStarted: false);
        string conf = Encoding.ASCII.GetString(test.Plant.Flash.ReadAllBytes("node.conf"));
        test.Plant.Flash.WriteAllBytes("node.conf", Encoding.ASCII.GetBytes(conf.Replace("rate_hz = 1667", "rate_hz = 400", StringComparison.Ordinal)));
        test.Plant.Bus.Attach(0x1E, new Kx134Model(new SteadyVibration { FrequencyHz = 24.5, PeakG = [0.01, 0.02, 0.03] }, 1));
        test.Plant.Node.PowerOn();
        test.RunUntilBirths(1);
        test.Write("Node Control/Self Test", SparkplugDatatype.Boolean, true);
        test.Run(TimeSpan.FromSeconds(15));
        Assert.Contains("self-test not supported; z up", Check(test), StringComparison.Ordinal);
    }

    [Fact]
    public void Identify_BlinksWhereThereIsAnLed()
    {
        using var test = new PlantTest("board = xiao-esp32s3\n");
        Assert.Equal(0, test.Plant.Gpio.ChangeCount);
        test.Write("Node Control/Identify", SparkplugDatatype.Boolean, true);
        Assert.Equal("the LED blinks for 30 s", test.Answer);
        int litCount = 0;
        for (int i = 0; i < 200; i++)
        {
            test.Run(TimeSpan.FromMilliseconds(97));
            litCount += test.Plant.Gpio.LevelOf(XiaoLed) == false ? 1 : 0;
        }

        Assert.True(litCount is > 70 and < 130, $"lit at {litCount} of 200 looks: half of the time is what an eye sees as blinking");
        test.RunMinutes(1);
        int changes = test.Plant.Gpio.ChangeCount;
        Assert.InRange(changes, 100, 200);
        Assert.True(test.Plant.Gpio.LevelOf(XiaoLed), "dark again: this LED lights when low");
        test.RunMinutes(1);
        Assert.Equal(changes, test.Plant.Gpio.ChangeCount);
    }

    [Fact]
    public void Identify_WithoutALed_SaysItsName()
    {
        using var test = new PlantTest();
        test.Write("Node Control/Identify", SparkplugDatatype.Boolean, true);
        Assert.Equal("this board has no LED: I am node", test.Answer);
        Assert.Contains("I am node", test.Console.Text, StringComparison.Ordinal);
        test.RunMinutes(1);
        Assert.Equal(0, test.Plant.Gpio.ChangeCount);
    }

    /// <summary>The platform keeps each pin that is opened until it is closed by its number.</summary>
    [Fact]
    public void LedAndButton_AreOpenedOnceForAll()
    {
        using var test = new PlantTest("board = xiao-esp32s3\n");
        test.Write("Node Control/Identify", SparkplugDatatype.Boolean, true);
        test.RunMinutes(10);
        Assert.Equal(2, test.Plant.Gpio.ListedPinCountMax);
    }

    [Fact]
    public void ButtonHeldForTenSeconds_WipesTheNode_AShorterPressDoesNot()
    {
        using var test = new PlantTest();
        test.Plant.Gpio.Press(BootButton);
        test.Run(TimeSpan.FromSeconds(8));
        test.Plant.Gpio.Release(BootButton);
        test.RunMinutes(2);
        Assert.Equal(1, test.Plant.Node.BootCount);
        test.Plant.Gpio.Press(BootButton);
        test.Run(TimeSpan.FromSeconds(13));
        test.Plant.Gpio.Release(BootButton);
        test.RunMinutes(1);
        Assert.Contains("factory reset done", test.Console.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("node.conf", test.Plant.Flash.ListFiles(""));
        Assert.False(test.Plant.Wifi.HasCredentials);
    }

    private static string Check(PlantTest test) => test.State.Metrics["Health/Check"].Value as string ?? "";
}
