using Mono.Cecil;
using Mono.Cecil.Cil;

namespace SensorNode.Guards.Surface;

/// <summary>Rules for methods: signature, locals, sizes and each instruction.</summary>
internal sealed class MethodRules(FindingSink sink, ReferenceRules references)
{
    /// <summary>Opcodes that the interpreter refuses, or that only unsafe code uses.</summary>
    private static readonly Dictionary<Code, string> Unsupported = new()
    {
        [Code.Localloc] = "stackalloc does not convert for the device",
        [Code.Calli] = "a call through a function pointer: the interpreter refuses calli",
        [Code.Jmp] = "the interpreter refuses jmp",
        [Code.Arglist] = "variable argument lists: the interpreter refuses arglist",
        [Code.Mkrefany] = "__makeref: the interpreter refuses mkrefany",
        [Code.Refanytype] = "__reftype: the interpreter refuses refanytype",
        [Code.Refanyval] = "__refvalue: the interpreter refuses refanyval",
        [Code.Cpblk] = "unsafe block copy: the interpreter refuses cpblk",
        [Code.Initblk] = "unsafe block fill: the interpreter refuses initblk",
        [Code.Ckfinite] = "the interpreter refuses ckfinite",
        [Code.Readonly] = "the interpreter refuses the readonly prefix (address of an element of a generic array)",
        [Code.Volatile] = "'volatile' has no support on the device; use a lock",
    };

    public void Check(MethodDefinition method)
    {
        if (method.HasGenericParameters)
        {
            sink.Add(method, "a generic method: it compiles and converts, then hangs or stops the app in silence");
        }

        if (method.IsPInvokeImpl || method.IsInternalCall)
        {
            sink.Add(method, "a native method (DllImport or InternalCall): the board's CLR image has no code for it");
        }

        CheckType(method.ReturnType, method, null);
        foreach (ParameterDefinition parameter in method.Parameters)
        {
            CheckType(parameter.ParameterType, method, null);
        }

        int arguments = method.Parameters.Count + (method.HasThis ? 1 : 0);
        if (arguments > byte.MaxValue)
        {
            sink.Add(method, $"{arguments} arguments: the device's format counts them in one byte, so 255 is the limit");
        }

        if (method.HasBody)
        {
            CheckBody(method, method.Body);
        }
    }

    private void CheckBody(MethodDefinition method, MethodBody body)
    {
        if (body.Variables.Count > byte.MaxValue)
        {
            sink.Add(method, $"{body.Variables.Count} locals: the device's format counts them in one byte, so 255 is the limit; split the method");
        }

        if (body.MaxStackSize > byte.MaxValue)
        {
            sink.Add(method, $"an evaluation stack of {body.MaxStackSize}: the device's format holds 255 at most");
        }

        if (body.CodeSize > short.MaxValue)
        {
            sink.Add(method, $"{body.CodeSize} bytes of IL in one method: jumps on the device are 16 bits, so 32,767 is the limit; split the method");
        }

        if (body.ExceptionHandlers.Count > byte.MaxValue)
        {
            sink.Add(method, $"{body.ExceptionHandlers.Count} exception handlers: the device's format counts them in one byte");
        }

        foreach (VariableDefinition variable in body.Variables)
        {
            CheckType(variable.VariableType, method, null);
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers.Where(h => h.CatchType is not null))
        {
            CheckType(handler.CatchType, method, handler.HandlerStart);
        }

        foreach (Instruction instruction in body.Instructions)
        {
            CheckInstruction(method, instruction);
        }
    }

    private void CheckInstruction(MethodDefinition method, Instruction instruction)
    {
        OpCode opcode = instruction.OpCode;
        if (opcode.Name.Contains(".ovf", StringComparison.Ordinal))
        {
            sink.Add(method, opcode.Code is Code.Conv_Ovf_I or Code.Conv_Ovf_I_Un
                ? $"{opcode.Name}: an array indexed or sized by a long; use an int ('checked' never throws on the device)"
                : $"{opcode.Name}: checked arithmetic never throws on the device; test the range yourself", instruction);
        }

        if (Unsupported.TryGetValue(opcode.Code, out string? reason))
        {
            sink.Add(method, reason, instruction);
        }

        switch (instruction.Operand)
        {
            case Instruction[] { Length: > byte.MaxValue } targets:
                sink.Add(method, $"a switch over {targets.Length} values: the device's format counts them in one byte, so 255 is the limit", instruction);
                break;
            case TypeReference type:
                CheckType(type, method, instruction);
                break;
            case MethodReference called:
                CheckCall(called, method, instruction);
                break;
            case FieldReference field:
                CheckType(field.DeclaringType, method, instruction);
                references.CheckMember(field, problem => sink.Add(method, problem, instruction));
                break;
        }
    }

    private void CheckCall(MethodReference called, MethodDefinition method, Instruction instruction)
    {
        if (called is GenericInstanceMethod generic)
        {
            sink.Add(method, $"{generic.FullName}: a call of a generic method hangs or stops the app in silence", instruction);
        }

        CheckType(called.DeclaringType, method, instruction);
        references.CheckMember(called, problem => sink.Add(method, problem, instruction));
        ReferenceRules.CheckBanned(called, problem => sink.Add(method, problem, instruction));
    }

    private void CheckType(TypeReference type, MethodDefinition method, Instruction? instruction)
    {
        foreach (string problem in TypeForms.Problems(type))
        {
            sink.Add(method, problem, instruction);
        }

        references.CheckType(type, problem => sink.Add(method, problem, instruction));
    }
}
