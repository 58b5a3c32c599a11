using Mono.Cecil;
using SensorNode.DeviceApi.Lists;

namespace SensorNode.Guards.Surface;

/// <summary>Every reference to a device library must be in its list; some listed members are banned because they do not do what they promise.</summary>
internal sealed class ReferenceRules(ApiSignatures api, IReadOnlySet<string> projects, FindingSink sink)
{
    private static readonly Dictionary<string, string> Banned = new()
    {
        ["System.Void System.Threading.Thread::Abort()"] =
            "Thread.Abort cannot be emulated (.NET 10 has none), and on the board it may strike while a file is half written; let the thread end by a flag",
        ["System.Byte System.Device.I2c.I2cDevice::ReadByte()"] =
            "ReadByte drops the transfer's result: a missing acknowledge gives an old byte; use Read and look at its status",
    };

    private readonly HashSet<string> _reported = [];

    public void CheckAssembly(AssemblyNameReference reference)
    {
        ApiLibrary? library = api.Catalog.FindLibrary(reference.Name);
        if (library is null && !projects.Contains(reference.Name))
        {
            sink.Add($"references the assembly {reference.Name}, which is neither a device library with a list nor a project of the device's world");
        }
        else if (library is not null && library.Version != reference.Version)
        {
            sink.Add($"references {reference.Name} {reference.Version}, but its list is for {library.Version}");
        }
    }

    /// <summary>Checks each named type inside the type given; a type is reported once in an assembly.</summary>
    public void CheckType(TypeReference type, Action<string> report)
    {
        foreach (TypeReference part in TypeForms.Parts(type))
        {
            if (LibraryOf(part) is { } library && api.Catalog.FindByMetadataName(part.FullName)?.Library != library && _reported.Add(part.FullName))
            {
                report($"type {part.FullName} is not in the list of {library.Name} ({library.SourceFile})");
            }
        }
    }

    /// <summary>Checks a field or method reference; a member is reported once in an assembly.</summary>
    public void CheckMember(MemberReference member, Action<string> report)
    {
        MemberReference plain = member is MethodSpecification specification ? specification.ElementMethod : member;
        if (plain is IMemberDefinition || plain.DeclaringType is TypeSpecification || plain.DeclaringType is null || LibraryOf(plain.DeclaringType) is not { } library)
        {
            return;
        }

        string type = plain.DeclaringType.FullName;
        bool known = plain is MethodReference method
            ? api.Has(type, plain.FullName, !method.HasThis)
            : api.Has(type, plain.FullName, true) || api.Has(type, plain.FullName, false);
        if (!known && api.Catalog.FindByMetadataName(type) is not null && _reported.Add(plain.FullName))
        {
            string others = string.Join("; ", api.Named(type, plain.Name));
            report($"{plain.FullName} is not in the list of {library.Name} ({library.SourceFile}){(others.Length == 0 ? "" : "; listed: " + others)}");
        }
    }

    /// <summary>Reports a banned member, at each place that uses it.</summary>
    public static void CheckBanned(MemberReference member, Action<string> report)
    {
        if (Banned.TryGetValue(member.FullName, out string? reason))
        {
            report(reason);
        }
    }

    private ApiLibrary? LibraryOf(TypeReference type)
    {
        TypeReference outermost = type;
        while (outermost.DeclaringType is not null)
        {
            outermost = outermost.DeclaringType;
        }

        return outermost.Scope is AssemblyNameReference assembly ? api.Catalog.FindLibrary(assembly.Name) : null;
    }
}
