using System.Reflection;
using System.Runtime.Loader;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace SensorNode.KernelGenerator.Measurement;

/// <summary>
/// The firmware's assembly, loaded on the host with a counter added to the start of each stretch of instructions without a branch: the
/// count after a call is the number of IL instructions the interpreter would have executed. Native calls count as the one call.
/// </summary>
internal sealed class CountedAssembly
{
    private readonly FieldInfo _counter;

    public CountedAssembly(string path)
    {
        using AssemblyDefinition definition = AssemblyDefinition.ReadAssembly(path);
        ModuleDefinition module = definition.MainModule;
        foreach (AssemblyNameReference reference in module.AssemblyReferences)
        {
            // The host's facade of the same name.
            reference.Version = new Version(4, 0, 0, 0);
            reference.PublicKeyToken = [0xb7, 0x7a, 0x5c, 0x56, 0x19, 0x34, 0xe0, 0x89];
        }
        var type = new TypeDefinition("", "InstructionCounter", Mono.Cecil.TypeAttributes.Public | Mono.Cecil.TypeAttributes.Class, module.TypeSystem.Object);
        var field = new FieldDefinition("Count", Mono.Cecil.FieldAttributes.Public | Mono.Cecil.FieldAttributes.Static, module.TypeSystem.Int64);
        type.Fields.Add(field);
        foreach (MethodDefinition method in module.Types.SelectMany(t => t.Methods).Where(m => m.HasBody))
            Instrument(method, field);
        module.Types.Add(type);
        var stream = new MemoryStream();
        definition.Write(stream);
        stream.Position = 0;
        Assembly = new AssemblyLoadContext("counted", isCollectible: false).LoadFromStream(stream);
        _counter = Assembly.GetType("InstructionCounter")!.GetField("Count")!;
    }

    public Assembly Assembly { get; }

    public long Count(Action action)
    {
        long before = (long)_counter.GetValue(null)!;
        action();
        return (long)_counter.GetValue(null)! - before;
    }

    private static void Instrument(MethodDefinition method, FieldReference counter)
    {
        Instruction[] all = [.. method.Body.Instructions];
        var starts = new HashSet<Instruction> { all[0] };
        foreach (Instruction instruction in all)
        {
            if (instruction.Operand is Instruction target)
                starts.Add(target);
            if (instruction.Operand is Instruction[] targets)
                starts.UnionWith(targets);
            if (instruction.OpCode.FlowControl is FlowControl.Cond_Branch or FlowControl.Branch or FlowControl.Return or FlowControl.Throw && instruction.Next != null)
                starts.Add(instruction.Next);
        }
        ILProcessor il = method.Body.GetILProcessor();
        method.Body.SimplifyMacros();
        for (int i = 0; i < all.Length;)
        {
            int end = i + 1;
            while (end < all.Length && !starts.Contains(all[end]))
                end++;
            Instruction first = all[i];
            // The copy stands behind the counter; the original object becomes the counter's first instruction, so that branches reach it.
            Instruction copy = il.Create(OpCodes.Nop);
            copy.OpCode = first.OpCode;
            copy.Operand = first.Operand;
            first.OpCode = OpCodes.Ldsfld;
            first.Operand = counter;
            Instruction last = first;
            foreach (Instruction added in new[] { il.Create(OpCodes.Ldc_I4, end - i), il.Create(OpCodes.Conv_I8), il.Create(OpCodes.Add), il.Create(OpCodes.Stsfld, counter), copy })
            {
                il.InsertAfter(last, added);
                last = added;
            }
            i = end;
        }
        method.Body.OptimizeMacros();
    }
}
