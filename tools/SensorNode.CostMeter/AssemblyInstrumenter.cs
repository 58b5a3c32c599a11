using Mono.Cecil;
using Mono.Cecil.Cil;

namespace SensorNode.CostMeter;

/// <summary>Makes copies of device assemblies that count what they execute and allocate.</summary>
/// <remarks>
/// The copy behaves as the original and has its name and version; it needs SensorNode.CostMeter.Runtime in the default load
/// context. Debug symbols are dropped. Copies hold site numbers of this process: make them anew in each.
/// </remarks>
public sealed class AssemblyInstrumenter
{
    private readonly InstrumentOptions _options;
    private readonly HashSet<string> _metered;

    /// <summary>Remembers what to do.</summary>
    public AssemblyInstrumenter(InstrumentOptions options)
    {
        _options = options;
        _metered = new HashSet<string>(options.MeteredAssemblies, StringComparer.Ordinal);
        Costs = PlatformTable.Costs();
        Types = PlatformTable.Types();
    }

    /// <summary>The cost table used, and the members that were missing from it.</summary>
    public PlatformTable Costs { get; }

    /// <summary>The sizes used, and the types that were missing.</summary>
    public PlatformTable Types { get; }

    /// <summary>Writes an instrumented copy of each assembly into a folder, which is created.</summary>
    /// <returns>Paths of the copies.</returns>
    public IReadOnlyList<string> Instrument(IEnumerable<string> assemblyPaths, string outputDirectory)
    {
        Directory.CreateDirectory(outputDirectory);
        var copies = new List<string>();
        foreach (string path in assemblyPaths)
        {
            string copy = Path.Combine(outputDirectory, Path.GetFileName(path));
            File.WriteAllBytes(copy, Instrument(path));
            copies.Add(copy);
        }

        return copies;
    }

    /// <summary>Makes one instrumented copy.</summary>
    /// <exception cref="CostMeterException">Something in it cannot be counted.</exception>
    public byte[] Instrument(string assemblyPath)
    {
        using var resolver = new FolderResolver([Path.GetDirectoryName(Path.GetFullPath(assemblyPath))!, .. _options.SearchDirectories]);
        using var assembly = AssemblyDefinition.ReadAssembly(assemblyPath, new ReaderParameters { AssemblyResolver = resolver, InMemory = true });
        try
        {
            Rewrite(assembly.MainModule);
        }
        catch (CostMeterException e)
        {
            throw new CostMeterException($"{Path.GetFileName(assemblyPath)}: {e.Message}");
        }

        using var output = new MemoryStream();
        assembly.Write(output);
        return output.ToArray();
    }

    private void Rewrite(ModuleDefinition module)
    {
        KeepLocalsAlive(module);
        var hooks = new MeterHooks(module);
        var sizes = new DeviceTypes(Types, definition => IsMetered(definition.Module.Assembly.Name.Name) || definition.Module == module);
        var rewriter = new MethodRewriter(hooks, sizes, Costs, reference => IsPlatform(reference, module));
        MethodDefinition[] methods = [.. module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody)];
        foreach (MethodDefinition method in methods)
        {
            rewriter.Rewrite(method);
        }

        var stages = new StageWrapper(hooks);
        foreach (MethodDefinition method in methods)
        {
            if (_options.Stages.TryGetValue(method.DeclaringType.FullName + "::" + method.Name, out string? stage))
            {
                stages.Wrap(method, stage);
            }
        }
    }

    // The device keeps what a local refers to until the method ends. The host does so only where it must not optimise.
    private static void KeepLocalsAlive(ModuleDefinition module)
    {
        var attribute = new TypeReference("System.Diagnostics", "DebuggableAttribute", module, module.TypeSystem.CoreLibrary);
        var constructor = new MethodReference(".ctor", module.TypeSystem.Void, attribute) { HasThis = true };
        constructor.Parameters.Add(new ParameterDefinition(module.TypeSystem.Boolean));
        constructor.Parameters.Add(new ParameterDefinition(module.TypeSystem.Boolean));
        var use = new CustomAttribute(constructor);
        use.ConstructorArguments.Add(new CustomAttributeArgument(module.TypeSystem.Boolean, true));
        use.ConstructorArguments.Add(new CustomAttributeArgument(module.TypeSystem.Boolean, true));
        foreach (CustomAttribute old in module.Assembly.CustomAttributes.Where(old => old.AttributeType.FullName == attribute.FullName).ToArray())
        {
            module.Assembly.CustomAttributes.Remove(old);
        }

        module.Assembly.CustomAttributes.Add(use);
    }

    private bool IsMetered(string assemblyName) => _metered.Contains(assemblyName);

    private bool IsPlatform(MethodReference method, ModuleDefinition module)
    {
        TypeReference type = method.DeclaringType;
        if (type.IsArray)
        {
            return true;
        }

        return type.Scope is AssemblyNameReference reference && reference.Name != module.Assembly.Name.Name && !IsMetered(reference.Name);
    }
}
