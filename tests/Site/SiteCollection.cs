using Xunit;

namespace SensorNode.Site.Tests;

/// <summary>Tests that run the tool: it has one console, and the stand-in of nanoff reads the environment.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SiteCollection
{
    public const string Name = "tool";
}
