namespace SensorNode.Emulator.Machines;

/// <summary>How severe a fault is over time: nothing, then growing ever faster, then its final size.</summary>
/// <param name="StartSeconds">When it begins, in world time.</param>
/// <param name="GrowthSeconds">How long it grows. 0: it is there at once.</param>
/// <param name="FinalSeverity">Size at the end; 1 is the size that the parameters of the fault describe.</param>
public readonly record struct FaultGrowth(double StartSeconds, double GrowthSeconds, double FinalSeverity = 1)
{
    private const double Steepness = 3;

    /// <summary>A fault that never comes.</summary>
    public static FaultGrowth Never => new(double.PositiveInfinity, 0, 0);

    /// <summary>A fault that has always been there.</summary>
    public static FaultGrowth Constant(double severity = 1) => new(double.NegativeInfinity, 0, severity);

    /// <summary>Severity at a time, 0 to <see cref="FinalSeverity"/>: exponential growth with a rise of e cubed.</summary>
    public double At(double seconds)
    {
        if (seconds < StartSeconds)
        {
            return 0;
        }

        double part = GrowthSeconds <= 0 ? 1 : Math.Min(1, (seconds - StartSeconds) / GrowthSeconds);
        return FinalSeverity * (Math.Exp(Steepness * part) - 1) / (Math.Exp(Steepness) - 1);
    }
}
