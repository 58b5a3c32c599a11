using Xunit;

namespace SensorNode.Guard.Tests.CostMeter;

/// <summary>Tests that read the meter's shared parts (heap, stages) and so run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class MeteredCollection : ICollectionFixture<MeteredSample>
{
    public const string Name = "cost meter";
}
