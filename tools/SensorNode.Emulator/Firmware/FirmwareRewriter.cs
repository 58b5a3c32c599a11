using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace SensorNode.Emulator;

/// <summary>Prepares firmware for the host when it is loaded; the files stay as the compiler made them, and so do the figures of guards and meters.</summary>
/// <remarks>
/// 1. Each handler that could catch the end of power (<c>catch (Exception)</c>) first lets it pass.
/// 2. Calls of members that the base library lacks or answers for the wrong context go to SensorNode.Standins.Redirects.
/// </remarks>
internal static class FirmwareRewriter
{
    private static readonly Dictionary<string, string> RedirectOf = new()
    {
        ["System.Reflection.Assembly System.Reflection.Assembly::Load(System.Byte[])"] = "LoadAssembly",
        ["System.Reflection.Assembly System.Reflection.Assembly::Load(System.String)"] = "FindAssembly",
        ["System.Type System.Type::GetType(System.String)"] = "FindType",
        ["System.Char System.Char::ToLower()"] = "ToLower",
        ["System.Char System.Char::ToUpper()"] = "ToUpper",
        ["System.TimeSpan System.TimeSpan::FromHours(System.Int64)"] = "FromHours",
        ["System.TimeSpan System.TimeSpan::FromDays(System.Int64)"] = "FromDays"
    };

    /// <summary>The same program with those changes; the same object where none is needed.</summary>
    public static FirmwareImage Prepare(FirmwareImage image)
    {
        var reading = new ReaderParameters(ReadingMode.Immediate);
        if (image.Symbols != null)
        {
            reading.ReadSymbols = true;
            reading.SymbolReaderProvider = new PortablePdbReaderProvider();
            reading.SymbolStream = new MemoryStream(image.Symbols);
        }

        using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(image.Assembly), reading);
        var redirects = new TypeReference("SensorNode.Standins", "Redirects", module, new AssemblyNameReference(NodeContext.StandinsName, null));
        bool isChanged = false;
        foreach (MethodDefinition method in module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody))
        {
            isChanged |= GuardHandlers(method, redirects);
            isChanged |= RedirectCalls(method, redirects);
        }

        return isChanged ? Write(module, redirects, image.Symbols != null) : image;
    }

    private static FirmwareImage Write(ModuleDefinition module, TypeReference redirects, bool hasSymbols)
    {
        module.AssemblyReferences.Add((AssemblyNameReference)redirects.Scope);
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var writing = new WriterParameters();
        if (hasSymbols)
        {
            writing.WriteSymbols = true;
            writing.SymbolWriterProvider = new PortablePdbWriterProvider();
            writing.SymbolStream = symbols;
        }

        module.Write(assembly, writing);
        return new FirmwareImage(assembly.ToArray(), hasSymbols ? symbols.ToArray() : null);
    }

    private static bool GuardHandlers(MethodDefinition method, TypeReference redirects)
    {
        ExceptionHandler[] handlers = method.Body.ExceptionHandlers
            .Where(h => h.HandlerType == ExceptionHandlerType.Filter || h.CatchType?.FullName is "System.Exception" or "System.Object")
            .ToArray();
        if (handlers.Length == 0)
        {
            return false;
        }

        ModuleDefinition module = method.Module;
        var pass = new MethodReference("LetPowerOffPass", module.TypeSystem.Void, redirects);
        pass.Parameters.Add(new ParameterDefinition(module.TypeSystem.Object));
        method.Body.SimplifyMacros();
        ILProcessor il = method.Body.GetILProcessor();
        foreach (ExceptionHandler handler in handlers)
        {
            Instruction old = handler.HandlerStart;
            Instruction first = il.Create(OpCodes.Dup);
            il.InsertBefore(old, first);
            il.InsertBefore(old, il.Create(OpCodes.Call, pass));
            foreach (ExceptionHandler other in method.Body.ExceptionHandlers)
            {
                Move(other, old, first);
            }
        }

        method.Body.OptimizeMacros();
        return true;
    }

    private static void Move(ExceptionHandler handler, Instruction from, Instruction to)
    {
        handler.TryEnd = handler.TryEnd == from ? to : handler.TryEnd;
        handler.HandlerStart = handler.HandlerStart == from ? to : handler.HandlerStart;
        handler.HandlerEnd = handler.HandlerEnd == from ? to : handler.HandlerEnd;
    }

    private static bool RedirectCalls(MethodDefinition method, TypeReference redirects)
    {
        bool isChanged = false;
        foreach (Instruction instruction in method.Body.Instructions)
        {
            if (instruction.Operand is MethodReference called && RedirectOf.TryGetValue(called.FullName, out string? name))
            {
                instruction.OpCode = OpCodes.Call;
                instruction.Operand = Redirect(called, name, redirects);
                isChanged = true;
            }
        }

        return isChanged;
    }

    private static MethodReference Redirect(MethodReference called, string name, TypeReference redirects)
    {
        var redirect = new MethodReference(name, called.ReturnType, redirects);
        if (called.HasThis)
        {
            redirect.Parameters.Add(new ParameterDefinition(new ByReferenceType(called.DeclaringType)));
        }

        foreach (ParameterDefinition parameter in called.Parameters)
        {
            redirect.Parameters.Add(new ParameterDefinition(parameter.ParameterType));
        }

        return redirect;
    }
}
