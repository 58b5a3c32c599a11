using SensorNode.Emulator.Machines;
using Xunit;
using Xunit.Abstractions;

namespace SensorNode.Simulation;

/// <summary>Bearings whose damage the plain spectrum does not show yet: the envelope does.</summary>
public class EnvelopeOnMachinesTests(ITestOutputHelper output)
{
    private const int Points = 1024;
    private const int Windows = 20;
    private const int PlainWindows = 5;
    private const double ShaftHz = 29.2;
    private const double CountsPerG = 1 / 0.000244;

    /// <summary>Rate, place, least share of windows whose line is the defect's or a harmonic, least share with the modulation's own lines counted too.</summary>
    public static TheoryData<double, BearingDefectPlace, double, double> Cases => new()
    {
        { 1666.7, BearingDefectPlace.OuterRace, 0.95, 0.95 },
        { 3333.3, BearingDefectPlace.OuterRace, 0.95, 0.95 },
        { 6666.7, BearingDefectPlace.OuterRace, 0.95, 0.95 },
        { 1666.7, BearingDefectPlace.InnerRace, 0.8, 0.9 },
        { 3333.3, BearingDefectPlace.InnerRace, 0.8, 0.9 },
        { 6666.7, BearingDefectPlace.InnerRace, 0.5, 0.7 },
        { 1666.7, BearingDefectPlace.Ball, 0, 0.9 },
        { 3333.3, BearingDefectPlace.Ball, 0.5, 0.9 },
        { 6666.7, BearingDefectPlace.Ball, 0.7, 0.7 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Blows_ShowInTheEnvelope_AndNotInThePlainSpectrum(double rateHz, BearingDefectPlace place, double leastDefect, double leastAny)
    {
        RotatingMachine machine = Machine(rateHz, [new BearingDefect { Place = place, ImpactG = 0.25, PassageG = 0, Slip = 0 }]);
        double defectHz = machine.DefectHz(place, ShaftHz);
        double modulationHz = place == BearingDefectPlace.Ball ? machine.Parameters.Bearing.CageOrder * ShaftHz : ShaftHz;
        double binHz = rateHz / Points;
        var envelope = new FirmwareEnvelope(Points);
        int defect = 0;
        int modulation = 0;
        int aboveShaft = 0;
        double plain = 0;
        double strongest = 0;
        for (int window = 0; window < Windows; window++)
        {
            double[] x = Record(machine, rateHz, window);
            plain += window >= PlainWindows ? 0 : HannPower(x, defectHz / binHz);
            strongest += window >= PlainWindows ? 0 : Enumerable.Range(3, (Points / 2) - 4).Max(bin => HannPower(x, bin));
            double? found = envelope.Find(x)?.Bin;
            bool isDefect = IsHarmonic(found, defectHz / binHz);
            defect += isDefect ? 1 : 0;
            modulation += !isDefect && IsHarmonic(found, modulationHz / binHz) ? 1 : 0;
            aboveShaft += IsHarmonic(envelope.Find(x, (int)(2 * ShaftHz / binHz))?.Bin, defectHz / binHz) ? 1 : 0;
        }

        string what = $"{rateHz} Hz, {place}, {defectHz:F1} Hz: defect or harmonic {100 * defect / Windows} %, shaft or cage {100 * modulation / Windows} %; looked for above twice the shaft: defect {100 * aboveShaft / Windows} % of {Windows} windows; plain spectrum {10 * Math.Log10(plain / strongest):F1} dB from its strongest line";
        output.WriteLine(what);
        Assert.True(plain < strongest / 4, what);
        Assert.True(defect >= leastDefect * Windows, what);
        Assert.True(defect + modulation >= leastAny * Windows, what);
    }

    [Theory]
    [InlineData(1666.7)]
    [InlineData(3333.3)]
    [InlineData(6666.7)]
    public void HealthyMachine_HasNoLine(double rateHz)
    {
        RotatingMachine machine = Machine(rateHz, []);
        var envelope = new FirmwareEnvelope(Points);
        int claimed = Enumerable.Range(0, 200).Count(window => envelope.Find(Record(machine, rateHz, window)) != null);
        output.WriteLine($"{rateHz} Hz: a line claimed in {claimed} of 200 windows of a healthy machine");
        Assert.True(claimed <= 2, $"{claimed} lines claimed");
    }

    private static bool IsHarmonic(double? bin, double baseBin) =>
        bin != null && Math.Round(bin.Value / baseBin) is var order && order >= 1 && Math.Abs(bin.Value - (order * baseBin)) <= 0.5;

    private static double HannPower(double[] x, double bin)
    {
        double mean = x.Average();
        double re = 0;
        double im = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double weighted = (x[i] - mean) * (0.5 - (0.5 * Math.Cos(2 * Math.PI * i / x.Length)));
            re += weighted * Math.Cos(2 * Math.PI * bin * i / x.Length);
            im += weighted * Math.Sin(2 * Math.PI * bin * i / x.Length);
        }

        return (re * re) + (im * im);
    }

    private static RotatingMachine Machine(double rateHz, BearingDefect[] defects) => new(MachinePresets.HealthyMotor(7) with
    {
        SpeedWander = 0,
        Schedule = OperatingSchedule.Steady(ShaftHz),
        Defects = defects,
        NoiseGPerRootHz = 0.0003,
        Modes = [new(0.19 * rateHz, 0.04, 0.006, [1, 0.7, 0.5]), new(0.31 * rateHz, 0.03, 0.008, [0.8, 1, 0.6])],
    });

    private static double[] Record(RotatingMachine machine, double rateHz, int window)
    {
        double[] samples = new double[Points];
        for (int i = 0; i < Points; i++)
        {
            machine.Acceleration((long)((window * 2.0 + (i / rateHz)) * 1e9), out _, out _, out double z);
            samples[i] = z * CountsPerG;
        }

        return samples;
    }
}
