using Mono.Cecil;
using Mono.Cecil.Cil;
using SensorNode.Emulator;
using SensorNode.Release;
using SensorNode.Release.Lms;
using SensorNode.Rollout;
using SensorNode.Update;

namespace SensorNode.Tool.Demo.Update;

/// <summary>Releases of the demo: the application of this build with another version, or with a mistake, signed with a key made for the run.</summary>
public sealed class DemoReleases
{
    // LMS with a tree of height 5 and digits of 4 bits (RFC 8554): 32 signatures, made in a moment.
    private const int TreeType = 5;
    private const int OneTimeType = 3;
    private const int ChunkBytes = 2048;

    private readonly SigningKey _key = SigningKey.Create(new MemoryKeyFiles(), "demo", TreeType, OneTimeType);

    /// <summary>The key as nodes hold it in release.key.pub.</summary>
    public string PublicKeyText => Convert.ToHexStringLower(_key.PublicKey()) + "\n";

    /// <summary>An application of this build that says another version.</summary>
    /// <param name="version">Three numbers.</param>
    /// <param name="crashes">Whether it throws as soon as it is started.</param>
    /// <param name="chunkBytes">Bytes of a chunk.</param>
    public RolloutRelease Application(string version, bool crashes, int chunkBytes = ChunkBytes) => Read(ApplicationFile(version, crashes, chunkBytes));

    /// <summary>The same as a file's bytes.</summary>
    public byte[] ApplicationFile(string version, bool crashes, int chunkBytes = ChunkBytes) => Pack(ReleaseManifest.Application, version, 1, Patch(version, crashes), chunkBytes);

    /// <summary>A model.</summary>
    /// <param name="baseline">As a node keeps it in flash.</param>
    /// <param name="version">Three numbers.</param>
    public RolloutRelease Model(byte[] baseline, string version) => Read(Pack(ReleaseManifest.Model, version, 0, baseline, ChunkBytes));

    private RolloutRelease Read(byte[] file) => RolloutRelease.Read(file, _key.PublicKey());

    private byte[] Pack(int kind, string version, int counter, byte[] payload, int chunkBytes)
    {
        var content = new ReleaseContent
        {
            Product = UpdateLimits.Product,
            Board = "esp32-devkitc",
            Kind = kind,
            Class = ReleaseManifest.Feature,
            Version = Version.Parse(version),
            SecurityCounter = counter,
            BaseVersion = new Version(1, 0),
            ChunkBytes = chunkBytes,
            Assemblies = kind == ReleaseManifest.Application ? PlatformReferences.OfDotNet(EmulatedImage.Unpack(payload)) : [],
        };
        byte[] manifest = ReleasePacker.Manifest(content, payload, _key.PublicKey());
        return ReleasePacker.File(manifest, _key.Sign(manifest), payload);
    }

    // On a board the payload is a .pe; an emulated node takes the .NET assembly that would have been made into it.
    private static byte[] Patch(string version, bool crashes)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(Path.Combine(FirmwareFolder.DefaultPath, "SensorNode.App.dll"));
        TypeDefinition application = module.GetType("SensorNode.Node.NodeApplication");
        application.Methods.Single(method => method.Name == "get_Version").Body.Instructions.Single(i => i.OpCode == OpCodes.Ldstr).Operand = version;
        if (crashes)
        {
            ILProcessor il = application.Methods.Single(method => method.Name == "Run").Body.GetILProcessor();
            Instruction first = il.Body.Instructions[0];
            il.InsertBefore(first, il.Create(OpCodes.Ldnull));
            il.InsertBefore(first, il.Create(OpCodes.Throw));
        }

        using var image = new MemoryStream();
        module.Write(image);
        return EmulatedImage.Pack(image.ToArray());
    }
}
