using SensorNode.CostMeter;
using Xunit;

namespace SensorNode.Guard.Tests.CostMeter;

public sealed class DeviceImageSizeTests
{
    [Fact]
    public void TheSampleIsEstimatedWithinATenthOfItsRealFile()
    {
        const int realBytes = 2552; // made of the same sources by the metadata processor 3.0.100

        Assert.InRange(DeviceImageSize.Estimate(MeteredSample.SamplePath), realBytes, realBytes * 1.1);
    }
}
