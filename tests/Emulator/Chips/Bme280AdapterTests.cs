using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Machines;
using SensorNode.Platform;
using Xunit;

namespace SensorNode.Emulator.Tests.Chips;

/// <summary>The temperature adapter on the BME280 package, against the chip model.</summary>
public class Bme280AdapterTests
{
    [Theory]
    [InlineData(-20.0)]
    [InlineData(0.0)]
    [InlineData(23.45)]
    [InlineData(71.2)]
    public void Temperature_IsTheTrueOne(double temperatureC)
    {
        Bme280Model chip = new(new ConstantClimate(new Climate(temperatureC)), 1, isExact: true);
        using DriverBench bench = new("Bme280", 0x76, chip);
        bench.Run(() =>
        {
            Assert.Equal(DriverBench.Ok, bench.ReadTemperature(out int centiC));
            Assert.InRange(centiC, temperatureC * 100 - 3, temperatureC * 100 + 3);
        });
        Assert.Empty(chip.Violations);
    }

    [Theory]
    [InlineData("Bmp280", 0x58, true)]
    [InlineData("Bmp280", 0x60, false)]
    [InlineData("Bme280", 0x58, false)]
    public void Part_IsTheOneOfTheSetting_OrNone(string part, byte identity, bool isRight)
    {
        Bme280Model chip = new(new ConstantClimate(new Climate(23.45)), 1, isExact: true) { Identity = identity };
        using DriverBench bench = new(part, 0x76, chip);
        bench.Run(() =>
        {
            int status = bench.ReadTemperature(out int centiC);
            Assert.Equal(isRight, status == DriverBench.Ok);
            Assert.InRange(centiC, isRight ? 2342 : 0, isRight ? 2348 : 0);
        });
    }

    /// <summary>Whichever transfer breaks, those of the binding among them, a value that is told is the true one; and the next reading but one is good again.</summary>
    [Theory]
    [InlineData((int)I2cFault.AddressNotAcknowledged, 0)]
    [InlineData((int)I2cFault.ClockStretchTimeout, 0)]
    [InlineData((int)I2cFault.PartialTransfer, 0)]
    [InlineData((int)I2cFault.StuckData, 0xFF)]
    [InlineData((int)I2cFault.StuckData, 0x00)]
    public void BrokenTransfer_GivesNoFalseValue(int fault, byte stuck)
    {
        for (int transfer = 1; transfer <= 60; transfer++)
        {
            Bme280Model chip = new(new ConstantClimate(new Climate(23.45)), 1, isExact: true);
            using DriverBench bench = new("Bme280", 0x76, chip);
            I2cFaultPlan plan = new I2cFaultPlan(1) { StuckValue = stuck }.At(transfer, (I2cFault)fault);
            bench.Bus.Faults = plan;
            int at = transfer;
            bench.Run(() =>
            {
                int good = 0;
                for (int reading = 0; reading < 5; reading++)
                {
                    bool isOk = bench.ReadTemperature(out int centiC) == DriverBench.Ok;
                    Assert.True(centiC == 0 ? !isOk : centiC is >= 2342 and <= 2348, $"{(I2cFault)fault} at transfer {at}, reading {reading}: {centiC}");
                    good += isOk ? 1 : 0;
                    bench.Sleep(20);
                }

                Assert.True(good >= 3, $"{(I2cFault)fault} at transfer {at}: {good} of 5 readings");
            });
            Assert.True(plan.TransferCount > 40);
        }
    }

    [Fact]
    public void MissingChip_IsNoTemperature()
    {
        Bme280Model chip = new(new ConstantClimate(new Climate(20)), 1, isExact: true);
        using DriverBench bench = new("Bme280", 0x76, chip);
        bench.Run(() =>
        {
            Assert.Equal(DriverBench.Ok, bench.ReadTemperature(out _));
            chip.IsDead = true;
            Assert.NotEqual(DriverBench.Ok, bench.ReadTemperature(out int centiC));
            Assert.Equal(0, centiC);
            chip.IsDead = false;
            chip.PowerOn(bench.NowNs);
            bench.Sleep(20);
            Assert.Equal(DriverBench.Ok, bench.ReadTemperature(out _));
        });
    }
}
