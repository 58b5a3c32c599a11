using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SensorNode.Update;

namespace SensorNode.Release;

/// <summary>Writes releases; the bytes are described in firmware/docs/update.md.</summary>
public static class ReleasePacker
{
    /// <summary>The signed part.</summary>
    /// <param name="content">What the release says of itself.</param>
    /// <param name="payload">The assembly or model.</param>
    /// <param name="publicKey">The key that will sign, as nodes hold it.</param>
    /// <exception cref="ArgumentException">The node's own parser would refuse the result; the message says why.</exception>
    public static byte[] Manifest(ReleaseContent content, byte[] payload, byte[] publicKey)
    {
        if (content.ChunkBytes is < ReleaseParser.ChunkBytesMin or > ReleaseParser.ChunkBytesMax)
        {
            throw new ArgumentException($"chunks of {content.ChunkBytes} bytes: {ReleaseParser.ChunkBytesMin} to {ReleaseParser.ChunkBytesMax} are possible");
        }

        if (payload.Length is < 1 or > ReleaseParser.PayloadBytesMax)
        {
            throw new ArgumentException($"a payload of {payload.Length} bytes: the format knows 1 to {ReleaseParser.PayloadBytesMax}");
        }

        var bytes = new List<byte>();
        bytes.AddRange("SNRL"u8);
        bytes.AddRange([1, 0, 0, 0]);
        bytes.AddRange(Name(content.Product, "product"));
        bytes.AddRange(Name(content.Board, "board"));
        bytes.AddRange([(byte)content.Kind, (byte)content.Class, 0, 0]);
        bytes.AddRange(VersionBytes(content.Version));
        bytes.AddRange(Number(content.SecurityCounter));
        bytes.AddRange(VersionBytes(content.BaseVersion));
        bytes.AddRange(Number(payload.Length));
        bytes.AddRange([(byte)content.ChunkBytes, (byte)(content.ChunkBytes >> 8), (byte)content.Assemblies.Count, 0]);
        bytes.AddRange(SHA256.HashData(payload));
        bytes.AddRange(SHA256.HashData(publicKey)[..16]);
        foreach (PlatformAssembly assembly in content.Assemblies)
        {
            bytes.Add((byte)assembly.Name.Length);
            bytes.AddRange(Encoding.ASCII.GetBytes(assembly.Name));
            bytes.AddRange(VersionBytes(assembly.Version));
            bytes.AddRange(Number((int)assembly.NativeChecksum));
        }

        foreach (byte[] chunk in payload.Chunk(content.ChunkBytes))
        {
            bytes.AddRange(SHA256.HashData(chunk));
        }

        byte[] manifest = [.. bytes];
        BinaryPrimitives.WriteUInt16LittleEndian(manifest.AsSpan(6), (ushort)manifest.Length);
        return ReleaseParser.TryParse(manifest, 0, manifest.Length, new ReleaseManifest(), out ReleaseError error)
            ? manifest
            : throw new ArgumentException($"a node would refuse this release: {ReleaseWords.Of(error)}");
    }

    /// <summary>Bytes of manifest and signatures, known before anything is signed.</summary>
    public static int HeadBytes(byte[] manifest, int hssSignatureBytes) => manifest.Length + 5 + hssSignatureBytes;

    /// <summary>The whole file: manifest, signatures, payload.</summary>
    public static byte[] File(byte[] manifest, byte[] hssSignature, byte[] payload) =>
        [.. manifest, 1, ReleaseParser.AlgorithmHss, 0, (byte)hssSignature.Length, (byte)(hssSignature.Length >> 8), .. hssSignature, .. payload];

    private static byte[] Name(string name, string what)
    {
        byte[] bytes = new byte[16];
        if (name.Length is < 1 or > 16 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
        {
            throw new ArgumentException($"{what} '{name}': 1 to 16 letters, digits, '.', '-' and '_' are possible");
        }

        Encoding.ASCII.GetBytes(name).CopyTo(bytes, 0);
        return bytes;
    }

    private static byte[] VersionBytes(Version version)
    {
        byte[] bytes = new byte[8];
        int[] parts = [version.Major, version.Minor, Math.Max(version.Build, 0), Math.Max(version.Revision, 0)];
        if (parts[0] > short.MaxValue || parts.Any(part => part > ushort.MaxValue))
        {
            throw new ArgumentException($"version {version}: numbers up to 65535 are possible, the first up to 32767");
        }

        for (int i = 0; i < 4; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), (ushort)parts[i]);
        }

        return bytes;
    }

    private static byte[] Number(int number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }
}
