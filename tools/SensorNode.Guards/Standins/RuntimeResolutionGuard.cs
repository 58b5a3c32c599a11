using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using SensorNode.DeviceApi.Emission;
using SensorNode.DeviceApi.Lists;

namespace SensorNode.Guards.Standins;

/// <summary>
/// Loads assemblies of the device's world as the emulator does (forwarders, stand-ins, base library) and lets the runtime's own loader
/// resolve every type and member that they reference.
/// </summary>
/// <remarks>A member that compiles against the lists but has no stand-in fails on the host only when the line runs; here it fails at once.</remarks>
public sealed class RuntimeResolutionGuard
{
    private readonly string _forwarders;
    private readonly Assembly _standins;
    private readonly IReadOnlyDictionary<string, string> _assemblies;

    /// <param name="standins">The stand-ins' assembly, loaded from its file.</param>
    /// <param name="forwarders">A folder of its own, in which the forwarders are written.</param>
    /// <param name="assemblies">Files of the assemblies of the device's world, by assembly name, for references between them.</param>
    public RuntimeResolutionGuard(ApiCatalog catalog, Assembly standins, string forwarders, IReadOnlyDictionary<string, string> assemblies)
    {
        _standins = standins;
        _forwarders = forwarders;
        _assemblies = assemblies;
        ForwarderWriter.WriteAll(catalog, standins.Location, forwarders);
    }

    public IReadOnlyList<Finding> Check(string assembly)
    {
        var findings = new List<Finding>();
        var context = new DeviceContext(this);
        try
        {
            Module module = context.LoadFromAssemblyPath(assembly).ManifestModule;
            using var image = new PEReader(File.OpenRead(assembly));
            MetadataReader metadata = image.GetMetadataReader();
            var lacking = new HashSet<string>();
            foreach (TypeReferenceHandle handle in metadata.TypeReferences)
            {
                if (!Resolve(() => module.ResolveType(MetadataTokens.GetToken(handle)), NameOf(metadata, handle)))
                {
                    lacking.Add(NameOf(metadata, handle));
                }
            }

            foreach (MemberReferenceHandle handle in metadata.MemberReferences)
            {
                MemberReference member = metadata.GetMemberReference(handle);
                string parent = member.Parent.Kind == HandleKind.TypeReference ? NameOf(metadata, (TypeReferenceHandle)member.Parent) : "";
                if (!lacking.Contains(parent) && !IsRedirected(metadata, member))
                {
                    Resolve(() => module.ResolveMember(MetadataTokens.GetToken(handle)), $"{parent}::{metadata.GetString(member.Name)}");
                }
            }
        }
        finally
        {
            context.Unload();
        }

        return findings;

        bool Resolve(Func<MemberInfo?> resolve, string what)
        {
            try
            {
                resolve();
                return true;
            }
            catch (Exception problem) when (problem is MissingMemberException or TypeLoadException or FileNotFoundException or FileLoadException or BadImageFormatException or ArgumentException)
            {
                findings.Add(new Finding(Path.GetFileName(assembly), what, "does not resolve on the host: " + problem.Message));
                return false;
            }
        }
    }

    /// <summary>The emulator turns calls of some members, when it loads an assembly, into calls of Redirects in the stand-ins.</summary>
    private bool IsRedirected(MetadataReader metadata, MemberReference member)
    {
        if (member.GetKind() != MemberReferenceKind.Method || _standins.GetType("SensorNode.Standins.Redirects") is not { } redirects)
        {
            return false;
        }

        // The first parameter of a redirect of an instance method is the instance.
        BlobReader signature = metadata.GetBlobReader(member.Signature);
        SignatureHeader header = signature.ReadSignatureHeader();
        int parameters = signature.ReadCompressedInteger() + (header.IsInstance ? 1 : 0);
        return redirects.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Any(m => metadata.StringComparer.Equals(member.Name, m.Name) && m.GetParameters().Length == parameters);
    }

    private static string NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        TypeReference type = metadata.GetTypeReference(handle);
        string name = metadata.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference ? NameOf(metadata, (TypeReferenceHandle)type.ResolutionScope) + "/" + name
            : type.Namespace.IsNil ? name
            : metadata.GetString(type.Namespace) + "." + name;
    }

    private sealed class DeviceContext(RuntimeResolutionGuard guard) : AssemblyLoadContext("device surface", isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName name)
        {
            string file = Path.Combine(guard._forwarders, name.Name + ".dll");

            // The base library's own assemblies have versions from 4 on, and some share a name with a device library.
            if (File.Exists(file) && (name.Version is null || name.Version.Major < 4 || name.Name!.StartsWith("nanoFramework.", StringComparison.Ordinal) || name.Name.StartsWith("UnitsNet.", StringComparison.Ordinal)))
            {
                return LoadFromAssemblyPath(file);
            }

            return guard._assemblies.TryGetValue(name.Name!, out string? own) ? LoadFromAssemblyPath(own)
                : name.Name == guard._standins.GetName().Name ? guard._standins
                : null;
        }
    }
}
