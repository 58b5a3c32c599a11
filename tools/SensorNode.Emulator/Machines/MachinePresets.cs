namespace SensorNode.Emulator.Machines;

/// <summary>Machines with a name.</summary>
public static class MachinePresets
{
    /// <summary>A motor of 1752 turns a minute in good health, under steady load.</summary>
    public static MachineParameters HealthyMotor(ulong seed = 1) => new() { Seed = seed };

    /// <summary>The motor of the demo: its outer race breaks up until the ball passing frequency is the strongest line, vertical axis first.</summary>
    /// <remarks>
    /// 29.2 Hz x 3.585 = 104.7 Hz. At full severity 0.3 g at that frequency stand against 0.03 g of imbalance; the ringing at 310 and 620 Hz is
    /// spread over many lines, none of them as strong.
    /// </remarks>
    /// <param name="startSeconds">When the damage begins.</param>
    /// <param name="growthSeconds">How long it grows.</param>
    /// <param name="seed">Draws all that is random.</param>
    public static MachineParameters DegradingBearing(double startSeconds, double growthSeconds, ulong seed = 1) => HealthyMotor(seed) with
    {
        Defects = [new BearingDefect { Place = BearingDefectPlace.OuterRace, Growth = new FaultGrowth(startSeconds, growthSeconds), ImpactG = 0.25, PassageG = 0.3 }]
    };

    /// <summary>A fan with three speeds and standstill, in turns of half an hour.</summary>
    public static MachineParameters FanDay(ulong seed = 1) => new()
    {
        Seed = seed,
        NominalShaftHz = 24,
        Schedule = new OperatingSchedule(
            8,
            new OperatingState(300, 0, 0),
            new OperatingState(500, 12, 0.4),
            new OperatingState(500, 18, 0.7),
            new OperatingState(500, 24, 1)),
        Vanes = 7,
        VaneG = 0.03,
        Bearing = BearingGeometry.Skf6203
    };

    /// <summary>A pump whose coupling slips out of line.</summary>
    public static MachineParameters MisalignedPump(double startSeconds, double growthSeconds, ulong seed = 1) =>
        HealthyMotor(seed) with { Vanes = 5, VaneG = 0.02, MisalignmentFault = new FaultGrowth(startSeconds, growthSeconds) };

    /// <summary>A fan that collects dirt on one blade.</summary>
    public static MachineParameters UnbalancedFan(double startSeconds, double growthSeconds, ulong seed = 1) =>
        HealthyMotor(seed) with { Vanes = 7, VaneG = 0.03, ImbalanceFault = new FaultGrowth(startSeconds, growthSeconds) };

    /// <summary>A machine that works its bolts loose.</summary>
    public static MachineParameters LooseFoot(double startSeconds, double growthSeconds, ulong seed = 1) =>
        HealthyMotor(seed) with { LoosenessFault = new FaultGrowth(startSeconds, growthSeconds) };
}
