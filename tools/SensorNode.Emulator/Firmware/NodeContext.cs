using System.Reflection;
using System.Runtime.Loader;
using SensorNode.Platform;

namespace SensorNode.Emulator;

/// <summary>The world of one boot of one node: its own copy of firmware and stand-ins, so statics are the node's and go with it. Or one that nodes share.</summary>
/// <remarks>
/// Names:  firmware and drivers come from the firmware folder; mscorlib, System.Device.I2c, .. are answered with forwarders;
///         the base library's own assemblies (version 4 and up) and SensorNode.Platform fall through to the default context.
/// Host:   to call firmware directly, bind methods with ordinary types only (int, short[], byte[], string, ..): those are the same on both sides.
/// Memory: collectible. After <see cref="AssemblyLoadContext.Unload"/> everything goes once nothing refers to it.
/// </remarks>
public sealed class NodeContext : AssemblyLoadContext
{
    internal const string StandinsName = "SensorNode.Standins";

    private static readonly Lazy<NodeContext> SharedContext = new(() => new NodeContext(new FirmwareFolder()));

    private readonly FirmwareFolder _folder;

    /// <param name="folder">Where assemblies come from.</param>
    /// <param name="platform">What the stand-ins reach.</param>
    public NodeContext(FirmwareFolder folder, NodePlatform platform)
        : base(platform.Process.Name, isCollectible: true)
    {
        _folder = folder;
        var loader = new ImageLoader(this);
        platform.Loader = loader;
        Assembly standins = LoadFromAssemblyName(new AssemblyName(StandinsName));
        standins.GetType("SensorNode.Standins.NodeRuntime")!.GetProperty("Platform")!.SetValue(null, platform);
        Unloading += _ => loader.Unload();
    }

    /// <summary>For many nodes of one firmware: nothing in it is one node's.</summary>
    private NodeContext(FirmwareFolder folder)
        : base("shared firmware") => _folder = folder;

    /// <summary>The firmware of this build, loaded and compiled once for all nodes that share it. It stays for the life of the process.</summary>
    /// <remarks>
    /// Honest as long as firmware keeps nothing in static fields but tables that never change; a test sees to that. The stand-ins find the node
    /// by the thread that calls. A boot needs <see cref="NodeProcess.Platform"/> and a loader of its own.
    /// </remarks>
    internal static NodeContext Shared => SharedContext.Value;

    /// <summary>Loads a firmware assembly by its simple name.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public Assembly LoadFirmware(string name) => LoadFromAssemblyName(new AssemblyName(name));

    /// <summary>Loads an assembly of the device's world from its image, as if it had been deployed.</summary>
    public Assembly LoadImage(FirmwareImage image)
    {
        FirmwareImage prepared = FirmwareRewriter.Prepare(image);
        return LoadFromStream(new MemoryStream(prepared.Assembly), prepared.Symbols == null ? null : new MemoryStream(prepared.Symbols));
    }

    /// <summary>Binds a public static method of firmware whose parameters are ordinary types.</summary>
    /// <param name="assembly">Simple name.</param>
    /// <param name="type">Full name.</param>
    /// <param name="method">Name.</param>
    public T Bind<T>(string assembly, string type, string method)
        where T : Delegate => LoadFirmware(assembly).GetType(type, true)!.GetMethod(method, BindingFlags.Public | BindingFlags.Static)!.CreateDelegate<T>();

    /// <summary>A deployed assembly, loaded where it was not yet; null where there is none of that name.</summary>
    internal Assembly? FindDeployed(string name) =>
        _folder.FindForwarder(name) != null || _folder.FindFirmware(name) != null ? LoadFirmware(name) : null;

    internal Assembly? Provide(AssemblyName name) => IsOurs(name) ? LoadFromAssemblyName(name) : null;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        FirmwareImage? image = IsOurs(assemblyName) ? _folder.FindForwarder(assemblyName.Name!) ?? _folder.FindFirmware(assemblyName.Name!) : null;
        return image == null ? null : LoadFromStream(new MemoryStream(image.Assembly), image.Symbols == null ? null : new MemoryStream(image.Symbols));
    }

    /// <summary>Whether the firmware folder is asked. Device libraries and the base library share names such as System.Threading; the version tells them apart.</summary>
    private static bool IsOurs(AssemblyName name) =>
        name.Name != "SensorNode.Platform" && !(name.Version is { Major: >= 4 } && name.Name!.StartsWith("System", StringComparison.Ordinal));
}
