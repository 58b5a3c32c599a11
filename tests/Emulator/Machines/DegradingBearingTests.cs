using SensorNode.Emulator.Chips;
using SensorNode.Emulator.Machines;
using SensorNode.Emulator.Tests.Chips;
using Xunit;

namespace SensorNode.Emulator.Tests.Machines;

/// <summary>The demo's machine through the demo's chip: what a window of the node's size shows.</summary>
public class DegradingBearingTests
{
    private const int Points = 1024;

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void FullyDamaged_TheBallPassingFrequencyIsTheStrongestLine(ulong seed)
    {
        double geometricHz = BearingGeometry.Skf6205.OuterRaceOrder * 29.2;
        double[] found = StrongestLines(MachinePresets.DegradingBearing(0, 1, seed), seed, windows: 60);
        int right = found.Count(hz => Math.Abs(hz - geometricHz) <= 1666.75 / Points);
        Assert.Equal(found.Length, right);
    }

    [Fact]
    public void Healthy_TheShaftIsTheStrongestLine()
    {
        double[] found = StrongestLines(MachinePresets.HealthyMotor(), 1, windows: 30);
        Assert.All(found, hz => Assert.Equal(29.2, hz, 1666.75 / Points));
    }

    [Fact]
    public void Growing_TheLineRisesFromTheFloorOfNoise()
    {
        double geometricHz = BearingGeometry.Skf6205.OuterRaceOrder * 29.2;
        List<double> levels = [];
        Sample(MachinePresets.DegradingBearing(20, 60), 1, 130, (samples, rateHz) => levels.Add(new Spectrum(samples, rateHz).At(geometricHz)));
        Assert.InRange(levels[10], 0, 0.01);
        Assert.InRange(levels[^1], 0.2, 0.4);
        for (int i = 40; i < 120; i += 10)
        {
            Assert.True(levels[i + 10] > levels[i], $"window {i + 10}");
        }
    }

    private static double[] StrongestLines(MachineParameters parameters, ulong seed, int windows)
    {
        List<double> found = [];
        Sample(parameters, seed, windows, (samples, rateHz) => found.Add(new Spectrum(samples, rateHz).StrongestHz));
        return [.. found.Skip(3)];
    }

    // Vertical axis, chip z; the rate is what the trim register says, as the node uses it.
    private static void Sample(MachineParameters parameters, ulong seed, int windows, Action<double[], double> look)
    {
        Lsm6dsoModel chip = new(new RotatingMachine(parameters), new MachineClimate(parameters), seed);
        ChipBench bench = new(chip);
        bench.Write(0x09, 0x08);
        bench.Write(0x10, 0x8C);
        bench.Wait(50);
        bench.Write(0x0A, 0x06);
        double rateHz = 6667 * (1 + 0.0015 * (sbyte)bench.Read(0x63)) / 4;
        double[] samples = new double[Points];
        int filled = 0;
        while (windows > 0)
        {
            bench.Wait(50);
            byte[] status = bench.Read(0x3A, 2);
            Assert.Equal(0, status[1] & 0x48);
            byte[] words = bench.Read(0x78, 7 * (status[0] | (status[1] & 3) << 8));
            for (int i = 0; i < words.Length; i += 7)
            {
                samples[filled++] = (short)(words[i + 5] | words[i + 6] << 8) * 0.000244;
                if (filled == Points)
                {
                    look(samples, rateHz);
                    filled = 0;
                    windows--;
                }
            }
        }
    }
}
