namespace SensorNode.CostMeter;

/// <summary>What was counted up to some moment, or between two moments.</summary>
/// <param name="Instructions">IL instructions of metered code, one for each turn of the device's interpreter loop.</param>
/// <param name="PlatformInstructions">IL instructions that called platform libraries execute themselves, from the cost table.</param>
/// <param name="NativeWork">Native work of platform calls, in IL instructions of equal time, from the cost table.</param>
/// <param name="Allocations">Objects that the device would have allocated in the managed heap.</param>
/// <param name="AllocatedBytes">Their bytes in the device's heap.</param>
public readonly record struct MeterTotals(long Instructions, long PlatformInstructions, long NativeWork, long Allocations, long AllocatedBytes)
{
    /// <summary>What the interpreter's own counter would show: no native work.</summary>
    public long InterpretedInstructions => Instructions + PlatformInstructions;

    /// <summary>Everything together: the figure to promise.</summary>
    public long TotalInstructions => Instructions + PlatformInstructions + NativeWork;

    /// <summary>Sum of two counts.</summary>
    public static MeterTotals operator +(MeterTotals left, MeterTotals right) => new(
        left.Instructions + right.Instructions,
        left.PlatformInstructions + right.PlatformInstructions,
        left.NativeWork + right.NativeWork,
        left.Allocations + right.Allocations,
        left.AllocatedBytes + right.AllocatedBytes);

    /// <summary>What was counted between the right and the left moment.</summary>
    public static MeterTotals operator -(MeterTotals left, MeterTotals right) => new(
        left.Instructions - right.Instructions,
        left.PlatformInstructions - right.PlatformInstructions,
        left.NativeWork - right.NativeWork,
        left.Allocations - right.Allocations,
        left.AllocatedBytes - right.AllocatedBytes);
}
