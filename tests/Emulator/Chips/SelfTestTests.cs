using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Machines;
using SensorNode.Platform;
using Xunit;

namespace SensorNode.Emulator.Tests.Chips;

/// <summary>The self-tests of the drivers, as the board runs them, against the chip models.</summary>
public class SelfTestTests
{
    private static readonly ConstantClimate s_room = new(new Climate(20));

    [Theory]
    [InlineData("Lsm6dso", 0x6A, 8, 1667, 400, 400, 400, 10)]
    [InlineData("Lis3dh", 0x18, 8, 400, 300, 300, 300, 10)]
    [InlineData("Adxl345", 0x53, 16, 800, 600, -600, 900, 20)]
    [InlineData("Mpu6500", 0x68, 8, 1000, 400, 400, 400, 10)]
    public void GoodPart_PassesAndIsUsableAfterwards(string part, int address, int rangeG, int rateHz, int x, int y, int z, int tolerance)
    {
        RegisterChip chip = Model(part);
        using var bench = new DriverBench(part, address, chip);
        bench.Run(() =>
        {
            int[] change = new int[3];
            Assert.Equal(DriverBench.Ok, bench.SelfTest(change));
            Assert.InRange(change[0], x - tolerance, x + tolerance);
            Assert.InRange(change[1], y - tolerance, y + tolerance);
            Assert.InRange(change[2], z - tolerance, z + tolerance);
            Assert.Equal(DriverBench.Ok, bench.Configure(rangeG, rateHz));
            Assert.Equal(DriverBench.Ok, bench.Start());
        });
        Assert.Empty(chip.Violations);
    }

    private static RegisterChip Model(string part) => part switch
    {
        "Lsm6dso" => new Lsm6dsoModel(new SteadyVibration(), s_room, 3),
        "Lis3dh" => new Lis3dhModel(new SteadyVibration(), 1, PartVariation.None),
        "Adxl345" => new Adxl345Model(new SteadyVibration(), 1, PartVariation.None),
        _ => new Mpu6500Model(new SteadyVibration(), s_room, 1, PartVariation.None),
    };
}
