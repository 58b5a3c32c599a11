namespace SensorNode.Release;

/// <summary>What the metadata processor of the device's runtime writes: an assembly (.pe), or a deployment image (.bin), which is several of them one behind the other.</summary>
public static class DeviceImage
{
    /// <summary>Bytes of the header of an assembly; fewer are none.</summary>
    private const int HeaderBytes = 124;

    /// <summary>Whether bytes begin with the mark of an assembly that the pinned runtime loads.</summary>
    /// <remarks>Source: the marks of runtime 1.x in every .pe of the pinned packages; 2.x has another.</remarks>
    public static bool IsAssembly(ReadOnlySpan<byte> bytes) => bytes.Length > HeaderBytes && bytes.StartsWith("NFMRK1\0\0"u8);
}
