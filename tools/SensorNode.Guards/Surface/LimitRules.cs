using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace SensorNode.Guards.Surface;

/// <summary>Sizes of a whole assembly against the 16-bit offsets of the device's format.</summary>
/// <remarks>
/// Counted in .NET's encoding, which is never smaller than the device's (tokens and jumps shrink), so an assembly that passes here
/// converts. Byte code and strings overflow with an error there; the table of signatures and array data wraps in silence.
/// </remarks>
internal static class LimitRules
{
    /// <summary>Room for signatures beside the array data, which share one table of 64 KB.</summary>
    private const int SignatureReserveBytes = 6 * 1024;

    public static void Check(ModuleDefinition module, FindingSink sink)
    {
        List<MethodDefinition> methods = [.. module.GetTypes().SelectMany(t => t.Methods)];
        int code = methods.Where(m => m.HasBody).Sum(m => m.Body.CodeSize + (12 * m.Body.ExceptionHandlers.Count));
        if (code > ushort.MaxValue)
        {
            sink.Add($"{code} bytes of IL in one assembly: the device's format holds 65,535");
        }

        int strings = Strings(module, methods).Distinct().Sum(s => Encoding.UTF8.GetByteCount(s) + 1);
        if (strings > ushort.MaxValue)
        {
            sink.Add($"{strings} bytes of strings (names and literals) in one assembly: the device's format holds 65,535");
        }

        int data = module.GetTypes().SelectMany(t => t.Fields).Select(f => f.InitialValue?.Length ?? 0).Where(n => n > 0).Sum(n => n + 2);
        if (data > ushort.MaxValue - SignatureReserveBytes)
        {
            sink.Add($"{data} bytes of array initialisers in one assembly: they share a 64 KB table with the signatures, whose offsets wrap in silence; "
                + $"{ushort.MaxValue - SignatureReserveBytes} is the limit; compute the table at start or read it from a file");
        }
    }

    private static IEnumerable<string> Strings(ModuleDefinition module, List<MethodDefinition> methods) =>
        methods.Where(m => m.HasBody).SelectMany(m => m.Body.Instructions).Where(i => i.OpCode.Code == Code.Ldstr).Select(i => (string)i.Operand)
            .Concat(module.GetTypes().SelectMany(t => (string[])[t.Name, t.Namespace, .. t.Fields.Select(f => f.Name), .. t.Methods.Select(m => m.Name)]))
            .Concat(module.GetTypeReferences().SelectMany(t => (string[])[t.Name, t.Namespace]))
            .Concat(module.GetMemberReferences().Select(m => m.Name))
            .Concat(module.AssemblyReferences.Select(a => a.Name));
}
