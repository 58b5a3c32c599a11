namespace SensorNode.CostMeter;

/// <summary>What the instrumenter is told.</summary>
public sealed class InstrumentOptions
{
    /// <summary>Folders in which references are looked up: the device's reference assemblies and the firmware's own output.</summary>
    public IReadOnlyList<string> SearchDirectories { get; init; } = [];

    /// <summary>Names of the assemblies that are instrumented together. A call to any other is a platform call.</summary>
    public IReadOnlyList<string> MeteredAssemblies { get; init; } = [];

    /// <summary>Methods to measure as stages: full name of type and method (Namespace.Type::Method, all overloads) to stage name.</summary>
    public IReadOnlyDictionary<string, string> Stages { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
