namespace SensorNode.Emulator.Machines;

/// <summary>Where a bearing is damaged.</summary>
public enum BearingDefectPlace
{
    /// <summary>Stands still in the load zone: impacts of equal strength at BPFO.</summary>
    OuterRace,

    /// <summary>Turns with the shaft: impacts at BPFI, strong in the load zone and weak outside it.</summary>
    InnerRace,

    /// <summary>Turns with ball and cage: impacts at twice BSF, modulated at FTF.</summary>
    Ball,

    /// <summary>Rubs once in each turn of the cage.</summary>
    Cage
}
