using SensorNode.Guards;

namespace SensorNode.Guard.Tests;

/// <summary>Fails with every finding in full.</summary>
internal static class NoFindings
{
    public static void In(IReadOnlyCollection<Finding> findings) =>
        Assert.True(findings.Count == 0, $"{findings.Count} finding(s):{Environment.NewLine}{Finding.Report(findings)}");
}
