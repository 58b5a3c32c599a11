using Xunit;

namespace SensorNode.Simulation.Tests;

/// <summary>Tests that look at the process's memory run with no other beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class MeasuresMemory
{
    /// <summary>For the Collection attribute.</summary>
    public const string Name = "measures memory";
}
