using SensorNode.Emulator.Mqtt;
using Xunit;

namespace SensorNode.Emulator.Tests.Mqtt;

public class MqttTopicTests
{
    [Theory]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/b", "a/c", false)]
    [InlineData("a/b", "a/b/c", false)]
    [InlineData("a/b/c", "a/b", false)]
    [InlineData("a/+", "a/b", true)]
    [InlineData("a/+", "a/b/c", false)]
    [InlineData("a/+", "a", false)]
    [InlineData("a/+", "a/", true)]
    [InlineData("+/+", "/a", true)]
    [InlineData("+", "/a", false)]
    [InlineData("/+", "/a", true)]
    [InlineData("#", "a/b/c", true)]
    [InlineData("a/#", "a", true)]
    [InlineData("a/#", "a/b/c", true)]
    [InlineData("a/#", "ab", false)]
    [InlineData("+/b/#", "a/b", true)]
    [InlineData("+/b/#", "a/c", false)]
    [InlineData("#", "$SYS/a", false)]
    [InlineData("+/a", "$SYS/a", false)]
    [InlineData("$SYS/#", "$SYS/a", true)]
    [InlineData("$SYS/+", "$SYS/a", true)]
    [InlineData("A", "a", false)]
    public void Filter_CoversName(string filter, string topic, bool expected)
    {
        Assert.Equal(expected, MqttTopic.Matches(filter, topic));

        // The tree of the broker must say the same as the plain comparison.
        var timeline = new ManualTimeline();
        var core = new BrokerCore();
        BareClient subscriber = BareClient.Connected(core, timeline, "s");
        subscriber.Subscribe(filter);
        BareClient.Connected(core, timeline, "p").Publish(topic, "x");
        Assert.Equal(expected ? 1 : 0, core.ReadStatistics().MessagesSent);
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("#", true)]
    [InlineData("a/#", true)]
    [InlineData("+/a/+", true)]
    [InlineData("/", true)]
    [InlineData("", false)]
    [InlineData("a#", false)]
    [InlineData("a/#/b", false)]
    [InlineData("a+/b", false)]
    [InlineData("a/+b", false)]
    [InlineData("##", false)]
    public void Filters_AreChecked(string filter, bool expected) => Assert.Equal(expected, MqttTopic.IsFilter(filter));
}
