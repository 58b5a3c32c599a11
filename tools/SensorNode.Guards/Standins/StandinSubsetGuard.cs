using Mono.Cecil;
using SensorNode.DeviceApi.Lists;
using SensorNode.Guards.Surface;

namespace SensorNode.Guards.Standins;

/// <summary>
/// Compares the stand-ins with the lists: a type that stands in for a listed one has no public or protected member that the list lacks,
/// is of the same kind, derives from the same classes and has the same constants.
/// </summary>
/// <remarks>Types whose full name is in no list are the emulation's own and are not looked at. Overrides declare nothing new and pass.</remarks>
public sealed class StandinSubsetGuard(ApiSignatures api)
{
    public IReadOnlyList<Finding> Check(string standins)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(standins);
        var findings = new List<Finding>();
        foreach (TypeDefinition type in module.GetTypes().Where(t => t.IsPublic || t.IsNestedPublic || t.IsNestedFamily))
        {
            if (api.Catalog.FindByMetadataName(type.FullName) is { } listed)
            {
                CheckType(module, type, listed, findings);
            }
        }

        return findings;
    }

    private void CheckType(ModuleDefinition module, TypeDefinition type, ApiType listed, List<Finding> findings)
    {
        void Add(string what, string reason) => findings.Add(new Finding(module.Name, what, $"{reason} ({listed.Library.SourceFile})"));

        if (KindOf(type) != listed.Kind)
        {
            Add(type.FullName, $"is a {KindOf(type)}, but the list has a {listed.Kind}");
            return;
        }

        foreach (string name in listed.Kind == ApiTypeKind.Enum ? [] : listed.Bases)
        {
            string wanted = api.Catalog.FindType(name)?.MetadataName ?? name;
            if (!DerivesFrom(type, wanted))
            {
                Add(type.FullName, $"does not derive from {wanted}, as the list says");
            }
        }

        foreach (FieldDefinition field in type.Fields.Where(f => IsVisible(f.Attributes) && f.Name != "value__"))
        {
            string signature = $"{field.FieldType.FullName} {type.FullName}::{field.Name}";
            if (!api.Has(type.FullName, signature, field.IsStatic))
            {
                Add(field.FullName, "a field that the list lacks");
            }
            else if (field.HasConstant && ValueOf(listed, field.Name) is { } text && Convert.ToString(field.Constant, System.Globalization.CultureInfo.InvariantCulture) != text)
            {
                Add(field.FullName, $"has the value {field.Constant}, but the list says {text}");
            }
        }

        foreach (MethodDefinition method in type.Methods.Where(m => IsVisible(m.Attributes)))
        {
            bool overrides = method.IsVirtual && method.IsReuseSlot && !method.IsNewSlot;
            bool asynchronousInvoke = listed.Kind == ApiTypeKind.Delegate && method.Name is "BeginInvoke" or "EndInvoke";
            if (!overrides && !asynchronousInvoke && !api.Has(type.FullName, method.FullName, method.IsStatic))
            {
                string others = string.Join("; ", api.Named(type.FullName, method.Name));
                Add(method.FullName, $"a {(method.IsStatic ? "static " : "")}method that the list lacks{(others.Length == 0 ? "" : "; listed: " + others)}");
            }
        }
    }

    private static ApiTypeKind KindOf(TypeDefinition type) =>
        type.IsInterface ? ApiTypeKind.Interface
        : type.IsEnum ? ApiTypeKind.Enum
        : type.IsValueType ? ApiTypeKind.Struct
        : type.BaseType?.FullName == "System.MulticastDelegate" ? ApiTypeKind.Delegate
        : ApiTypeKind.Class;

    private static bool DerivesFrom(TypeDefinition type, string name)
    {
        for (TypeDefinition? level = type; level is not null; level = Resolve(level.BaseType))
        {
            if (level.FullName == name || level.BaseType?.FullName == name || level.Interfaces.Any(i => Implements(i.InterfaceType, name)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Implements(TypeReference contract, string name) =>
        contract.FullName == name || (Resolve(contract)?.Interfaces.Any(i => Implements(i.InterfaceType, name)) ?? false);

    private static TypeDefinition? Resolve(TypeReference? type)
    {
        try
        {
            return type?.Resolve();
        }
        catch (AssemblyResolutionException)
        {
            return null;
        }
    }

    private static bool IsVisible(FieldAttributes attributes) => (attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;

    private static bool IsVisible(MethodAttributes attributes) => (attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private static string? ValueOf(ApiType type, string member) => type.Members.Find(m => m.Name == member)?.Value switch
    {
        { Length: > 2 } text when text[0] == '"' => text[1..^1],
        { } text when text.StartsWith("'\\u", StringComparison.Ordinal) => ((char)Convert.ToInt32(text[3..^1], 16)).ToString(),
        var text => text,
    };
}
