using SensorNode.Emulator.Machines;
using Xunit;

namespace SensorNode.Emulator.Tests.Machines;

public class BearingGeometryTests
{
    [Fact]
    public void Skf6205_HasTheOrdersOfTheLiterature()
    {
        // Case Western Reserve University, Bearing Data Center: drive end bearing SKF 6205-2RS JEM, defect frequencies in multiples of the speed.
        BearingGeometry bearing = BearingGeometry.Skf6205;
        Assert.Equal(3.5848, bearing.OuterRaceOrder, 0.0005);
        Assert.Equal(5.4152, bearing.InnerRaceOrder, 0.0005);
        Assert.Equal(4.7135, 2 * bearing.BallSpinOrder, 0.0005);
        Assert.Equal(0.39828, bearing.CageOrder, 0.0001);
    }

    [Fact]
    public void Skf6203_HasTheOrdersOfTheLiterature()
    {
        // The same source, fan end bearing; its outer and inner race orders are given as 3.0530 and 4.9469.
        BearingGeometry bearing = BearingGeometry.Skf6203;
        Assert.Equal(3.0530, bearing.OuterRaceOrder, 0.003);
        Assert.Equal(4.9469, bearing.InnerRaceOrder, 0.003);
    }

    [Fact]
    public void Races_ShareTheBalls()
    {
        BearingGeometry bearing = new(13, 12.7, 71.5, 40);
        Assert.Equal(13, bearing.OuterRaceOrder + bearing.InnerRaceOrder, 9);
        Assert.Equal(bearing.OuterRaceOrder, 13 * bearing.CageOrder, 9);
    }
}
