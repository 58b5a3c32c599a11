using SensorNode.Emulator.Machines;
using Xunit;

namespace SensorNode.Emulator.Tests.Machines;

public class RotatingMachineTests
{
    private const double RateHz = 1666.75;
    private const double ShaftHz = 29.2;

    // One-sided slack for a random walk of the speed; nothing else moves a line.
    private static readonly MachineParameters Quiet = new()
    {
        SpeedWander = 0, ImbalanceG = 0, MisalignmentG = 0, Vanes = 0, NoiseGPerRootHz = 0, BackgroundGPerRootHz = 0, Modes = []
    };

    [Fact]
    public void AtRest_FeelsGravityAlone()
    {
        RotatingMachine machine = new(new MachineParameters { Schedule = OperatingSchedule.Steady(0) });
        double[][] axes = Take(machine, 0, 2000);
        Assert.Equal(0, axes[0].Average(), 1e-4);
        Assert.Equal(0, axes[1].Average(), 1e-4);
        Assert.Equal(1, axes[2].Average(), 1e-4);
        Assert.InRange(Rms(axes[2]), 0.0001, 0.0006);
    }

    [Fact]
    public void Mounting_TurnsGravity()
    {
        RotatingMachine machine = new(Quiet with { Schedule = OperatingSchedule.Steady(0), Mounting = Mounting.Turned(90, 0, 0) });
        double[][] axes = Take(machine, 0, 10);
        Assert.Equal(0, axes[0][9], 9);
        Assert.Equal(1, axes[1][9], 9);
        Assert.Equal(0, axes[2][9], 9);
    }

    [Fact]
    public void Imbalance_IsOneLineAtTheShaft()
    {
        Spectrum spectrum = Look(Quiet with { ImbalanceG = 0.1 }, axis: 0);
        Assert.Equal(ShaftHz, spectrum.StrongestHz, spectrum.BinHz);
        Assert.InRange(spectrum.At(ShaftHz), 0.085, 0.101);
        Assert.InRange(spectrum.At(2 * ShaftHz), 0, 0.001);
    }

    [Fact]
    public void Imbalance_GrowsWithTheSquareOfTheSpeed()
    {
        MachineParameters half = Quiet with { ImbalanceG = 0.1, Schedule = OperatingSchedule.Steady(ShaftHz / 2) };
        Assert.Equal(0.025 / Math.Sqrt(2), Rms(Take(new RotatingMachine(half), 0, 16384)[0]), 0.0005);
    }

    [Fact]
    public void Misalignment_IsTwiceTheShaftAndAxial()
    {
        MachineParameters parameters = Quiet with { MisalignmentFault = FaultGrowth.Constant() };
        Assert.Equal(2 * ShaftHz, Look(parameters, axis: 0).StrongestHz, 0.5);
        Spectrum axial = Look(parameters, axis: 1);
        Assert.InRange(axial.At(ShaftHz), 0.08, 0.15);
        Assert.InRange(axial.At(2 * ShaftHz), 0.08, 0.15);
    }

    [Fact]
    public void Looseness_HasHarmonicsAndHalfOrders()
    {
        Spectrum spectrum = Look(Quiet with { LoosenessFault = FaultGrowth.Constant() }, axis: 2);
        foreach (double order in new[] { 0.5, 1, 1.5, 2, 3, 4.5 })
        {
            Assert.InRange(spectrum.At(order * ShaftHz), 0.02, 0.16);
        }

        Assert.InRange(spectrum.At(3.5 * ShaftHz), 0, 0.002);
    }

    [Fact]
    public void Vanes_ShowAtTheirFrequency()
    {
        Spectrum spectrum = Look(Quiet with { Vanes = 7, VaneG = 0.05 }, axis: 0);
        Assert.Equal(7 * ShaftHz, spectrum.StrongestHz, spectrum.BinHz);
    }

    [Theory]
    [InlineData(BearingDefectPlace.OuterRace, 3.5848)]
    [InlineData(BearingDefectPlace.InnerRace, 5.4152)]
    [InlineData(BearingDefectPlace.Ball, 4.7135)]
    [InlineData(BearingDefectPlace.Cage, 0.39831)]
    public void BearingDefect_ShowsAtItsGeometricFrequency(BearingDefectPlace place, double order)
    {
        BearingDefect defect = new() { Place = place, ImpactG = 0, PassageG = 0.2, Slip = 0, SlipJitter = 0 };
        Spectrum spectrum = Look(Quiet with { Defects = [defect] }, axis: 2);
        Assert.Equal(order * ShaftHz, spectrum.StrongestHz, spectrum.BinHz);
    }

    [Fact]
    public void InnerRace_HasSidebandsOfTheShaft()
    {
        BearingDefect defect = new() { Place = BearingDefectPlace.InnerRace, ImpactG = 0, PassageG = 0.2, Slip = 0, SlipJitter = 0 };
        Spectrum spectrum = Look(Quiet with { Defects = [defect] }, axis: 2);
        double line = 5.4152 * ShaftHz;
        Assert.InRange(spectrum.At(line - ShaftHz) / spectrum.At(line), 0.2, 0.8);
        Assert.InRange(spectrum.At(line + ShaftHz) / spectrum.At(line), 0.2, 0.8);
    }

    [Fact]
    public void Impacts_RingAtTheStructuresModeAndDieAway()
    {
        BearingDefect defect = new() { Place = BearingDefectPlace.OuterRace, ImpactG = 0.5, PassageG = 0, Slip = 0, SlipJitter = 0 };
        MachineParameters parameters = Quiet with { Defects = [defect], Modes = [new StructuralMode(2000, 0.02, 0, [0, 1, 0])] };
        double rateHz = 100_000;
        double[] vertical = Take(new RotatingMachine(parameters), 0, 20_000, rateHz)[2];
        int first = Array.FindIndex(vertical, 100, value => Math.Abs(value - 1) > 0.3);
        double gap = rateHz / (3.5848 * ShaftHz);
        int second = first + (int)(0.5 * gap) + Array.FindIndex(vertical[(first + (int)(0.5 * gap))..], value => Math.Abs(value - 1) > 0.3);
        Assert.Equal(gap, second - first, 0.02 * gap);

        // Peak of one turn against that of another 2 ms later: e to the -2 pi 2000 0.02 0.002.
        double early = vertical[(first + 50)..(first + 100)].Max() - 1;
        double late = vertical[(first + 250)..(first + 300)].Max() - 1;
        Assert.Equal(Math.Exp(-2 * Math.PI * 2000 * 0.02 * 0.002), late / early, 0.03);
    }

    [Fact]
    public void ModeNoise_HasItsRms()
    {
        MachineParameters parameters = Quiet with { Modes = [new StructuralMode(300, 0.05, 0.02, [1, 1, 1])] };
        Assert.Equal(0.02, Rms(Take(new RotatingMachine(parameters), 0, 60_000)[0]), 0.001);
    }

    [Fact]
    public void BroadbandNoise_HasItsDensityAtAnyRate()
    {
        MachineParameters parameters = Quiet with { NoiseGPerRootHz = 0.0005 };
        Assert.Equal(0.0005 * Math.Sqrt(RateHz / 2), Rms(Take(new RotatingMachine(parameters), 0, 40_000)[0]), 0.0003);
        Assert.Equal(0.0005 * Math.Sqrt(200 / 2.0), Rms(Take(new RotatingMachine(parameters), 0, 40_000, 200)[0]), 0.0001);
    }

    [Fact]
    public void SameSeed_IsTheSameMachine()
    {
        double[] first = Take(new RotatingMachine(MachinePresets.DegradingBearing(0, 1)), 0, 5000)[0];
        Assert.Equal(first, Take(new RotatingMachine(MachinePresets.DegradingBearing(0, 1)), 0, 5000)[0]);
        Assert.NotEqual(first, Take(new RotatingMachine(MachinePresets.DegradingBearing(0, 1, seed: 2)), 0, 5000)[0]);
    }

    [Fact]
    public void SpeedWander_IsSlowAndOfItsSize()
    {
        RotatingMachine machine = new(new MachineParameters { SpeedWander = 0.01, SpeedWanderSeconds = 1 });
        List<double> speeds = [];
        for (int i = 0; i < 20_000; i++)
        {
            machine.Acceleration(i * 50_000_000L, out _, out _, out _);
            speeds.Add(machine.ShaftHz / ShaftHz - 1);
        }

        Assert.Equal(0.01, Rms([.. speeds]), 0.002);
        Assert.True(speeds.Zip(speeds.Skip(1), (a, b) => Math.Abs(a - b)).Max() < 0.02);
    }

    [Fact]
    public void LongSilence_CostsNoTime()
    {
        RotatingMachine machine = new(MachinePresets.DegradingBearing(0, 1));
        Take(machine, 0, 100);

        // 290 years: a machine that went there in steps would not come back.
        Assert.All(Take(machine, 290 * 365.25 * 86_400, 100)[0], value => Assert.True(double.IsFinite(value)));
    }

    private static Spectrum Look(MachineParameters parameters, int axis) =>
        new(Take(new RotatingMachine(parameters), 0, 16384)[axis], RateHz);

    internal static double[][] Take(IVibrationSource source, double startSeconds, int count, double rateHz = RateHz)
    {
        double[][] axes = [new double[count], new double[count], new double[count]];
        for (int i = 0; i < count; i++)
        {
            source.Acceleration((long)((startSeconds + i / rateHz) * 1e9), out axes[0][i], out axes[1][i], out axes[2][i]);
        }

        return axes;
    }

    private static double Rms(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
