using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace SensorNode.CostMeter;

/// <summary>Estimates the size of the .pe file that the metadata processor makes of an assembly.</summary>
/// <remarks>
/// Method: the format's header and records, the shortened operands (tokens and branches 2 bytes, switch 1 + 2 for each target),
/// names and literals once each with a closing 0, signatures once each.
/// Error:  no native checksum, resources or excluded types; strings that the runtime knows by number are counted as if it did not.
///         So it is too high: for the project's own assemblies by 1 to 8 % (App and Dsp: 2 and 1 %), against files that the metadata processor 3.0.100 made.
/// </remarks>
public static class DeviceImageSize
{
    private const int HeaderBytes = 124;
    private const int TypeBytes = 24;
    private const int MethodBytes = 16;
    private const int FieldBytes = 8;
    private const int ReferenceBytes = 8;
    private const int AssemblyReferenceBytes = 12;
    private const int HandlerBytes = 12;

    /// <summary>Bytes of the .pe file.</summary>
    public static int Estimate(string assemblyPath)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(assemblyPath);
        var strings = new HashSet<string>(StringComparer.Ordinal) { "" };
        var signatures = new HashSet<string>(StringComparer.Ordinal);
        int bytes = HeaderBytes + (AssemblyReferenceBytes * module.AssemblyReferences.Count);
        strings.UnionWith(module.AssemblyReferences.Select(reference => reference.Name));
        foreach (TypeReference reference in module.GetTypeReferences().Where(reference => !IsCompilersOwn(reference)))
        {
            bytes += ReferenceBytes;
            strings.Add(reference.Namespace);
            strings.Add(reference.Name);
        }

        foreach (MemberReference reference in module.GetMemberReferences().Where(reference => !IsCompilersOwn(reference.DeclaringType)))
        {
            bytes += ReferenceBytes;
            strings.Add(reference.Name);
            signatures.Add(reference is MethodReference method ? Signature(method) : "f" + Blob(((FieldReference)reference).FieldType));
        }

        foreach (TypeDefinition type in module.GetTypes().Where(type => type.Name != "<Module>" && !IsCompilersOwn(type)))
        {
            bytes += OfType(type, strings, signatures);
        }

        return bytes + strings.Sum(text => Encoding.UTF8.GetByteCount(text) + 1) + signatures.Sum(signature => signature.Length);
    }

    /// <summary>What each type of an assembly takes in its .pe file, without the names and signatures that types share. Largest first.</summary>
    public static IReadOnlyList<DeviceTypeSize> Types(string assemblyPath)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(assemblyPath);
        return
        [
            .. module.GetTypes().Where(type => type.Name != "<Module>" && !IsCompilersOwn(type))
                .Select(type => new DeviceTypeSize(type.FullName, type.Methods.Sum(method => Code(method, [], [])), OfType(type, [], [])))
                .OrderByDescending(size => size.Bytes).ThenBy(size => size.Name, StringComparer.Ordinal)
        ];
    }

    private static int OfType(TypeDefinition type, HashSet<string> strings, HashSet<string> signatures)
    {
        int bytes = TypeBytes;
        strings.Add(type.Namespace);
        strings.Add(type.Name);
        if (type.HasInterfaces)
        {
            signatures.Add(string.Concat(type.Interfaces.Select(one => "123")) + type.FullName[..1]);
        }

        // The members of an enumeration are compiled into their users and dropped.
        foreach (FieldDefinition field in type.Fields.Where(field => !field.HasConstant))
        {
            bytes += FieldBytes + field.InitialValue.Length;
            strings.Add(field.Name);
            signatures.Add("f" + Blob(field.FieldType));
        }

        foreach (MethodDefinition method in type.Methods)
        {
            bytes += MethodBytes + Code(method, strings, signatures);
            strings.Add(method.Name);
            signatures.Add(Signature(method));
        }

        return bytes;
    }

    private static int Code(MethodDefinition method, HashSet<string> strings, HashSet<string> signatures)
    {
        if (!method.HasBody)
        {
            return 0;
        }

        if (method.Body.HasVariables)
        {
            signatures.Add("l" + string.Concat(method.Body.Variables.Select(variable => Blob(variable.VariableType))));
        }

        int bytes = method.Body.HasExceptionHandlers ? (HandlerBytes * method.Body.ExceptionHandlers.Count) + 1 : 0;
        foreach (Instruction instruction in method.Body.Instructions)
        {
            bytes += instruction.OpCode.Size + OperandBytes(instruction);
            if (instruction.Operand is string text)
            {
                strings.Add(text);
            }
        }

        return bytes;
    }

    private static int OperandBytes(Instruction instruction) => instruction.OpCode.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar or OperandType.ShortInlineArg => 1,
        OperandType.InlineVar or OperandType.InlineArg or OperandType.InlineBrTarget or OperandType.InlineString or OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType => 2,
        OperandType.InlineI or OperandType.ShortInlineR or OperandType.InlineTok or OperandType.InlineSig => 4,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 1 + (2 * ((Instruction[])instruction.Operand).Length),
        _ => 4,
    };

    private static string Signature(MethodReference method) =>
        "mn" + Blob(method.ReturnType) + string.Concat(method.Parameters.Select(parameter => Blob(parameter.ParameterType)));

    // As many characters as the type has bytes in a signature.
    private static string Blob(TypeReference type) => type switch
    {
        ArrayType array => "a" + Blob(array.ElementType),
        ByReferenceType reference => "&" + Blob(reference.ElementType),
        _ when type.IsPrimitive || type.FullName is "System.Void" or "System.String" or "System.Object" => ((char)(0x100 + (int)type.MetadataType)).ToString(),
        _ => "c" + (char)(0x1000 + (Hash(type.FullName) & 0x3FFF)) + (char)(0x1000 + ((Hash(type.FullName) >> 14) & 0x3FFF)),
    };

    // The same in every process, unlike the base library's.
    private static uint Hash(string text) => text.Aggregate(2166136261u, (hash, letter) => (hash ^ letter) * 16777619);

    private static bool IsCompilersOwn(TypeReference type) =>
        type.Name.EndsWith("Attribute", StringComparison.Ordinal) && type.Namespace is "System.Runtime.CompilerServices" or "System.Diagnostics" or "System.Runtime.InteropServices" or "System.Reflection" or "Microsoft.CodeAnalysis";
}
