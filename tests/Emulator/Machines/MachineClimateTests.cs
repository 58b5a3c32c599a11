using SensorNode.Emulator.Machines;
using Xunit;

namespace SensorNode.Emulator.Tests.Machines;

public class MachineClimateTests
{
    private static readonly MachineParameters Parameters = new() { AmbientSwingC = 0, AmbientC = 20, LoadRiseC = 30, ThermalSeconds = 600 };

    [Fact]
    public void Warming_HasTheTimeConstant()
    {
        MachineClimate climate = new(Parameters);
        Assert.Equal(20, climate.At(0).TemperatureC, 9);
        Assert.Equal(20 + 30 * (1 - Math.Exp(-1)), climate.At(600_000_000_000).TemperatureC, 0.1);
        Assert.Equal(50, climate.At(20_000_000_000_000).TemperatureC, 0.01);
    }

    [Fact]
    public void Off_CoolsDownAgain()
    {
        MachineParameters stopping = Parameters with { Schedule = new OperatingSchedule(1, new OperatingState(6000, 29.2, 1), new OperatingState(60_000, 0, 0)) };
        MachineClimate climate = new(stopping);
        Assert.Equal(50, climate.At(5_999_000_000_000).TemperatureC, 0.1);
        Assert.Equal(20, climate.At(30_000_000_000_000).TemperatureC, 0.1);
    }

    [Fact]
    public void Damage_Heats()
    {
        MachineClimate climate = new(MachinePresets.DegradingBearing(0, 0) with { AmbientSwingC = 0 });
        Assert.Equal(22 + 25 + 12, climate.At(100_000_000_000_000).TemperatureC, 0.1);
    }
}
