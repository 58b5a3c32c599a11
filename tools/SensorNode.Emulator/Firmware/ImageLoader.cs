using System.Reflection;
using SensorNode.Platform;

namespace SensorNode.Emulator;

/// <summary>What one boot of a node loads from bytes; gone with the boot, also where the firmware in flash is shared with other nodes.</summary>
internal sealed class ImageLoader(NodeContext context) : INodeAssemblyLoader
{
    private readonly List<LoadedImageContext> _images = [];

    /// <inheritdoc/>
    public Assembly Load(byte[] image)
    {
        FirmwareImage prepared = FirmwareRewriter.Prepare(new FirmwareImage(EmulatedImage.Unpack(image), null));
        var loaded = new LoadedImageContext(context);
        _images.Add(loaded);
        return loaded.LoadFromStream(new MemoryStream(prepared.Assembly));
    }

    /// <inheritdoc/>
    public Assembly? FindDeployed(string name) => context.FindDeployed(name);

    /// <inheritdoc/>
    public Type? FindDeployedType(string typeName) =>
        context.Assemblies.Where(a => a.GetName().Name != NodeContext.StandinsName).Select(a => a.GetType(typeName)).FirstOrDefault(t => t != null);

    /// <summary>Lets go of all of it.</summary>
    public void Unload() => _images.ForEach(image => image.Unload());
}
