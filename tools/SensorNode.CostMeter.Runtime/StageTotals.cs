namespace SensorNode.CostMeter;

/// <summary>What the calls of one stage have cost.</summary>
public sealed class StageTotals
{
    private readonly Lock _gate = new();

    /// <summary>Completed calls.</summary>
    public int Calls { get; private set; }

    /// <summary>All calls together.</summary>
    public MeterTotals Sum { get; private set; }

    /// <summary>The call with the most instructions.</summary>
    public MeterTotals Largest { get; private set; }

    internal void Add(MeterTotals call)
    {
        lock (_gate)
        {
            Calls++;
            Sum += call;
            if (call.TotalInstructions > Largest.TotalInstructions)
            {
                Largest = call;
            }
        }
    }
}
