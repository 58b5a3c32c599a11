namespace SensorNode.Emulator.Machines;

/// <summary>One damaged place of a bearing.</summary>
/// <remarks>
/// Each impact excites the structure's modes, which ring and die away. Besides, each passage pushes the housing slowly, at the passage
/// frequency and its low harmonics: that is what a plain spectrum shows as the defect's own line once the damage is as long as a good part of
/// the way between two balls. Early damage is mostly the first, late damage the second.
/// </remarks>
public sealed record BearingDefect
{
    /// <summary>Where.</summary>
    public required BearingDefectPlace Place { get; init; }

    /// <summary>When and how much.</summary>
    public FaultGrowth Growth { get; init; } = FaultGrowth.Constant();

    /// <summary>Peak of the ringing after one impact, at severity 1, nominal speed and full load, in g, before the gains of the modes.</summary>
    public double ImpactG { get; init; } = 0.5;

    /// <summary>Peak of the slow push at the passage frequency, likewise.</summary>
    public double PassageG { get; init; } = 0.1;

    /// <summary>Gain of the slow push by direction: horizontal, vertical, axial.</summary>
    public double[] PassageGain { get; init; } = [0.5, 1, 0.25];

    /// <summary>Mean slip: the balls arrive this much later than pure rolling says.</summary>
    public double Slip { get; init; } = 0.003;

    /// <summary>Random change of each interval between impacts, one standard deviation, relative.</summary>
    public double SlipJitter { get; init; } = 0.01;
}
