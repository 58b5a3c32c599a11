using SensorNode.Emulator.Mqtt;
using Xunit;

namespace SensorNode.Emulator.Tests.Mqtt;

/// <summary>Subscriptions to "$share/NAME/FILTER".</summary>
public class SharedSubscriptionTests
{
    private readonly ManualTimeline _timeline = new();
    private readonly BrokerCore _core = new();

    [Fact]
    public void MessagesGoToTheMembersInTurn_AndToOthersAsWell()
    {
        BareClient first = Connected("1");
        BareClient second = Connected("2");
        BareClient other = Connected("3");
        BareClient plain = Connected("4");
        first.Subscribe("$share/g/a/+");
        second.Subscribe("$share/g/a/+");
        other.Subscribe("$share/h/a/+");
        plain.Subscribe("a/#");
        BareClient publisher = Connected("p");
        for (int i = 0; i < 4; i++)
        {
            publisher.Publish("a/b", "x" + i);
        }

        publisher.Publish("b", "no");
        Assert.Equal(["x0", "x2"], Texts(first, 2));
        Assert.Equal(["x1", "x3"], Texts(second, 2));
        Assert.Equal(["x0", "x1", "x2", "x3"], Texts(other, 4));
        Assert.Equal(["x0", "x1", "x2", "x3"], Texts(plain, 4));
    }

    [Fact]
    public void MemberThatIsGone_IsPassedOver_AndRetainedMessagesAreNotSent()
    {
        BareClient publisher = Connected("p");
        publisher.Publish("a/b", "old", retain: true);
        BareClient first = Connected("1");
        BareClient second = Connected("2");
        first.Subscribe("$share/g/a/+");
        second.Subscribe("$share/g/a/+");
        Assert.True(_core.Cut("1"));
        publisher.Publish("a/b", "x");
        publisher.Publish("a/b", "y");
        Assert.Equal(["x", "y"], Texts(second, 2));
    }

    [Theory]
    [InlineData("$share/g")]
    [InlineData("$share//a")]
    [InlineData("$share/g/")]
    public void WithoutNameOrFilter_IsRefused(string filter) => Assert.Equal(0x80, Connected("1").Subscribe(filter));

    private static string[] Texts(BareClient client, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => System.Text.Encoding.UTF8.GetString(client.TakePublish().Message.Payload))];

    private BareClient Connected(string id) => BareClient.Connected(_core, _timeline, id);
}
