using System.Reflection;
using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Machines;
using Xunit;

namespace SensorNode.Emulator.Tests.Chips;

/// <summary>The table that node.conf is checked against says what the drivers do.</summary>
public class SensorTableTests
{
    private static readonly Type s_table = new FirmwareSandbox().Context.LoadFirmware("SensorNode.Base").GetType("SensorNode.Configuration.SensorTable", true)!;

    [Theory]
    [InlineData("Lsm6dso", 0x6A)]
    [InlineData("Adxl345", 0x53)]
    [InlineData("Lis3dh", 0x18)]
    [InlineData("Mpu6500", 0x68)]
    [InlineData("Kx134", 0x1E)]
    public void Driver_TakesWhatTheTableNames_AndTheBusRuleIsItsOwn(string part, int address)
    {
        int index = (int)s_table.GetField(part)!.GetValue(null)!;
        int clocks = (int)Call("BusClocksPerSample", index);
        foreach (int clockHz in (int[])[400_000, 1_000_000])
        {
            foreach (string rate in ((string)Call("Rates", index)).Split('|'))
            {
                foreach (string range in ((string)Call("Ranges", index)).Split('|'))
                {
                    int rateHz = int.Parse(rate, System.Globalization.CultureInfo.InvariantCulture);
                    using var bench = new DriverBench(part, address, Chip(part), clockHz);
                    int status = DriverBench.InvalidSetting;
                    bench.Run(() => status = bench.Configure(int.Parse(range, System.Globalization.CultureInfo.InvariantCulture), rateHz));

                    // Three chips end at 400 kHz and refuse a faster bus by themselves.
                    bool isFit = rateHz * clocks <= clockHz && (clockHz == 400_000 || part is not ("Adxl345" or "Lis3dh" or "Mpu6500"));
                    Assert.True((status == DriverBench.Ok) == isFit, $"{part}, {range} g, {rate} Hz at {clockHz} Hz: status {status}");
                }
            }
        }
    }

    [Theory]
    [InlineData("Lsm6dso", "FifoWords")]
    [InlineData("Adxl345", "FifoEntries")]
    [InlineData("Lis3dh", "FifoSamples")]
    [InlineData("Mpu6500", "FifoSamples")]
    [InlineData("Kx134", "BufferSamples")]
    public void Fifo_IsAsDeepAsTheDriverSays(string part, string constant)
    {
        FieldInfo depth = new FirmwareSandbox().Context.LoadFirmware("SensorNode.Drivers." + part).GetType("SensorNode.Drivers." + part, true)!.GetField(constant)!;
        Assert.Equal(depth.GetRawConstantValue(), Call("FifoSamples", (int)s_table.GetField(part)!.GetValue(null)!));
    }

    private static object Call(string method, int part) => s_table.GetMethod(method, BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [part])!;

    private static SensorNode.Platform.IEmulatedI2cDevice Chip(string part)
    {
        var vibration = new CountingVibration(0.001);
        var climate = new ConstantClimate(new Climate(20));
        return part switch
        {
            "Lsm6dso" => new Lsm6dsoModel(vibration, climate, 1),
            "Adxl345" => new Adxl345Model(vibration, 1),
            "Lis3dh" => new Lis3dhModel(vibration, 1),
            "Mpu6500" => new Mpu6500Model(vibration, climate, 1),
            _ => new Kx134Model(vibration, 1),
        };
    }
}
