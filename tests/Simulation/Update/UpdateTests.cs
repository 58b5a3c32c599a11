using System.Text;
using SensorNode.Update;
using Xunit;

namespace SensorNode.Simulation.Tests.Update;

/// <summary>The whole node takes releases from a sender at the broker, restarts into them, confirms or goes back.</summary>
public sealed class UpdateTests
{
    [Fact]
    public void GoodRelease_IsFetchedStartedAndConfirmed()
    {
        using var test = new PlantTest(isStarted: false);
        TestSender sender = Prepare(test);
        sender.Offer(TestRelease.Pack(TestRelease.Content("0.2.0", 7), AppVariant.Good("0.2.0")));
        test.RunUntilBirths(2, 120);
        test.RunMinutes(5);
        Assert.Equal("0.2.0", test.State.Metrics["Properties/Firmware Version"].Value);
        Assert.True(sender.Reasons[^1] == UpdateReason.Confirmed, test.Console.Text);
        Assert.Equal(7, Convert.ToInt32(test.State.Metrics["Update/Security Counter"].Value));
    }

    internal static TestSender Prepare(PlantTest test)
    {
        test.Plant.Flash.WriteAllBytes("release.key.pub", Encoding.ASCII.GetBytes(TestRelease.PublicKeyText));
        test.Plant.Node.PowerOn();
        test.RunUntilBirths(1);
        return new TestSender(test.Plant.Core);
    }
}
