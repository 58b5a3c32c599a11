using Mono.Cecil;
using Mono.Cecil.Cil;
using SensorNode.DeviceApi.Lists;

namespace SensorNode.Guards.Surface;

/// <summary>
/// Reads an assembly of the device's world and finds what the board would not have or would not survive: references outside the API
/// lists, constructs that break at conversion or at run time, and sizes beyond what the board's format holds.
/// </summary>
/// <remarks>Source of the limits: PE format writer of the platform's metadata processor 3.0.100 and the interpreter's list of unsupported opcodes.</remarks>
public sealed class SurfaceGuard
{
    private readonly ApiSignatures _api;
    private readonly IReadOnlySet<string> _projects;
    private readonly RepositoryLayout? _repository;

    /// <param name="projectAssemblies">Names of assemblies beside the device libraries that may be referenced.</param>
    /// <param name="repository">For short file names in findings; may be null.</param>
    public SurfaceGuard(ApiSignatures api, IEnumerable<string> projectAssemblies, RepositoryLayout? repository = null)
    {
        _api = api;
        _projects = projectAssemblies.ToHashSet();
        _repository = repository;
    }

    /// <summary>Checks one assembly file. Uses the debug symbols beside it if there are any.</summary>
    public IReadOnlyList<Finding> Check(string assembly)
    {
        using var resolver = new DefaultAssemblyResolver();
        var parameters = new ReaderParameters
        {
            AssemblyResolver = resolver,
            ReadSymbols = true,
            SymbolReaderProvider = new DefaultSymbolReaderProvider(throwIfNoSymbol: false),
        };
        using ModuleDefinition module = ModuleDefinition.ReadModule(assembly, parameters);
        var sink = new FindingSink(module, _repository);
        var references = new ReferenceRules(_api, _projects, sink);
        var types = new TypeRules(sink, references);
        var methods = new MethodRules(sink, references);
        foreach (AssemblyNameReference reference in module.AssemblyReferences)
        {
            references.CheckAssembly(reference);
        }

        foreach (TypeDefinition type in module.GetTypes())
        {
            types.Check(type);
            foreach (MethodDefinition method in type.Methods)
            {
                methods.Check(method);
            }
        }

        // What no body and no signature uses: attributes.
        foreach (MemberReference member in module.GetMemberReferences())
        {
            references.CheckMember(member, reason => sink.Add(reason));
        }

        foreach (TypeReference type in module.GetTypeReferences())
        {
            references.CheckType(type, reason => sink.Add(reason));
        }

        LimitRules.Check(module, sink);
        return sink.Findings;
    }
}
