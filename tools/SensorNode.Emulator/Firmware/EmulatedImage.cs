using System.Buffers.Binary;
using System.IO.Compression;

namespace SensorNode.Emulator;

/// <summary>The emulator's counterpart of a .pe file: what Assembly.Load(byte[]) takes on an emulated node.</summary>
/// <remarks>
/// offset 0: 8 bytes "NFHOST2\0"; 8: bytes from 16 on, uint32 little-endian; 12: CRC-32 (IEEE) of them, uint32; 16: the .NET image, deflated,
/// so that it takes no more room than a .pe of the same program. Like the device's format it has a checksum and no signature: a flipped bit or a missing end is refused, a forgery is not.
/// </remarks>
public static class EmulatedImage
{
    private const int HeaderBytes = 16;

    private static ReadOnlySpan<byte> Magic => "NFHOST2\0"u8;

    /// <summary>Wraps an assembly.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> assembly)
    {
        using var content = new MemoryStream();
        using (var deflate = new DeflateStream(content, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(assembly);
        }

        byte[] image = new byte[HeaderBytes + content.Length];
        Magic.CopyTo(image);
        content.ToArray().CopyTo(image, HeaderBytes);
        BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(8), image.Length - HeaderBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(12), ChecksumOf(image.AsSpan(HeaderBytes)));
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

        using var assembly = new MemoryStream();
        using var inflate = new DeflateStream(new MemoryStream(image[HeaderBytes..].ToArray()), CompressionMode.Decompress);
        inflate.CopyTo(assembly);
        return assembly.ToArray();
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
