using System.Buffers.Binary;
using System.Security.Cryptography;
using SensorNode.Emulator;
using SensorNode.Release;
using SensorNode.Release.Lms;
using SensorNode.Release.Tests;
using SensorNode.Update;

namespace SensorNode.Simulation.Tests.Update;

/// <summary>Releases for emulated nodes, signed with keys that live as long as the test run.</summary>
internal static class TestRelease
{
    private static readonly Lazy<SigningKey> Site = new(() => Create("site"));
    private static readonly Lazy<SigningKey> Foreign = new(() => Create("foreign"));

    /// <summary>The key that nodes trust, as keygen writes its public half.</summary>
    public static string PublicKeyText => Convert.ToHexStringLower(Site.Value.PublicKey()) + "\n";

    public static ReleaseContent Content(string version, int counter = 1, int kind = ReleaseManifest.Application) => new()
    {
        Product = "sensornode",
        Board = "esp32-devkitc",
        Kind = kind,
        Class = ReleaseManifest.Security,
        Version = new Version(version),
        SecurityCounter = counter,
        BaseVersion = new Version(1, 0),
        ChunkBytes = 3072,
        Assemblies = [new PlatformAssembly("mscorlib", new Version(1, 17, 11, 0), 0)],
    };

    /// <summary>As release pack names them.</summary>
    public static IReadOnlyList<PlatformAssembly> References(byte[] app) => PlatformReferences.OfDotNet(EmulatedImage.Unpack(app));

    /// <summary>The release file.</summary>
    public static byte[] Pack(ReleaseContent content, byte[] payload, bool isForeign = false)
    {
        SigningKey key = (isForeign ? Foreign : Site).Value;
        lock (key)
        {
            byte[] manifest = ReleasePacker.Manifest(content, payload, key.PublicKey());
            return ReleasePacker.File(manifest, key.Sign(manifest), payload);
        }
    }

    public static int HeadBytes(byte[] release) => ReleaseFile.Read(release).HeadBytes;

    public static byte[] Id(byte[] release) => SHA256.HashData(release.AsSpan(0, BinaryPrimitives.ReadUInt16LittleEndian(release.AsSpan(6))))[..16];

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

    // H10 with W4, as keygen makes them (RFC 8554: LMS type 6, one-time type 3).
    private static SigningKey Create(string name) => SigningKey.Create(new FakeKeyFiles(1), "/" + name, 6, 3);
}
