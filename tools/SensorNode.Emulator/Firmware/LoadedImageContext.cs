using System.Reflection;
using System.Runtime.Loader;

namespace SensorNode.Emulator;

/// <summary>Holds one assembly that firmware loaded from bytes, beside a deployed one of the same name; everything else comes from the node's context.</summary>
internal sealed class LoadedImageContext(NodeContext node) : AssemblyLoadContext(node.Name + ", loaded image", isCollectible: true)
{
    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) => node.Provide(assemblyName);
}
