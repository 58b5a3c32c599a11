using SensorNode.DeviceApi.Lists;

namespace SensorNode.Guards.Surface;

/// <summary>The lists' members written as Mono.Cecil writes them: "System.Int32 System.String::IndexOf(System.Char)".</summary>
public sealed class ApiSignatures
{
    private readonly ApiCatalog _catalog;
    private readonly Dictionary<string, HashSet<string>> _byType = [];

    public ApiSignatures(ApiCatalog catalog)
    {
        _catalog = catalog;
        foreach (ApiType type in catalog.Types)
        {
            _byType.Add(type.MetadataName, [.. SignaturesOf(type)]);
        }
    }

    public ApiCatalog Catalog => _catalog;

    /// <summary>True if the type is listed and has a member of exactly this signature, static or not.</summary>
    public bool Has(string type, string signature, bool isStatic) => _byType.TryGetValue(type, out HashSet<string>? members) && members.Contains(Key(signature, isStatic));

    /// <summary>The listed members of one name, to say what would be right.</summary>
    public IEnumerable<string> Named(string type, string name) =>
        _byType.TryGetValue(type, out HashSet<string>? members)
            ? members.Where(m => m.Contains("::" + name + "(", StringComparison.Ordinal) || m.EndsWith("::" + name, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            : [];

    private static string Key(string signature, bool isStatic) => isStatic ? "static " + signature : signature;

    private IEnumerable<string> SignaturesOf(ApiType type)
    {
        if (type.Kind == ApiTypeKind.Delegate)
        {
            yield return $"System.Void {type.MetadataName}::.ctor(System.Object,System.IntPtr)";
        }

        foreach (ApiMember member in type.Members)
        {
            string parameters = string.Join(',', member.Parameters.Select(p => NameOf(p.Type) + (p.IsRef || p.IsOut ? "&" : "")));
            string memberType = NameOf(member.Type);
            switch (member.Kind)
            {
                case ApiMemberKind.Field or ApiMemberKind.Constant:
                    yield return Key($"{memberType} {type.MetadataName}::{member.Name}", member.IsStatic);
                    break;
                case ApiMemberKind.Event:
                    yield return Key($"System.Void {type.MetadataName}::add_{member.Name}({memberType})", member.IsStatic);
                    yield return Key($"System.Void {type.MetadataName}::remove_{member.Name}({memberType})", member.IsStatic);
                    break;
                case ApiMemberKind.Property:
                    if (member.HasGetter)
                    {
                        yield return Key($"{memberType} {type.MetadataName}::get_{member.Name}({parameters})", member.IsStatic);
                    }

                    if (member.HasSetter)
                    {
                        string all = parameters.Length == 0 ? memberType : parameters + "," + memberType;
                        yield return Key($"System.Void {type.MetadataName}::set_{member.Name}({all})", member.IsStatic);
                    }

                    break;
                default:
                    yield return Key($"{memberType} {type.MetadataName}::{member.Name}({parameters})", member.IsStatic);
                    break;
            }
        }
    }

    private string NameOf(string type) =>
        type.EndsWith("[]", StringComparison.Ordinal) ? NameOf(type[..^2]) + "[]" : _catalog.FindType(type)?.MetadataName ?? type;
}
