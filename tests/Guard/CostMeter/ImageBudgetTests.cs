using SensorNode.CostMeter;
using Xunit;
using Xunit.Abstractions;

namespace SensorNode.Guard.Tests.CostMeter;

/// <summary>The App and all that is deployed stay within their bytes.</summary>
/// <remarks>
/// The App's limits only go down. All that is deployed has an aim that it misses, and a warning here: with the BME280's package (50 KB) and five drivers it is above the
/// slot of the coming flash layout, and far below the 1,792 KB that the runtime's 4 MB layout has today. Its limit is what it takes now and some room.
/// </remarks>
public sealed class ImageBudgetTests(ITestOutputHelper output)
{
    private const int AppLimitBytes = 20_000;
    private const int CarryingLimitBytes = 32_724;
    private const int DeployedLimitBytes = 451_000;

    private static readonly string Firmware = Repository.Layout.PathOf("artifacts/bin/SensorNode.Boot/" + Repository.Configuration);

    [Fact]
    public void App_StaysWithinItsBytes() =>
        Check("app.pe.bytes", DeviceImageSize.Estimate(Path.Combine(Firmware, "SensorNode.App.dll")), AppLimitBytes, DeployedSize.AppTargetBytes);

    /// <summary>An App that brings its own features and detector still fits a slot.</summary>
    [Fact]
    public void CarryingApp_FitsASlot() =>
        Check("app.carrying.pe.bytes", DeviceImageSize.Estimate(Repository.Layout.PathOf($"artifacts/bin/SensorNode.App.Carrying/{Repository.Configuration}/SensorNode.App.dll")), CarryingLimitBytes, DeployedSize.AppTargetBytes);

    [Fact]
    public void EverythingDeployed_StaysWithinItsBytes() =>
        Check("deployed.pe.bytes", DeployedSize.Estimate(Firmware), DeployedLimitBytes, DeployedSize.DeployedTargetBytes);

    private void Check(string name, int bytes, int limit, int target)
    {
        output.WriteLine($"{name}: {bytes}, aim {target}, limit {limit}");
        if (bytes > target * 9 / 10)
        {
            output.WriteLine($"warning: {name} is at {bytes * 100L / target} % of its aim");
        }

        Assert.True(bytes <= limit, $"{name} is {bytes}; the limit is {limit} and the aim {target}. Move what a standard or mathematics fixes to SensorNode.Base or SensorNode.Dsp (firmware/docs/decisions/0003-what-lives-in-flash.md, 0005-a-release-carries-what-it-changes.md).");
    }
}
