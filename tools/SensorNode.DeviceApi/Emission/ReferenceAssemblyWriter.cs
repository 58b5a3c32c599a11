using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using SensorNode.DeviceApi.Lists;

namespace SensorNode.DeviceApi.Emission;

/// <summary>
/// Writes one library's reference assembly: its device name and version, exactly the listed types and members, every body
/// <c>throw null</c>.
/// </summary>
/// <remarks>
/// Metadata is written directly, not compiled from C#: a list says nothing about what a compiler would insist on (explicit
/// interface members, overrides of abstract members, constructors that are not public), and mscorlib declares the primitives.
/// The same lists give the same bytes.
/// </remarks>
public sealed partial class ReferenceAssemblyWriter
{
    private const string RuntimeVersion = "v4.0.30319";

    private readonly ApiCatalog _catalog;
    private readonly ApiLibrary _library;
    private readonly MetadataBuilder _metadata = new();
    private readonly BlobBuilder _code = new();
    private readonly SignatureEncoder _signatures;
    private readonly Dictionary<ApiType, TypeDefinitionHandle> _definitions = [];
    private readonly Dictionary<ApiType, TypeReferenceHandle> _references = [];
    private readonly Dictionary<string, AssemblyReferenceHandle> _assemblies = [];
    private readonly Dictionary<string, MemberReferenceHandle> _attributeConstructors = [];
    private int _throwNull;
    private int _nextField = 1;
    private int _nextMethod = 1;
    private int _nextParameter = 1;
    private TypeDefinitionHandle _byRefLikeAttribute;
    private MethodDefinitionHandle _byRefLikeConstructor;
    private MethodDefinitionHandle _readOnlyConstructor;

    private ReferenceAssemblyWriter(ApiCatalog catalog, ApiLibrary library)
    {
        _catalog = catalog;
        _library = library;
        _signatures = new SignatureEncoder(Resolve);
    }

    /// <summary>The assembly as a PE file.</summary>
    /// <exception cref="InvalidDataException">The list names a type that is in no list.</exception>
    public static byte[] Write(ApiCatalog catalog, ApiLibrary library) => new ReferenceAssemblyWriter(catalog, library).Write();

    private byte[] Write()
    {
        var bodies = new MethodBodyStreamEncoder(_code);
        var throwNull = new InstructionEncoder(new BlobBuilder());
        throwNull.OpCode(ILOpCode.Ldnull);
        throwNull.OpCode(ILOpCode.Throw);
        _throwNull = bodies.AddMethodBody(throwNull, maxStack: 1);

        _metadata.AddModule(0, _metadata.GetOrAddString(_library.Name + ".dll"), _metadata.GetOrAddGuid(ModuleId()), default, default);
        _metadata.AddAssembly(_metadata.GetOrAddString(_library.Name), _library.Version, default, default, default, AssemblyHashAlgorithm.None);
        _metadata.AddTypeDefinition(
            default, default, _metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));

        // Nested types must come after the types around them.
        List<ApiType> ordered = [.. _library.Types.OrderBy(Depth)];
        for (int i = 0; i < ordered.Count; i++)
        {
            _definitions.Add(ordered[i], MetadataTokens.TypeDefinitionHandle(i + 2));
        }

        if (ordered.Any(t => t.IsByRefLike))
        {
            _byRefLikeAttribute = MetadataTokens.TypeDefinitionHandle(ordered.Count + 2);
        }

        foreach (ApiType type in ordered)
        {
            WriteType(type);
        }

        if (!_byRefLikeAttribute.IsNil)
        {
            _byRefLikeConstructor = WriteMarkerAttribute("IsByRefLikeAttribute");
            _readOnlyConstructor = WriteMarkerAttribute("IsReadOnlyAttribute");
            BlobHandle empty = _metadata.GetOrAddBlob(new byte[] { 1, 0, 0, 0 });
            foreach (ApiType type in ordered.Where(t => t.IsByRefLike))
            {
                _metadata.AddCustomAttribute(_definitions[type], _byRefLikeConstructor, empty);
                _metadata.AddCustomAttribute(_definitions[type], _readOnlyConstructor, empty);
            }
        }

        var image = new ManagedPEBuilder(
            new PEHeaderBuilder(imageCharacteristics: Characteristics.ExecutableImage | Characteristics.Dll),
            new MetadataRootBuilder(_metadata, RuntimeVersion),
            _code,
            flags: CorFlags.ILOnly,
            deterministicIdProvider: content => BlobContentId.FromHash(Hash(content)));
        var bytes = new BlobBuilder();
        image.Serialize(bytes);
        return bytes.ToArray();
    }

    private static int Depth(ApiType type) => type.Outer is null ? 0 : 1 + Depth(type.Outer);

    private static ImmutableArray<byte> Hash(IEnumerable<Blob> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Blob blob in content)
        {
            hash.AppendData(blob.GetBytes());
        }

        return [.. hash.GetHashAndReset()];
    }

    private Guid ModuleId()
    {
        string identity = _library.Name + _library.Version + string.Join('\n', _library.Types.SelectMany(t => t.Members.Select(m => t.FullName + m)));
        return new Guid(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(identity)).AsSpan(0, 16));
    }

    private (EntityHandle Handle, bool IsValueType) Resolve(string name)
    {
        ApiType type = _catalog.FindType(name)
            ?? throw new InvalidDataException($"{_library.SourceFile}: type {name} is in no list");
        return (HandleOf(type), type.IsValueType);
    }

    private EntityHandle HandleOf(ApiType type)
    {
        if (_definitions.TryGetValue(type, out TypeDefinitionHandle definition))
        {
            return definition;
        }

        if (!_references.TryGetValue(type, out TypeReferenceHandle reference))
        {
            EntityHandle scope = type.Outer is null ? AssemblyOf(type.Library) : HandleOf(type.Outer);
            reference = _metadata.AddTypeReference(scope, NameOrNil(type.Namespace), _metadata.GetOrAddString(type.Name));
            _references.Add(type, reference);
        }

        return reference;
    }

    private AssemblyReferenceHandle AssemblyOf(ApiLibrary library)
    {
        if (!_assemblies.TryGetValue(library.Name, out AssemblyReferenceHandle handle))
        {
            handle = _metadata.AddAssemblyReference(_metadata.GetOrAddString(library.Name), library.Version, default, default, default, default);
            _assemblies.Add(library.Name, handle);
        }

        return handle;
    }

    private StringHandle NameOrNil(string text) => text.Length == 0 ? default : _metadata.GetOrAddString(text);

    /// <summary>Calls the constructor of a listed attribute; its arguments are given as an encoded value blob.</summary>
    private void AddAttribute(EntityHandle owner, string attribute, IReadOnlyList<ApiParameter> constructor, Action<BlobBuilder> value)
    {
        string key = attribute + constructor.Count;
        if (!_attributeConstructors.TryGetValue(key, out MemberReferenceHandle handle))
        {
            handle = _metadata.AddMemberReference(
                Resolve(attribute).Handle,
                _metadata.GetOrAddString(".ctor"),
                _metadata.GetOrAddBlob(_signatures.Method(true, "void", constructor, [])));
            _attributeConstructors.Add(key, handle);
        }

        var blob = new BlobBuilder();
        blob.WriteUInt16(1);
        value(blob);
        _metadata.AddCustomAttribute(owner, handle, _metadata.GetOrAddBlob(blob));
    }

    private static void NoNamedArguments(BlobBuilder blob) => blob.WriteUInt16(0);

    /// <summary>The compiler's own marker attributes: not public and not in any list, as a compiler embeds them.</summary>
    private MethodDefinitionHandle WriteMarkerAttribute(string name)
    {
        EntityHandle attribute = Resolve("System.Attribute").Handle;
        _metadata.AddTypeDefinition(
            TypeAttributes.NotPublic | TypeAttributes.Sealed,
            _metadata.GetOrAddString("System.Runtime.CompilerServices"),
            _metadata.GetOrAddString(name),
            attribute,
            MetadataTokens.FieldDefinitionHandle(_nextField),
            MetadataTokens.MethodDefinitionHandle(_nextMethod));
        return AddMethod(".ctor", MethodAttributes.Public | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName, "void", [], [], false);
    }
}
