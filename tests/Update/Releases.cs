using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SensorNode.Release;
using SensorNode.Release.Lms;
using SensorNode.Release.Tests;

namespace SensorNode.Update.Tests;

/// <summary>Releases with payloads of random bytes, and the two keys that sign them.</summary>
internal static class Releases
{
    private static readonly Lazy<SigningKey> Site = new(() => SigningKey.Create(new FakeKeyFiles(1), "/site", 6, 3));
    private static readonly Lazy<SigningKey> Foreign = new(() => SigningKey.Create(new FakeKeyFiles(2), "/foreign", 5, 3));

    /// <summary>Content of release.key.pub, as keygen writes it.</summary>
    public static byte[] KeyFile => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Site.Value.PublicKey()) + "\n");

    public static byte[] ForeignKeyFile => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Foreign.Value.PublicKey()) + "\n");

    public static ReleaseContent Content(int version, int counter = 0, int kind = ReleaseManifest.Application) => new()
    {
        Product = "sensornode",
        Board = "esp32-devkitc",
        Kind = kind,
        Class = ReleaseManifest.Feature,
        Version = new Version(1, version),
        SecurityCounter = counter,
        BaseVersion = new Version(1, 0),
        ChunkBytes = 256,
        Assemblies = [new PlatformAssembly("mscorlib", new Version(1, 17, 11, 0), 0x00D9D0A5)],
    };

    public static byte[] Payload(int seed, int count)
    {
        byte[] payload = new byte[count];
        new Random(seed).NextBytes(payload);
        return payload;
    }

    public static byte[] Pack(ReleaseContent content, byte[] payload, bool isForeign = false)
    {
        SigningKey key = (isForeign ? Foreign : Site).Value;
        lock (key)
        {
            byte[] manifest = ReleasePacker.Manifest(content, payload, key.PublicKey());
            return ReleasePacker.File(manifest, key.Sign(manifest), payload);
        }
    }

    /// <summary>A small application, three chunks.</summary>
    public static byte[] Small(int version, int counter = 0) => Pack(Content(version, counter), Payload(version, 600));

    public static int ManifestBytes(byte[] release) => BinaryPrimitives.ReadUInt16LittleEndian(release.AsSpan(6));

    public static int HeadBytes(byte[] release) => release.Length - BinaryPrimitives.ReadInt32LittleEndian(release.AsSpan(64));

    public static byte[] PayloadOf(byte[] release) => release[HeadBytes(release)..];

    public static byte[] Id(byte[] release) => SHA256.HashData(release.AsSpan(0, ManifestBytes(release)))[..16];

    public static byte[] Offer(byte[] release)
    {
        byte[] offer = new byte[UpdateMessages.OfferBytes];
        "SNOF"u8.CopyTo(offer);
        offer[4] = 1;
        offer[5] = release[40];
        offer[6] = release[41];
        Id(release).CopyTo(offer, 8);
        BinaryPrimitives.WriteInt32LittleEndian(offer.AsSpan(24), release.Length);
        BinaryPrimitives.WriteInt16LittleEndian(offer.AsSpan(28), (short)HeadBytes(release));
        release.AsSpan(44, 8).CopyTo(offer.AsSpan(32));
        release.AsSpan(52, 4).CopyTo(offer.AsSpan(40));
        return offer;
    }
}
