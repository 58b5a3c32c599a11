using System.Reflection;
using System.Runtime.Loader;
using SensorNode.CostMeter;

namespace SensorNode.Guard.Tests.CostMeter;

/// <summary>The instrumented copy of tests/CostMeterSample, loaded once.</summary>
public sealed class MeteredSample
{
    private readonly Assembly _assembly;

    public MeteredSample()
    {
        Instrumenter = new AssemblyInstrumenter(new InstrumentOptions
        {
            SearchDirectories = [ReferenceDirectory],
            MeteredAssemblies = ["SensorNode.CostMeterSample"],
            Stages = new Dictionary<string, string> { ["SensorNode.CostMeterSample.Flow::Add"] = "adding", ["SensorNode.CostMeterSample.Flow::ThrowsWhenPositive"] = "throwing" },
        });
        var context = new SampleContext();
        _assembly = context.LoadFromStream(new MemoryStream(Instrumenter.Instrument(SamplePath)));
    }

    public static string SamplePath => Path.Combine(Artifacts, "bin", "SensorNode.CostMeterSample", Configuration, "SensorNode.CostMeterSample.dll");

    public static string ReferenceDirectory => Path.Combine(Artifacts, "deviceapi", "reference");

    public AssemblyInstrumenter Instrumenter { get; }

    private static string Configuration => Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    private static string Artifacts => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", ".."));

    public Type Type(string name) => _assembly.GetType("SensorNode.CostMeterSample." + name, throwOnError: true)!;

    public object New(string name) => Activator.CreateInstance(Type(name))!;

    public Delegate NewUnary() => Delegate.CreateDelegate(Type("Unary"), Type("Heap").GetMethod("Same")!);

    public int Result { get; private set; }

    /// <summary>Cost of one call of a static method.</summary>
    public MeterTotals Cost(string type, string method, params object?[] arguments)
    {
        MethodInfo target = Type(type).GetMethod(method)!;
        MeterTotals before = Meter.Now;
        object? result = target.Invoke(null, arguments);
        MeterTotals cost = Meter.Now - before;
        Result = result is int number ? number : 0;
        return cost;
    }

    private sealed class SampleContext() : AssemblyLoadContext("cost meter sample", isCollectible: true)
    {
        // The framework has a facade of the device's name; the sample uses nothing that the two have differently.
        protected override Assembly? Load(AssemblyName name) => name.Name == "mscorlib" ? Default.LoadFromAssemblyName(new AssemblyName("mscorlib")) : null;
    }
}
