namespace SensorNode.Emulator.Machines;

/// <summary>Everything that makes one rotating machine. Amplitudes hold at nominal speed and full load.</summary>
public sealed record MachineParameters
{
    /// <summary>Draws all that is random.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Speed at which the amplitudes hold, in turns a second.</summary>
    public double NominalShaftHz { get; init; } = 29.2;

    /// <summary>Speed and load over time.</summary>
    public OperatingSchedule Schedule { get; init; } = OperatingSchedule.Steady(29.2);

    /// <summary>Slow wander of the speed, one standard deviation, relative.</summary>
    public double SpeedWander { get; init; } = 0.001;

    /// <summary>Time constant of the wander.</summary>
    public double SpeedWanderSeconds { get; init; } = 5;

    /// <summary>Peak at one times the shaft, in g. Grows with the square of the speed. A healthy machine has some.</summary>
    public double ImbalanceG { get; init; } = 0.03;

    /// <summary>Added imbalance; severity 1 adds 0.2 g.</summary>
    public FaultGrowth ImbalanceFault { get; init; } = FaultGrowth.Never;

    /// <summary>Peak at twice the shaft, radial, with as much axial at one and two times.</summary>
    public double MisalignmentG { get; init; } = 0.01;

    /// <summary>Added misalignment; severity 1 adds 0.15 g.</summary>
    public FaultGrowth MisalignmentFault { get; init; } = FaultGrowth.Never;

    /// <summary>Looseness: a row of harmonics and half orders, mostly vertical; severity 1 is 0.15 g at one times the shaft.</summary>
    public FaultGrowth LoosenessFault { get; init; } = FaultGrowth.Never;

    /// <summary>Blades or vanes, and the peak at their frequency. 0: none.</summary>
    public int Vanes { get; init; } = 6;

    /// <summary>Peak at vanes times the shaft, in g, at full load.</summary>
    public double VaneG { get; init; } = 0.008;

    /// <summary>The bearing.</summary>
    public BearingGeometry Bearing { get; init; } = BearingGeometry.Skf6205;

    /// <summary>Its damage.</summary>
    public BearingDefect[] Defects { get; init; } = [];

    /// <summary>Resonances.</summary>
    public StructuralMode[] Modes { get; init; } = [new(310, 0.05, 0.006, [1, 0.7, 0.5]), new(620, 0.03, 0.008, [0.8, 1, 0.6])];

    /// <summary>Broadband noise while running, in g for each root hertz.</summary>
    public double NoiseGPerRootHz { get; init; } = 0.0003;

    /// <summary>What the floor shakes while the machine is off, likewise.</summary>
    public double BackgroundGPerRootHz { get; init; } = 0.00001;

    /// <summary>Gain of the way to the sensor by direction: horizontal, vertical, axial. Gravity is not affected.</summary>
    public double[] AxisGain { get; init; } = [1, 1, 1];

    /// <summary>Orientation of the sensor.</summary>
    public Mounting Mounting { get; init; } = Mounting.Upright;

    /// <summary>Temperature around the machine, and its swing over a day, both in degrees Celsius.</summary>
    public double AmbientC { get; init; } = 22;

    /// <summary>Half the difference between the warmest and the coldest hour.</summary>
    public double AmbientSwingC { get; init; } = 2;

    /// <summary>What full load at nominal speed adds in the end.</summary>
    public double LoadRiseC { get; init; } = 25;

    /// <summary>What bearing damage of severity 1 adds in the end.</summary>
    public double DamageRiseC { get; init; } = 12;

    /// <summary>Time constant of the housing.</summary>
    public double ThermalSeconds { get; init; } = 900;
}
