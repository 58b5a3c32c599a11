namespace SensorNode.Release;

/// <summary>One assembly of the node that a payload refers to.</summary>
/// <param name="Name">Simple name.</param>
/// <param name="Version">Its version; a node takes no other.</param>
/// <param name="NativeChecksum">Checksum of its native part; 0 where it has none or none is known. No node compares it.</param>
public sealed record PlatformAssembly(string Name, Version Version, uint NativeChecksum);

/// <summary>What goes into a release's manifest beside what follows from the payload.</summary>
public sealed record ReleaseContent
{
    /// <summary>Up to 16 letters, digits, '.', '-', '_'.</summary>
    public required string Product { get; init; }

    /// <summary>As <see cref="Product"/>.</summary>
    public required string Board { get; init; }

    /// <summary>1 application, 2 model.</summary>
    public required int Kind { get; init; }

    /// <summary>1 feature, 2 security.</summary>
    public required int Class { get; init; }

    /// <summary>Four numbers of 16 bits; missing ones are 0.</summary>
    public required Version Version { get; init; }

    /// <summary>Nodes take no lower one than they have confirmed.</summary>
    public required int SecurityCounter { get; init; }

    /// <summary>Lowest version of SensorNode.Base.</summary>
    public required Version BaseVersion { get; init; }

    /// <summary>Bytes of a chunk, 256 to 3072.</summary>
    public int ChunkBytes { get; init; } = 2048;

    /// <summary>What the payload refers to; of an application, see <see cref="PlatformReferences"/>.</summary>
    public IReadOnlyList<PlatformAssembly> Assemblies { get; init; } = [];
}
