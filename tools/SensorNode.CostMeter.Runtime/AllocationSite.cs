namespace SensorNode.CostMeter;

/// <summary>One place in metered code that allocates on the device.</summary>
public sealed class AllocationSite
{
    private long _count;
    private long _bytes;

    /// <summary>Describes a place; <see cref="Meter.AddSite"/> gives it its number.</summary>
    /// <param name="kind">What is allocated.</param>
    /// <param name="method">Full name of the method that holds the instruction.</param>
    /// <param name="typeName">Full name of the type allocated; for an array, of its elements.</param>
    /// <param name="fixedBytes">Bytes in the device's heap; for arrays and strings, those that do not depend on the length, not rounded.</param>
    /// <param name="bytesPerElement">Bytes for each element of an array, 0 elsewhere.</param>
    /// <param name="objectBytesPerElement">Bytes of the separate object behind each element of an array of structures, 0 elsewhere.</param>
    public AllocationSite(AllocationKind kind, string method, string typeName, int fixedBytes, int bytesPerElement = 0, int objectBytesPerElement = 0)
    {
        Kind = kind;
        Method = method;
        TypeName = typeName;
        FixedBytes = fixedBytes;
        BytesPerElement = bytesPerElement;
        ObjectBytesPerElement = objectBytesPerElement;
    }

    /// <summary>What is allocated.</summary>
    public AllocationKind Kind { get; }

    /// <summary>Full name of the method that holds the instruction.</summary>
    public string Method { get; }

    /// <summary>Full name of the type allocated; for an array, of its elements.</summary>
    public string TypeName { get; }

    /// <summary>See the constructor.</summary>
    public int FixedBytes { get; }

    /// <summary>See the constructor.</summary>
    public int BytesPerElement { get; }

    /// <summary>See the constructor.</summary>
    public int ObjectBytesPerElement { get; }

    /// <summary>Times this place has allocated, on all threads.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Bytes this place has allocated, on all threads.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    internal void Charge(long bytes)
    {
        Interlocked.Increment(ref _count);
        Interlocked.Add(ref _bytes, bytes);
    }
}
