using System.Buffers.Binary;
using System.Security.Cryptography;
using SensorNode.Release;
using SensorNode.Update;

namespace SensorNode.Rollout;

/// <summary>A release as a sender needs it: bytes that were checked as a node does, and what an offer says of them.</summary>
public sealed class RolloutRelease
{
    /// <summary>Longest spread that an offer can have.</summary>
    public const int SpreadSecondsMax = 3600;

    private readonly byte[] _bytes;
    private readonly ReleaseFile _file;

    private RolloutRelease(byte[] bytes, ReleaseFile file)
    {
        (_bytes, _file) = (bytes, file);
        Id = SHA256.HashData(bytes.AsSpan(0, file.Manifest.ManifestBytes))[..16];
        IdText = Convert.ToHexStringLower(Id);
    }

    /// <summary>What it says of itself.</summary>
    public ReleaseManifest Manifest => _file.Manifest;

    /// <summary>First 16 bytes of the SHA-256 of the manifest.</summary>
    public byte[] Id { get; }

    /// <summary>The same, 32 hexadecimal digits.</summary>
    public string IdText { get; }

    /// <summary>Last level of the topics of offers and states.</summary>
    public string KindWord => Manifest.Kind == ReleaseManifest.Model ? "model" : "application";

    /// <summary>Version, four numbers with dots.</summary>
    public string VersionText => TextOf(Manifest.Version);

    /// <summary>Bytes of the file.</summary>
    public int Length => _bytes.Length;

    /// <summary>Reads and checks a release: form, signature, every chunk, and that nodes take a head and payload of these sizes.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="publicKeys">60 bytes each, as nodes hold them.</param>
    /// <exception cref="InvalidDataException">What is wrong.</exception>
    public static RolloutRelease Read(byte[] bytes, params byte[][] publicKeys)
    {
        ReleaseFile file = ReleaseFile.Read(bytes);
        if ((file.Check(publicKeys) ?? file.Misfit) is { } wrong)
        {
            throw new InvalidDataException(wrong);
        }

        return new RolloutRelease(bytes, file);
    }

    /// <summary>The offer, 48 bytes.</summary>
    /// <param name="spreadSeconds">Each node begins after a random part of it, 0 to 3600 s.</param>
    public byte[] Offer(int spreadSeconds)
    {
        byte[] offer = new byte[UpdateMessages.OfferBytes];
        "SNOF"u8.CopyTo(offer);
        offer[4] = 1;
        offer[5] = (byte)Manifest.Kind;
        offer[6] = (byte)Manifest.Class;
        Id.CopyTo(offer, 8);
        BinaryPrimitives.WriteInt32LittleEndian(offer.AsSpan(24), _bytes.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(offer.AsSpan(28), (ushort)_file.HeadBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(offer.AsSpan(30), (ushort)Math.Clamp(spreadSeconds, 0, SpreadSecondsMax));
        _bytes.AsSpan(44, 8).CopyTo(offer.AsSpan(32));
        _bytes.AsSpan(52, 4).CopyTo(offer.AsSpan(40));
        return offer;
    }

    /// <summary>Whether a retained offer is one of this release, whatever its spread.</summary>
    public bool IsOffer(byte[] offer) => offer.Length == UpdateMessages.OfferBytes && offer.AsSpan(8, 16).SequenceEqual(Id);

    /// <summary>A piece of the file; null where it has no such bytes.</summary>
    public byte[]? Piece(long offset, int count) => offset < 0 || count < 1 || offset + count > _bytes.Length ? null : _bytes.AsSpan((int)offset, count).ToArray();

    /// <summary>A version as four numbers with dots.</summary>
    public static string TextOf(long version) => version < 0 ? "none" : $"{version >> 48}.{(version >> 32) & 0xFFFF}.{(version >> 16) & 0xFFFF}.{version & 0xFFFF}";
}
