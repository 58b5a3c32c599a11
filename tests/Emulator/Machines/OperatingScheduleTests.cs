using SensorNode.Emulator.Machines;
using Xunit;

namespace SensorNode.Emulator.Tests.Machines;

public class OperatingScheduleTests
{
    [Fact]
    public void States_FollowEachOtherWithSmoothRamps()
    {
        OperatingSchedule schedule = new(4, new OperatingState(10, 0, 0), new OperatingState(10, 20, 1));
        Assert.Equal(0, Speed(schedule, 1));
        Assert.Equal(0, Speed(schedule, 9.99));
        Assert.Equal(10, Speed(schedule, 12), 9);
        Assert.Equal(20, Speed(schedule, 14));
        Assert.Equal(20, Speed(schedule, 19.9));
        Assert.Equal(10, Speed(schedule, 22), 9);
        Assert.Equal(0, Speed(schedule, 25));
        double last = Speed(schedule, 5);
        for (double t = 5; t < 100; t += 0.01)
        {
            Assert.True(Math.Abs(Speed(schedule, t) - last) < 0.1);
            last = Speed(schedule, t);
        }
    }

    [Fact]
    public void StateShorterThanItsRamp_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new OperatingSchedule(4, new OperatingState(3, 0, 0)));

    [Fact]
    public void Growth_StartsAtNothingAndEndsAtItsSize()
    {
        FaultGrowth growth = new(10, 20, 0.8);
        Assert.Equal(0, growth.At(9.9));
        Assert.Equal(0, growth.At(10), 9);
        Assert.InRange(growth.At(20), 0.1, 0.2);
        Assert.Equal(0.8, growth.At(30), 9);
        Assert.Equal(0.8, growth.At(1e9), 9);
        Assert.Equal(0, FaultGrowth.Never.At(1e12));
        Assert.Equal(1, FaultGrowth.Constant().At(0));
    }

    private static double Speed(OperatingSchedule schedule, double seconds)
    {
        schedule.At(seconds, out double shaftHz, out _);
        return shaftHz;
    }
}
