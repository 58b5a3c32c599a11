using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace SensorNode.Release;

/// <summary>Reads out of an application which assemblies it refers to: what its manifest names, and what a node compares before it fetches the payload.</summary>
public static class PlatformReferences
{
    // CLR_RECORD_ASSEMBLY: where each table begins, and how many bytes at its end are padding.
    private const int StringTableVersionOffset = 38;
    private const int TablesOffset = 40;
    private const int PaddingOffset = 108;
    private const int ReferenceTable = 0;
    private const int StringTable = 11;
    private const int EndOfAssembly = 15;

    // CLR_RECORD_ASSEMBLYREF: name (2), padding (2), version (4 x 2).
    private const int ReferenceBytes = 12;
    private const int StringTableVersion = 1;

    /// <summary>References of an assembly of the device (.pe).</summary>
    /// <exception cref="InvalidDataException">They cannot be read; the message says why.</exception>
    /// <remarks>
    /// Source:   nanoCLR_Types.h of nf-interpreter (runtime 1.x), and the .pe files that metadata processor 3.0 writes.
    /// Checksum: 0; a .pe has only that of its own native part.
    /// </remarks>
    public static IReadOnlyList<PlatformAssembly> OfDevice(byte[] image)
    {
        if (!DeviceImage.IsAssembly(image))
        {
            throw new InvalidDataException("is no assembly of the device (.pe)");
        }

        int stringTableVersion = BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(StringTableVersionOffset));
        ReadOnlySpan<byte> references = TableOf(image, ReferenceTable);
        ReadOnlySpan<byte> strings = TableOf(image, StringTable);
        if (stringTableVersion != StringTableVersion || references.Length % ReferenceBytes != 0 || BinaryPrimitives.ReadInt32LittleEndian(image.AsSpan(TablesOffset + (4 * EndOfAssembly))) != image.Length)
        {
            throw Unreadable();
        }

        var assemblies = new List<PlatformAssembly>();
        for (; references.Length > 0; references = references[ReferenceBytes..])
        {
            assemblies.Add(new PlatformAssembly(NameOf(BinaryPrimitives.ReadUInt16LittleEndian(references), strings), VersionOf(references[4..]), 0));
        }

        return Checked(assemblies);
    }

    /// <summary>References of a .NET assembly, for nodes of emulate.</summary>
    /// <exception cref="InvalidDataException">They cannot be read; the message says why.</exception>
    public static IReadOnlyList<PlatformAssembly> OfDotNet(byte[] image)
    {
        try
        {
            using var file = new PEReader([.. image]);
            MetadataReader metadata = file.HasMetadata ? file.GetMetadataReader() : throw new InvalidDataException("is no .NET assembly");
            return Checked([.. metadata.AssemblyReferences.Select(metadata.GetAssemblyReference).Select(reference => new PlatformAssembly(metadata.GetString(reference.Name), reference.Version, 0))]);
        }
        catch (BadImageFormatException)
        {
            throw new InvalidDataException("is no .NET assembly");
        }
    }

    private static ReadOnlySpan<byte> TableOf(byte[] image, int table)
    {
        long start = BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(TablesOffset + (4 * table)));
        long end = BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(TablesOffset + (4 * table) + 4)) - image[PaddingOffset + table];
        return start <= end && end <= image.Length ? image.AsSpan((int)start, (int)(end - start)) : throw Unreadable();
    }

    private static string NameOf(int index, ReadOnlySpan<byte> strings)
    {
        if (WellKnownName(index) is { } name)
        {
            return name;
        }

        int length = index < strings.Length ? strings[index..].IndexOf((byte)0) : -1;
        return length > 0 ? Encoding.ASCII.GetString(strings.Slice(index, length)) : throw Unreadable();
    }

    // 860 strings are in the runtime instead of the .pe; these are the ones that assemblies are named by. Source: StringTableData.cpp, version 1.
    private static string? WellKnownName(int index) => (0xFFFF - index) switch
    {
        0x01BF => "System",
        0x01C0 => "System.Collections",
        0x01CF => "System.IO",
        0x01D6 => "System.Text",
        0x01D7 => "System.Threading",
        0x032D => "mscorlib",
        _ => null,
    };

    private static Version VersionOf(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt16LittleEndian(bytes), BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]));

    // Every application refers to mscorlib at least; without any a node would have nothing to compare.
    private static List<PlatformAssembly> Checked(List<PlatformAssembly> assemblies) =>
        assemblies.Count > 0 ? assemblies : throw Unreadable();

    private static InvalidDataException Unreadable() => new("the assemblies that it refers to cannot be read");
}
