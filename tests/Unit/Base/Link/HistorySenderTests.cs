using nanoFramework.TestFramework;
using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Fakes;
using SensorNode.Sparkplug;
using SensorNode.Sparkplug.Tests;
using SensorNode.Storage;

namespace SensorNode.Link.Tests
{
    [TestClass]
    public class HistorySenderTests
    {
        private const long UtcAtBootMs = 1700000000000;

        /// <summary>The link is busy when the mark is due, and the next record, stamped by a clock that went too fast, is held back.</summary>
        [TestMethod]
        public static void MarkThatComesWhileARecordIsHeld_DoesNotConfirmIt()
        {
            BusyLink link = new BusyLink();
            Recorder recorder = Recorded(32, link, out HistorySender sender, out FakeClock clock);
            long nowUtcMs = UtcAtBootMs + (32 * 60000) - 20000;
            int sequence = 0;
            sender.Begin();
            link.IsBusyForMarks = true;
            Serve(sender, clock, 40, ref sequence, nowUtcMs);
            Assert.AreEqual(31, link.DataCount);
            link.IsBusyForMarks = false;
            Serve(sender, clock, 8, ref sequence, nowUtcMs);
            sender.TakeAcknowledged(link.MarkId);
            Assert.IsTrue(recorder.Outbox.Count >= 1);
            Serve(sender, clock, 8, ref sequence, nowUtcMs + 30000);
            sender.TakeAcknowledged(link.MarkId);
            Assert.AreEqual(32, link.DataCount);
            Assert.AreEqual(0, recorder.Outbox.Count);
        }

        /// <summary>The mark that proves the connection does not wait for flash.</summary>
        [TestMethod]
        public static void FlashThatCannotBeRead_HoldsUpNoMark()
        {
            BusyLink link = new BusyLink();
            Recorder recorder = Recorded(5, link, out HistorySender sender, out FakeClock clock);
            int sequence = 0;
            sender.Begin();
            link.Flash.FailsReads = true;
            Serve(sender, clock, 8, ref sequence, UtcAtBootMs + 3600000);
            sender.TakeAcknowledged(link.MarkId);
            Assert.IsTrue(sender.HasRoundTrip);
            Assert.IsFalse(sender.IsDone);
            link.Flash.FailsReads = false;
            Serve(sender, clock, 8, ref sequence, UtcAtBootMs + 3600000);
            sender.TakeAcknowledged(link.MarkId);
            Assert.AreEqual(5, link.DataCount);
            Assert.AreEqual(0, recorder.Outbox.Count);
            Assert.IsTrue(sender.IsDone);
        }

        private static Recorder Recorded(int count, BusyLink link, out HistorySender sender, out FakeClock clock)
        {
            RecordedMinutes minutes = new RecordedMinutes(link.Flash, UtcAtBootMs, count);
            minutes.Services.Link = link;
            clock = minutes.Clock;
            MessageBuilder messages = new MessageBuilder(minutes.Table, minutes.Services.Configuration, null);
            sender = new HistorySender(minutes.Services, minutes.Recorder, new Snapshot(), messages, new Topics("group", "node", ""));
            return minutes.Recorder;
        }

        private static void Serve(HistorySender sender, FakeClock clock, int times, ref int sequence, long nowUtcMs)
        {
            for (int i = 0; i < times; i++)
            {
                clock.Sleep(250);
                Assert.AreEqual((int)LinkStatus.Ok, (int)sender.Serve(ref sequence, nowUtcMs));
            }
        }

        /// <summary>Takes everything, but for marks while it is told not to.</summary>
        private sealed class BusyLink : IMessageLink
        {
            public readonly FakeFlash Flash = new FakeFlash(64);
            public bool IsBusyForMarks;
            public int DataCount;
            public int MarkId;

            public bool IsConnected
            {
                get { return true; }
            }

            public int DroppedCount
            {
                get { return 0; }
            }

            public LinkStatus Connect(LinkOptions options)
            {
                return LinkStatus.Ok;
            }

            public LinkStatus Subscribe(string topicFilter, int qualityOfService)
            {
                return LinkStatus.Ok;
            }

            public LinkStatus Publish(string topic, byte[] payload, int qualityOfService, bool retain, out int messageId)
            {
                messageId = 0;
                if (qualityOfService == 0)
                {
                    DataCount++;
                    return LinkStatus.Ok;
                }

                if (IsBusyForMarks)
                {
                    return LinkStatus.Busy;
                }

                messageId = ++MarkId;
                return LinkStatus.Ok;
            }

            public bool TryReceive(out LinkMessage message)
            {
                message = null;
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
}
