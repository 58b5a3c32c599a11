using Mono.Cecil;
using Mono.Cecil.Cil;
using SensorNode.Guards.Surface;

namespace SensorNode.Guards.Purity;

/// <summary>
/// Code that computes must not look around: signal processing, features, detection, Sparkplug encoding and update read no clock, log
/// nothing, start no thread and draw no random numbers, and know only what lies below them. Time and chance arrive as arguments.
/// </summary>
public sealed class PurityGuard(RepositoryLayout? repository = null)
{
    private const string Own = "SensorNode.";

    /// <summary>Namespaces that only compute, and which of our other namespaces each may know.</summary>
    private static readonly Dictionary<string, string[]> Pure = new()
    {
        ["SensorNode.Dsp"] = [],
        ["SensorNode.Features"] = ["SensorNode.Dsp", "SensorNode.Contracts"],
        ["SensorNode.Detection"] = ["SensorNode.Features", "SensorNode.Dsp", "SensorNode.Configuration", "SensorNode.Storage", "SensorNode.Contracts"],
        ["SensorNode.Sparkplug"] = ["SensorNode.Features", "SensorNode.Dsp", "SensorNode.Configuration", "SensorNode.Storage", "SensorNode.Contracts"],
        ["SensorNode.Update"] = ["SensorNode.Contracts", "SensorNode.Configuration", "SensorNode.Storage", "SensorNode.Crypto"],
        ["SensorNode.Crypto"] = [],
    };

    private static readonly Dictionary<string, string> ForbiddenTypes = new()
    {
        ["System.Threading.Thread"] = "starts or stops a thread",
        ["System.Threading.Timer"] = "starts a timer, which is a thread",
        ["System.Console"] = "writes to the console",
        ["System.Random"] = "draws random numbers",
        ["System.Environment"] = "reads a clock",
        ["SensorNode.Contracts.IClock"] = "reads a clock",
        ["SensorNode.Contracts.ILog"] = "logs",
    };

    private static readonly HashSet<string> ForbiddenMembers =
        ["System.DateTime System.DateTime::get_UtcNow()", "System.DateTime System.DateTime::get_Today()"];

    public IReadOnlyList<Finding> Check(string assembly)
    {
        var parameters = new ReaderParameters { ReadSymbols = true, SymbolReaderProvider = new DefaultSymbolReaderProvider(throwIfNoSymbol: false) };
        using ModuleDefinition module = ModuleDefinition.ReadModule(assembly, parameters);
        var sink = new FindingSink(module, repository);
        foreach (TypeDefinition type in module.GetTypes())
        {
            string space = NamespaceOf(type);
            if (Pure.Keys.FirstOrDefault(p => space == p || space.StartsWith(p + ".", StringComparison.Ordinal)) is { } pure)
            {
                CheckType(type, pure, sink);
            }
        }

        return sink.Findings;
    }

    private static void CheckType(TypeDefinition type, string pure, FindingSink sink)
    {
        foreach (FieldDefinition field in type.Fields)
        {
            CheckUse(field.FieldType, pure, reason => sink.Add(field, reason));
        }

        foreach (MethodDefinition method in type.Methods)
        {
            foreach (TypeReference used in method.Parameters.Select(p => p.ParameterType).Append(method.ReturnType))
            {
                CheckUse(used, pure, reason => sink.Add(method, reason));
            }

            foreach (Instruction instruction in method.HasBody ? method.Body.Instructions : [])
            {
                if (instruction.Operand is MemberReference member)
                {
                    CheckUse(member as TypeReference ?? member.DeclaringType, pure, reason => sink.Add(method, reason, instruction));
                    if (ForbiddenMembers.Contains(member.FullName))
                    {
                        sink.Add(method, $"{pure} only computes, but this reads a clock ({member.Name}); take the time as an argument", instruction);
                    }
                }
            }
        }
    }

    private static void CheckUse(TypeReference type, string pure, Action<string> report)
    {
        foreach (TypeReference part in TypeForms.Parts(type))
        {
            if (ForbiddenTypes.TryGetValue(part.FullName, out string? what))
            {
                report($"{pure} only computes, but {part.FullName} {what}; take what is needed as an argument");
            }

            string space = NamespaceOf(part);
            if (space.StartsWith(Own, StringComparison.Ordinal) && space != pure && !space.StartsWith(pure + ".", StringComparison.Ordinal) && !Pure[pure].Contains(space))
            {
                report($"{pure} may not know {part.FullName}; allowed: {(Pure[pure].Length == 0 ? "nothing of ours" : string.Join(", ", Pure[pure]))}");
            }
        }
    }

    private static string NamespaceOf(TypeReference type)
    {
        while (type.DeclaringType is not null)
        {
            type = type.DeclaringType;
        }

        return type.Namespace;
    }
}
