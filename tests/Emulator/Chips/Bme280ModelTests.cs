using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Machines;
using SensorNode.Platform;
using Xunit;

namespace SensorNode.Emulator.Tests.Chips;

public class Bme280ModelTests
{
    // The worked example in the datasheet of the pressure part with the same formulas (BST-BMP280-DS001, section 3.12).
    private static readonly Bme280Calibration Example = new()
    {
        T1 = 27504, T2 = 26435, T3 = -1000,
        P1 = 36477, P2 = -10685, P3 = 3024, P4 = 2855, P5 = 140, P6 = -7, P7 = 15500, P8 = -14600, P9 = 6000
    };

    [Fact]
    public void Formulas_GiveTheDatasheetsExample()
    {
        double fine = Example.FineTemperature(519888);
        Assert.Equal(128422, fine, 1.0);
        Assert.Equal(25.08, Example.TemperatureC(519888), 0.01);
        Assert.Equal(100653.27, Example.PressurePa(415148, fine), 0.5);
    }

    [Fact]
    public void Identity_AndResetValues()
    {
        ChipBench bench = new(new Bme280Model(Climate(20), 1));
        Assert.Equal(0x60, bench.Read(0xD0));
        Assert.Equal(new byte[] { 0x80, 0, 0, 0x80, 0, 0, 0x80, 0 }, bench.Read(0xF7, 8));
        Assert.Equal(new byte[] { 0, 0, 0, 0 }, bench.Read(0xF2, 4));
    }

    [Theory]
    [InlineData(-39.5, 80_000, 5)]
    [InlineData(0.01, 101_325, 45)]
    [InlineData(23.7, 98_000, 60)]
    [InlineData(84.5, 104_000, 20)]
    public void ForcedMeasurement_CompensatesToTheTruth(double temperatureC, double pressurePa, double humidityPercent)
    {
        ChipBench bench = new(new Bme280Model(new ConstantClimate(new Climate(temperatureC, pressurePa, humidityPercent)), 1, isExact: true));
        bench.Write(0xF2, 0x05);
        bench.Write(0xF4, 0xB5);
        Assert.Equal(0x08, bench.Read(0xF3));
        bench.Wait(105);
        Assert.Equal(0x00, bench.Read(0xF3));
        Assert.Equal(0xB4, bench.Read(0xF4));
        Decode(bench, out double t, out double p, out double h);
        Assert.Equal(temperatureC, t, 0.006);
        Assert.Equal(pressurePa, p, 1.0);
        Assert.Equal(humidityPercent, h, 0.02);
    }

    [Fact]
    public void MeasuringTime_IsThatOfTheOversampling()
    {
        ChipBench bench = new(new Bme280Model(Climate(20), 1));

        // Temperature once, nothing else: 3 ms typical.
        bench.Write(0xF4, 0x21);
        bench.Wait(2.8);
        Assert.Equal(0x08, bench.Read(0xF3));
        bench.Wait(0.3);
        Assert.Equal(0x00, bench.Read(0xF3));
        byte[] data = bench.Read(0xF7, 8);
        Assert.Equal([0x80, 0, 0], data[..3]);
        Assert.Equal([0x80, 0], data[6..]);
        Assert.NotEqual(0x80, data[3]);
    }

    [Fact]
    public void HumidityControl_CountsFromTheNextControlWrite()
    {
        ChipBench bench = new(new Bme280Model(Climate(20), 1));
        bench.Write(0xF4, 0x21);
        bench.Wait(10);
        bench.Write(0xF2, 0x01);
        bench.Wait(10);
        Assert.Equal([0x80, 0], bench.Read(0xFD, 2));
        bench.Write(0xF4, 0x21);
        bench.Wait(10);
        Assert.NotEqual(new byte[] { 0x80, 0 }, bench.Read(0xFD, 2));
    }

    [Fact]
    public void WrittenBytes_ArePairsOfRegisterAndValue()
    {
        ChipBench bench = new(new Bme280Model(Climate(20), 1));
        bench.Write(0xF2, 0x03, 0xF5, 0xA0);
        Assert.Equal(0x03, bench.Read(0xF2));
        Assert.Equal(0xA0, bench.Read(0xF5));
        Assert.Equal(0x00, bench.Read(0xF4));
    }

    [Fact]
    public void NormalMode_GoesOnMeasuring()
    {
        ConstantClimate climate = Climate(20);
        Bme280Model chip = new(climate, 1, isExact: true);
        ChipBench bench = new(chip);
        bench.Write(0xF4, 0x27);
        bench.Wait(100);
        Decode(bench, out double first, out _, out _);
        climate.Climate = new Climate(40);
        bench.Wait(100);
        Decode(bench, out double second, out _, out _);
        Assert.Equal(20, first, 0.01);
        Assert.Equal(40, second, 0.01);
        Assert.InRange(chip.MeasurementCount, 30, 40);
    }

    [Fact]
    public void SoftReset_ForgetsSettings()
    {
        ChipBench bench = new(new Bme280Model(Climate(20), 1));
        bench.Write(0xF4, 0x27);
        bench.Write(0xE0, 0xB6);
        Assert.Equal(0x01, bench.Read(0xF3));
        bench.Wait(3);
        Assert.Equal(0x00, bench.Read(0xF3));
        Assert.Equal(0x00, bench.Read(0xF4));
        bench.Write(0xE0, 0x11);
        Assert.Equal(TransferStatus.FullTransfer, bench.LastStatus);
    }

    [Fact]
    public void NegativeHumidityWords_AreStoredInTwelveBits()
    {
        Bme280Calibration part = new() { H4 = -310, H5 = -50 };
        byte[] registers = new byte[256];
        part.Store(registers);
        Assert.Equal(-310, (sbyte)registers[0xE4] << 4 | registers[0xE5] & 0x0F);
        Assert.Equal(-50, (sbyte)registers[0xE6] << 4 | registers[0xE5] >> 4);
    }

    private static ConstantClimate Climate(double temperatureC) => new(new Climate(temperatureC));

    private static void Decode(ChipBench bench, out double t, out double p, out double h)
    {
        // With the words as the chip has them, not as the model was given them.
        byte[] c = bench.Read(0x88, 26);
        byte[] e = bench.Read(0xE1, 7);
        Bme280Calibration part = new()
        {
            T1 = U(c, 0), T2 = S(c, 2), T3 = S(c, 4),
            P1 = U(c, 6), P2 = S(c, 8), P3 = S(c, 10), P4 = S(c, 12), P5 = S(c, 14), P6 = S(c, 16), P7 = S(c, 18), P8 = S(c, 20), P9 = S(c, 22),
            H1 = c[25], H2 = S(e, 0), H3 = e[2],
            H4 = (short)((sbyte)e[3] << 4 | e[4] & 0x0F), H5 = (short)((sbyte)e[5] << 4 | e[4] >> 4), H6 = (sbyte)e[6]
        };
        byte[] d = bench.Read(0xF7, 8);
        double fine = part.FineTemperature(d[3] << 12 | d[4] << 4 | d[5] >> 4);
        t = fine / 5120;
        p = part.PressurePa(d[0] << 12 | d[1] << 4 | d[2] >> 4, fine);
        h = part.HumidityPercent(d[6] << 8 | d[7], fine);
    }

    private static ushort U(byte[] b, int at) => (ushort)(b[at] | b[at + 1] << 8);

    private static short S(byte[] b, int at) => (short)U(b, at);
}
