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
    public class RecorderTests
    {
        [TestMethod]
        public static void DroppedRecords_CountsDroppedAndDamagedOnes()
        {
            FakeFlash flash = new FakeFlash(64);
            RecordedMinutes minutes = new RecordedMinutes(flash, 1700000000000, 20);
            Recorder recorder = minutes.Recorder;
            FakeClock clock = minutes.Clock;
            MetricTable table = minutes.Table;
            recorder.Flush();
            string[] names = flash.List();
            for (int i = 0; i < names.Length; i++)
            {
                if (names[i].IndexOf("journal-0") == 0)
                {
                    flash.Content(names[i])[3 * JournalFormat.RecordSizeBytes] ^= 1;
                }
            }

            recorder.ReportHealth(clock.TickMs);
            Assert.AreEqual(0L, table.Value(NodeMetric.DroppedRecords));
            recorder.Outbox.BeginSession();
            JournalRecord record = new JournalRecord();
            int count = 0;
            while (recorder.Outbox.TryReadNext(record) == JournalReadStatus.Record)
            {
                count++;
            }

            Assert.AreEqual(19, count);
            recorder.ReportHealth(clock.TickMs);
            Assert.AreEqual(1L, table.Value(NodeMetric.DroppedRecords));
        }
    }
}
