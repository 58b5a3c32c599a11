using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using SensorNode.DeviceApi.Lists;

namespace SensorNode.DeviceApi.Emission;

/// <summary>
/// Writes what answers a device library's name at run time on the host: an assembly of the same name and version that forwards each
/// listed type to the stand-ins if they have it, otherwise to the base class library.
/// </summary>
public static class ForwarderWriter
{
    /// <summary>Writes one forwarder per library and forwarders.txt: type, then where it goes, or "-" for a type that is left out.</summary>
    /// <returns>The types that neither the stand-ins nor the base library have: firmware that uses one fails at run time.</returns>
    /// <exception cref="BadImageFormatException">The stand-ins are no assembly.</exception>
    public static IReadOnlyList<string> WriteAll(ApiCatalog catalog, string standins, string folder)
    {
        TypeHome own = TypeHome.Read(standins);
        IReadOnlyList<TypeHome> baseLibrary = TypeHome.BaseLibrary();
        var listing = new List<string>();
        var missing = new List<string>();
        Directory.CreateDirectory(folder);
        foreach (ApiLibrary library in catalog.Libraries)
        {
            var forwards = new List<(ApiType Type, TypeHome Home)>();
            foreach (ApiType type in library.Types.OrderBy(t => t.MetadataName.Count(c => c == '/')))
            {
                TypeHome? home = own.Has(type) ? own : baseLibrary.FirstOrDefault(h => h.Has(type));
                listing.Add($"{library.Name}: {type.MetadataName} {home?.Name.Name ?? "-"}");
                if (home is null)
                {
                    missing.Add($"{library.Name}: {type.MetadataName}");
                    continue;
                }

                forwards.Add((type, home));
            }

            ReferenceFolder.Replace(Path.Combine(folder, library.Name + ".dll"), Write(library, forwards));
        }

        listing.Sort(StringComparer.Ordinal);
        ReferenceFolder.Replace(Path.Combine(folder, "forwarders.txt"), System.Text.Encoding.UTF8.GetBytes(string.Join('\n', listing) + "\n"));
        return missing;
    }

    private static byte[] Write(ApiLibrary library, List<(ApiType Type, TypeHome Home)> forwards)
    {
        var metadata = new MetadataBuilder();
        string identity = library.Name + library.Version + string.Join('\n', forwards.Select(f => f.Type.MetadataName + f.Home.Name.FullName));
        byte[] digest = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(identity));
        metadata.AddModule(0, metadata.GetOrAddString(library.Name + ".dll"), metadata.GetOrAddGuid(new Guid(digest.AsSpan(0, 16))), default, default);
        metadata.AddAssembly(metadata.GetOrAddString(library.Name), library.Version, default, default, default, AssemblyHashAlgorithm.None);
        metadata.AddTypeDefinition(
            default, default, metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));

        var assemblies = new Dictionary<TypeHome, AssemblyReferenceHandle>();
        var exported = new Dictionary<ApiType, ExportedTypeHandle>();
        foreach ((ApiType type, TypeHome home) in forwards)
        {
            if (!assemblies.TryGetValue(home, out AssemblyReferenceHandle assembly))
            {
                byte[] token = home.Name.GetPublicKeyToken() ?? [];
                assembly = metadata.AddAssemblyReference(
                    metadata.GetOrAddString(home.Name.Name!), home.Name.Version!, default, token.Length == 0 ? default : metadata.GetOrAddBlob(token), default, default);
                assemblies.Add(home, assembly);
            }

            const TypeAttributes Forwarder = (TypeAttributes)0x00200000;
            bool nested = type.Outer is not null;
            exported.Add(type, metadata.AddExportedType(
                nested ? 0 : Forwarder,
                nested ? default : metadata.GetOrAddString(type.Namespace),
                metadata.GetOrAddString(type.Name),
                nested ? exported[type.Outer!] : assembly,
                0));
        }

        var image = new ManagedPEBuilder(
            new PEHeaderBuilder(imageCharacteristics: Characteristics.ExecutableImage | Characteristics.Dll),
            new MetadataRootBuilder(metadata, "v4.0.30319"),
            new BlobBuilder(),
            flags: CorFlags.ILOnly,
            deterministicIdProvider: _ => BlobContentId.FromHash(ImmutableArray.Create(digest)));
        var bytes = new BlobBuilder();
        image.Serialize(bytes);
        return bytes.ToArray();
    }
}
