using System.Text;
using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Machines;
using SensorNode.Platform;
using Xunit;

namespace SensorNode.Simulation.Tests;

/// <summary>What the bus check lets pass keeps up; what it refuses is told before a node finds out.</summary>
public class FifoSlackTests
{
    private static readonly SteadyVibration s_vibration = new() { FrequencyHz = 24.5, PeakG = [0.01, 0.02, 0.03] };

    [Theory]
    [InlineData("kx134", 1600)]
    [InlineData("lis3dh", 400)]
    [InlineData("adxl345", 800)]
    [InlineData("mpu6500", 1000)]
    public void FastestRateThatIsAccepted_NeverOverruns(string part, int rateHz)
    {
        using var test = Plant(part, rateHz);
        test.RunUntilBirths(1);
        test.RunMinutes(20);
        Assert.Equal("good", test.State.Metrics["Vibration/Window Quality"].Value);
        Assert.Equal(0, Convert.ToInt32(test.State.Metrics["Health/Overruns"].Value));
        Assert.True(Convert.ToInt32(test.State.Metrics["Health/Windows"].Value) >= 15);
    }

    /// <summary>21 ms stand another thread's quantum, not a write to flash on top of it: some windows are marked, most are good.</summary>
    [Fact]
    public void Lis3dhAt1344Hz_LosesAWindowNowAndThen()
    {
        using var test = Plant("lis3dh", 1344);
        test.RunUntilBirths(1);
        test.RunMinutes(60);
        int windows = Convert.ToInt32(test.State.Metrics["Health/Windows"].Value);
        int overruns = Convert.ToInt32(test.State.Metrics["Health/Overruns"].Value);
        Assert.InRange(windows, 55, 80);
        Assert.InRange(overruns, 0, windows / 5);
    }

    [Theory]
    [InlineData(3200)]
    [InlineData(6400)]
    public void FifoThatRunsOver_IsRefusedOnTheConsole(int rateHz)
    {
        using var test = Plant("kx134", rateHz);
        test.RunMinutes(1);
        Assert.Contains("sensor.rate_hz: the FIFO of kx134 holds 84 samples", test.Console.Text, StringComparison.Ordinal);
        Assert.Contains("at most 1600 Hz fit", test.Console.Text, StringComparison.Ordinal);
    }

    private static PlantTest Plant(string part, int rateHz)
    {
        var test = new PlantTest($"sensor.part = {part}\n", isStarted: false);
        string conf = Encoding.ASCII.GetString(test.Plant.Flash.ReadAllBytes("node.conf"));
        test.Plant.Flash.WriteAllBytes("node.conf", Encoding.ASCII.GetBytes(conf.Replace("rate_hz = 1667", $"rate_hz = {rateHz}", StringComparison.Ordinal)));
        (int address, IEmulatedI2cDevice chip) = part switch
        {
            "lis3dh" => (0x18, (IEmulatedI2cDevice)new Lis3dhModel(s_vibration, 1)),
            "kx134" => (0x1E, new Kx134Model(s_vibration, 1)),
            "adxl345" => (0x53, new Adxl345Model(s_vibration, 1)),
            _ => (0x68, new Mpu6500Model(s_vibration, new ConstantClimate(new Climate(21.5)), 1))
        };
        test.Plant.Bus.Attach(address, chip);
        test.Plant.Node.PowerOn();
        return test;
    }
}
