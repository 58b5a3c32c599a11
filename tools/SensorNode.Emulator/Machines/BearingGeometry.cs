namespace SensorNode.Emulator.Machines;

/// <summary>A rolling bearing with a fixed outer ring, and the frequencies that follow from its shape. Pure rolling is assumed.</summary>
/// <remarks>Source: Harris and Kotzalas, Essential Concepts of Bearing Technology; Randall and Antoni, Rolling element bearing diagnostics, MSSP 25 (2011).</remarks>
/// <param name="Balls">Rolling elements.</param>
/// <param name="BallDiameterMm">Diameter of one, in mm.</param>
/// <param name="PitchDiameterMm">Diameter of the circle of their centres, in mm.</param>
/// <param name="ContactAngleDegrees">0 for a deep-groove bearing under radial load.</param>
public sealed record BearingGeometry(int Balls, double BallDiameterMm, double PitchDiameterMm, double ContactAngleDegrees = 0)
{
    /// <summary>6205 deep-groove ball bearing: 9 balls of 7.94 mm on 39.04 mm.</summary>
    public static BearingGeometry Skf6205 { get; } = new(9, 7.94, 39.04);

    /// <summary>6203 deep-groove ball bearing: 8 balls of 6.75 mm on 28.5 mm.</summary>
    public static BearingGeometry Skf6203 { get; } = new(8, 6.75, 28.5);

    /// <summary>Balls that pass a point of the outer race in one turn of the shaft.</summary>
    public double OuterRaceOrder => Balls / 2.0 * (1 - Ratio);

    /// <summary>Balls that pass a point of the inner race in one turn of the shaft.</summary>
    public double InnerRaceOrder => Balls / 2.0 * (1 + Ratio);

    /// <summary>Turns of a ball about its own axis in one turn of the shaft. A spot on a ball strikes a race twice in each.</summary>
    public double BallSpinOrder => PitchDiameterMm / (2 * BallDiameterMm) * (1 - Ratio * Ratio);

    /// <summary>Turns of the cage in one turn of the shaft.</summary>
    public double CageOrder => (1 - Ratio) / 2;

    private double Ratio => BallDiameterMm / PitchDiameterMm * Math.Cos(ContactAngleDegrees * Math.PI / 180);

    /// <summary>Impacts in one turn of the shaft for a defect at a place.</summary>
    public double ImpactOrder(BearingDefectPlace place) => place switch
    {
        BearingDefectPlace.OuterRace => OuterRaceOrder,
        BearingDefectPlace.InnerRace => InnerRaceOrder,
        BearingDefectPlace.Ball => 2 * BallSpinOrder,
        BearingDefectPlace.Cage => CageOrder,
        _ => throw new ArgumentOutOfRangeException(nameof(place), place, null)
    };
}
