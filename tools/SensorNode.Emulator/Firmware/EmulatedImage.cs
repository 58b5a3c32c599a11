using System.Buffers.Binary;

namespace SensorNode.Emulator;

/// <summary>The emulator's counterpart of a .pe file: what Assembly.Load(byte[]) takes on an emulated node.</summary>
/// <remarks>
/// offset 0: 8 bytes "NFHOST1\0"; 8: length of the assembly, uint32 little-endian; 12: CRC-32 (IEEE) of the assembly, uint32; 16: the .NET image.
/// Like the device's format it has a checksum and no signature: a flipped bit or a missing end is refused, a forgery is not.
/// </remarks>
public static class EmulatedImage
{
    private const int HeaderBytes = 16;

    private static ReadOnlySpan<byte> Magic => "NFHOST1\0"u8;

    /// <summary>Wraps an assembly.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> assembly)
    {
        byte[] image = new byte[HeaderBytes + assembly.Length];
        Magic.CopyTo(image);
        BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(8), assembly.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(12), ChecksumOf(assembly));
        assembly.CopyTo(image.AsSpan(HeaderBytes));
        return image;
    }

    /// <summary>Gives the assembly back.</summary>
    /// <exception cref="ArgumentException">The image is damaged or something else.</exception>
    public static byte[] Unpack(ReadOnlySpan<byte> image)
    {
        if (image.Length < HeaderBytes || !image[..8].SequenceEqual(Magic) || BinaryPrimitives.ReadInt32LittleEndian(image[8..]) != image.Length - HeaderBytes
            || BinaryPrimitives.ReadUInt32LittleEndian(image[12..]) != ChecksumOf(image[HeaderBytes..]))
        {
            throw new ArgumentException("The assembly image is damaged.");
        }

        return image[HeaderBytes..].ToArray();
    }

    private static uint ChecksumOf(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int i = 0; i < 8; i++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
            }
        }

        return ~crc;
    }
}
