using Mono.Cecil;
using Mono.Cecil.Cil;

namespace SensorNode.Guards.Surface;

/// <summary>Collects findings of one assembly, each once, with the source line where the debug symbols know it.</summary>
internal sealed class FindingSink(ModuleDefinition module, RepositoryLayout? repository)
{
    private readonly HashSet<Finding> _seen = [];

    public List<Finding> Findings { get; } = [];

    public void Add(string reason) => Add(new Finding(module.Name, module.Assembly.Name.Name, reason));

    public void Add(TypeDefinition type, string reason) =>
        Add(new Finding(Where(type.Methods.SelectMany(m => m.DebugInformation.SequencePoints).FirstOrDefault(p => !p.IsHidden)), type.FullName, reason));

    public void Add(FieldDefinition field, string reason) => Add(new Finding(
        Where(field.DeclaringType.Methods.SelectMany(m => m.DebugInformation.SequencePoints).FirstOrDefault(p => !p.IsHidden), line: false), field.FullName, reason));

    public void Add(MethodDefinition method, string reason, Instruction? at = null)
    {
        IEnumerable<SequencePoint> points = method.DebugInformation.SequencePoints.Where(p => !p.IsHidden);
        SequencePoint? point = (at is null ? null : points.LastOrDefault(p => p.Offset <= at.Offset)) ?? points.FirstOrDefault();
        Add(new Finding(Where(point), method.FullName, reason));
    }

    private void Add(Finding finding)
    {
        if (_seen.Add(finding))
        {
            Findings.Add(finding);
        }
    }

    private string Where(SequencePoint? point, bool line = true)
    {
        if (point is null)
        {
            return module.Name;
        }

        string file = point.Document.Url;
        string shown = repository is not null && file.StartsWith(repository.Root, StringComparison.Ordinal) ? repository.RelativePath(file) : file;
        return line ? $"{shown}({point.StartLine})" : shown;
    }
}
