using Mono.Cecil;

namespace SensorNode.CostMeter;

/// <summary>References to the counters' methods for use inside one instrumented module.</summary>
/// <remarks>Made by hand, without importing the host's own core library: their signatures hold int, object and string only.</remarks>
internal sealed class MeterHooks
{
    private readonly ModuleDefinition _module;
    private readonly TypeReference _meter;

    internal MeterHooks(ModuleDefinition module)
    {
        _module = module;
        var runtime = AssemblyNameReference.Parse(typeof(Meter).Assembly.FullName);
        module.AssemblyReferences.Add(runtime);
        _meter = new TypeReference(typeof(Meter).Namespace, nameof(Meter), module, runtime);
        Block = Hook(nameof(Meter.Block), Void, Int);
        Platform = Hook(nameof(Meter.Platform), Void, Int, Int);
        Allocate = Hook(nameof(Meter.Allocate), Void, Int);
        Track = Hook(nameof(Meter.Track), Void, Object, Int);
        AllocateArray = Hook(nameof(Meter.AllocateArray), Void, Object, Int);
        AllocateString = Hook(nameof(Meter.AllocateString), Void, Text, Int);
        EnterFrame = Hook(nameof(Meter.EnterFrame), Int, Int);
        LeaveFrame = Hook(nameof(Meter.LeaveFrame), Void, Int, Int);
        EnterStage = Hook(nameof(Meter.EnterStage), Object, Text);
        LeaveStage = Hook(nameof(Meter.LeaveStage), Void, Object);
    }

    internal TypeReference Void => _module.TypeSystem.Void;

    internal TypeReference Int => _module.TypeSystem.Int32;

    internal TypeReference Object => _module.TypeSystem.Object;

    internal TypeReference Text => _module.TypeSystem.String;

    internal MethodReference Block { get; }

    internal MethodReference Platform { get; }

    internal MethodReference Allocate { get; }

    internal MethodReference Track { get; }

    internal MethodReference AllocateArray { get; }

    internal MethodReference AllocateString { get; }

    internal MethodReference EnterFrame { get; }

    internal MethodReference LeaveFrame { get; }

    internal MethodReference EnterStage { get; }

    internal MethodReference LeaveStage { get; }

    private MethodReference Hook(string name, TypeReference returns, params TypeReference[] parameters)
    {
        var method = new MethodReference(name, returns, _meter);
        foreach (TypeReference parameter in parameters)
        {
            method.Parameters.Add(new ParameterDefinition(parameter));
        }

        return method;
    }
}
