using SensorNode.Contracts;
using SensorNode.Fakes;
using SensorNode.Link;
using Xunit;

namespace SensorNode.Update.Tests;

/// <summary>Messages that the link could not take are told, once for each rise of the count.</summary>
public sealed class LinkDropTests
{
    [Fact]
    public void DroppedMessages_AreToldOnTheConsole_OnceEach()
    {
        UpdatingNode node = TrialTests.Start();
        var inner = new DroppingLink();
        var log = new LineLog();
        var link = new UpdateLink(inner, node.Agent, new FakeClock(), node.System, log, "plant", "n");
        node.Agent.TakeNote();
        link.Wait(1);
        Assert.Empty(log.Lines);
        inner.DroppedCount = 3;
        link.Wait(1);
        link.Wait(1);
        inner.DroppedCount = 4;
        link.Wait(1);
        Assert.Equal(["link: messages dropped that were too long or came too fast, 3 since boot", "link: messages dropped that were too long or came too fast, 4 since boot"], log.Lines);
    }

    private sealed class LineLog : ILog
    {
        public List<string> Lines { get; } = [];

        public void Write(string line) => Lines.Add(line);
    }

    private sealed class DroppingLink : IMessageLink
    {
        public bool IsConnected => false;

        public int DroppedCount { get; set; }

        public LinkStatus Connect(LinkOptions options) => LinkStatus.Ok;

        public LinkStatus Subscribe(string topicFilter, int qualityOfService) => LinkStatus.Ok;

        public LinkStatus Publish(string topic, byte[] payload, int qualityOfService, bool retain, out int messageId)
        {
            messageId = 0;
            return LinkStatus.Ok;
        }

        public bool TryReceive(out LinkMessage message)
        {
            message = null!;
            return false;
        }

        public bool TryTakeAcknowledged(out int messageId)
        {
            messageId = 0;
            return false;
        }

        public void Wait(int milliseconds)
        {
        }

        public void Disconnect()
        {
        }
    }
}
