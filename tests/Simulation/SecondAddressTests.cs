using System.Text;
using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Machines;
using SensorNode.Platform;
using Xunit;

namespace SensorNode.Simulation.Tests;

/// <summary>Boards strap the address pin either way, and another chip may sit at the first address: the node finds its own.</summary>
public class SecondAddressTests
{
    private static readonly SteadyVibration s_vibration = new() { FrequencyHz = 24.5, PeakG = [0.01, 0.02, 0.03] };
    private static readonly ConstantClimate s_climate = new(new Climate(21.5));

    [Theory]
    [InlineData("lsm6dso", 1667, 0x6B)]
    [InlineData("adxl345", 400, 0x1D)]
    [InlineData("lis3dh", 400, 0x19)]
    [InlineData("mpu6500", 500, 0x69)]
    [InlineData("kx134", 1600, 0x1F)]
    public void Accelerometer_AtItsSecondAddress_Measures(string part, int rateHz, int address)
    {
        using var test = Plant(part, rateHz);
        test.Plant.Bus.Attach(address, Chip(part));
        AssertMeasures(test);
    }

    [Fact]
    public void Accelerometer_BehindAnotherChipAtItsFirstAddress_IsFound()
    {
        using var test = Plant("mpu6500", 500);
        test.Plant.Bus.Attach(0x68, new Lsm6dsoModel(s_vibration, s_climate, 2));
        test.Plant.Bus.Attach(0x69, Chip("mpu6500"));
        AssertMeasures(test);
    }

    [Fact]
    public void Accelerometer_ThatAnswersLate_IsFoundAtItsSecondAddress()
    {
        using var test = Plant("lis3dh", 400);
        var chip = (Lis3dhModel)Chip("lis3dh");
        chip.IsDead = true;
        test.Plant.Bus.Attach(0x19, chip);
        test.Plant.Node.PowerOn();
        test.Run(TimeSpan.FromSeconds(30));
        chip.IsDead = false;
        test.RunUntilBirths(1);
        test.RunMinutes(3);
        Assert.Equal("good", test.State.Metrics["Vibration/Window Quality"].Value);
    }

    [Fact]
    public void WrongChipAlone_IsSaid()
    {
        using var test = Plant("mpu6500", 500);
        test.Plant.Bus.Attach(0x68, new Lsm6dsoModel(s_vibration, s_climate, 2));
        test.Plant.Node.PowerOn();
        test.RunMinutes(1);
        Assert.Contains("MPU-6500: cannot be configured, status 3", test.Console.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bme280")]
    [InlineData("bmp280")]
    public void TemperatureSensor_AtItsSecondAddress_Measures(string part)
    {
        using var test = Plant("lsm6dso", 1667, $"temperature.part = {part}\n");
        test.Plant.Bus.Attach(0x6A, Chip("lsm6dso"));
        test.Plant.Bus.Attach(0x77, new Bme280Model(s_climate, 3) { Identity = (byte)(part == "bme280" ? 0x60 : 0x58) });
        AssertMeasures(test);
        Assert.InRange(Convert.ToDouble(test.State.Metrics["Temperature/Value"].Value), 19.0, 24.0);
    }

    private static void AssertMeasures(PlantTest test)
    {
        test.Plant.Node.PowerOn();
        test.RunUntilBirths(1);
        test.RunMinutes(3);
        Assert.Equal("good", test.State.Metrics["Vibration/Window Quality"].Value);
        Assert.Equal(0, Convert.ToInt32(test.State.Metrics["Health/Bus Faults"].Value));
    }

    private static PlantTest Plant(string part, int rateHz, string more = "")
    {
        var test = new PlantTest($"sensor.part = {part}\n" + more, isStarted: false);
        string conf = Encoding.ASCII.GetString(test.Plant.Flash.ReadAllBytes("node.conf"));
        test.Plant.Flash.WriteAllBytes("node.conf", Encoding.ASCII.GetBytes(conf.Replace("rate_hz = 1667", $"rate_hz = {rateHz}", StringComparison.Ordinal)));
        test.Plant.Bus.Detach(0x6A);
        test.Plant.Bus.Detach(0x76);
        return test;
    }

    private static RegisterChip Chip(string part) => part switch
    {
        "adxl345" => new Adxl345Model(s_vibration, 1),
        "lis3dh" => new Lis3dhModel(s_vibration, 1),
        "mpu6500" => new Mpu6500Model(s_vibration, s_climate, 1),
        "kx134" => new Kx134Model(s_vibration, 1),
        _ => new Lsm6dsoModel(s_vibration, s_climate, 1)
    };
}
