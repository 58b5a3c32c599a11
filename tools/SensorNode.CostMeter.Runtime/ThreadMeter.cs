namespace SensorNode.CostMeter;

/// <summary>The counters of one thread. Only that thread writes them.</summary>
public sealed class ThreadMeter
{
    internal long Instructions;
    internal long PlatformInstructions;
    internal long NativeWork;
    internal long Allocations;
    internal long AllocatedBytes;

    internal ThreadMeter(string name) => Name = name;

    /// <summary>Name of the thread when it first ran metered code, or its number.</summary>
    public string Name { get; }

    /// <summary>Bytes of the device's stack frames now in use.</summary>
    public int FrameBytes { get; internal set; }

    /// <summary>Most bytes of the device's stack frames that were in use at once.</summary>
    public int FrameBytesMax { get; internal set; }

    /// <summary>Everything counted on this thread.</summary>
    public MeterTotals Totals => new(Instructions, PlatformInstructions, NativeWork, Allocations, AllocatedBytes);
}
