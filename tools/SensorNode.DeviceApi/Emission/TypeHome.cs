using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using SensorNode.DeviceApi.Lists;

namespace SensorNode.DeviceApi.Emission;

/// <summary>An assembly of the host in which a device type may live: its identity and the public types that it defines.</summary>
public sealed class TypeHome
{
    private readonly HashSet<string> _types = [];

    private TypeHome(AssemblyName name) => Name = name;

    public AssemblyName Name { get; }

    public bool Has(ApiType type) => _types.Contains(type.MetadataName);

    /// <summary>Reads the public types that an assembly file defines; it is not loaded.</summary>
    /// <exception cref="BadImageFormatException">The file is no managed assembly.</exception>
    public static TypeHome Read(string file)
    {
        using var image = new PEReader(File.OpenRead(file));
        MetadataReader metadata = image.HasMetadata ? image.GetMetadataReader() : throw new BadImageFormatException($"{file} is no managed assembly");
        var home = new TypeHome(metadata.GetAssemblyDefinition().GetAssemblyName());
        foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions)
        {
            TypeDefinition type = metadata.GetTypeDefinition(handle);
            if ((type.Attributes & TypeAttributes.VisibilityMask) is TypeAttributes.Public or TypeAttributes.NestedPublic)
            {
                home._types.Add(NameOf(metadata, type));
            }
        }

        return home;
    }

    /// <summary>The base class library of the running .NET: the core first, then the other System assemblies.</summary>
    public static IReadOnlyList<TypeHome> BaseLibrary()
    {
        string folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        IEnumerable<string> others = Directory.GetFiles(folder, "System*.dll").Order(StringComparer.Ordinal).Where(f => Path.GetFileName(f) != "System.Private.CoreLib.dll");
        return [Read(Path.Combine(folder, "System.Private.CoreLib.dll")), .. others.Select(Read)];
    }

    private static string NameOf(MetadataReader metadata, TypeDefinition type)
    {
        string name = metadata.GetString(type.Name);
        TypeDefinitionHandle outer = type.GetDeclaringType();
        if (!outer.IsNil)
        {
            return NameOf(metadata, metadata.GetTypeDefinition(outer)) + "/" + name;
        }

        string space = metadata.GetString(type.Namespace);
        return space.Length == 0 ? name : space + "." + name;
    }
}
