using nanoFramework.TestFramework;
using SensorNode.Configuration;
using SensorNode.Sparkplug;

namespace SensorNode.Sparkplug.Tests
{
    [TestClass]
    public class MetricTableTests
    {
        // Vibration/X/Velocity RMS: dead band 50 um/s, and the table's percentage.
        private const int Velocity = Metric.AxisFirst + Metric.AxisVelocityRms;

        [TestMethod]
        public static void FirstValue_IsAChange()
        {
            MetricTable table = new MetricTable(new MetricCatalog(), Narrow());
            Assert.IsTrue(table.IsNull(Velocity));
            Assert.AreEqual(0, CountChanged(table));
            table.SetNumber(Velocity, 0, 7);
            Assert.IsTrue(table.IsChanged(Velocity));
            Assert.AreEqual(7L, table.TickMs(Velocity));
            Assert.AreEqual(1, CountChanged(table));
        }

        [TestMethod]
        public static void DeadBand_IsTheLargerOfNumberAndPercentage()
        {
            AssertChange(100, 150, false);
            AssertChange(100, 151, true);
            AssertChange(100, 49, true);
            AssertChange(10000, 10500, false);
            AssertChange(10000, 10501, true);
            AssertChange(10000, 9499, true);
            AssertChange(10000, 9500, false);
        }

        [TestMethod]
        public static void SameTextAgain_HasItsNewTime_AndIsNoChange()
        {
            MetricTable table = new MetricTable(new MetricCatalog(), Narrow());
            table.SetText(NodeMetric.CommandAnswer, "done", 100);
            table.MarkSent();
            table.SetText(NodeMetric.CommandAnswer, "done", 90000);
            Assert.IsFalse(table.IsChanged(NodeMetric.CommandAnswer));
            Assert.AreEqual(90000L, table.TickMs(NodeMetric.CommandAnswer));
        }

        [TestMethod]
        public static void TextThatIsNoMore_IsEmpty()
        {
            MetricTable table = new MetricTable(new MetricCatalog(), Narrow());
            table.SetText(NodeMetric.TemperatureAlarm, "limit", 1);
            table.SetNull(NodeMetric.TemperatureAlarm, 2);
            Assert.AreEqual("", table.Text(NodeMetric.TemperatureAlarm));
            table.SetText(NodeMetric.TemperatureAlarm, "limit", 3);
            Assert.AreEqual("limit", table.Text(NodeMetric.TemperatureAlarm));
            Assert.IsTrue(table.IsChanged(NodeMetric.TemperatureAlarm));
        }

        [TestMethod]
        public static void SmallSteps_AddUpAgainstTheValueSentLast()
        {
            MetricTable table = SentAt(1000);
            for (int value = 1010; value <= 1050; value += 10)
            {
                table.SetNumber(Velocity, value, 1);
                Assert.IsFalse(table.IsChanged(Velocity));
            }

            table.SetNumber(Velocity, 1051, 1);
            Assert.IsTrue(table.IsChanged(Velocity));
        }

        [TestMethod]
        public static void AfterABirth_ChangesCountAgainstItsValues()
        {
            MetricTable table = SentAt(1000);
            table.SetNumber(Velocity, 1040, 1);
            Assert.IsFalse(table.IsChanged(Velocity));

            // The birth tells 1040, though it was within the dead band.
            table.MarkAllSent();
            table.SetNumber(Velocity, 1085, 2);
            Assert.IsFalse(table.IsChanged(Velocity));
            table.SetNumber(Velocity, 1093, 2);
            Assert.IsTrue(table.IsChanged(Velocity));
            table.MarkAllSent();
            Assert.AreEqual(0, CountChanged(table));
        }

        [TestMethod]
        public static void StateTexts_ChangeOnlyWhenTheyDiffer()
        {
            MetricTable table = new MetricTable(new MetricCatalog(), Narrow());
            table.SetText(Metric.Alarm, "none", 1);
            table.MarkSent();
            table.SetText(Metric.Alarm, "none", 2);
            Assert.IsFalse(table.IsChanged(Metric.Alarm));
            table.MarkUrgent(Metric.Alarm);
            Assert.IsFalse(table.IsUrgent, "nothing changed, so nothing is urgent");
            table.SetText(Metric.Alarm, "warning", 3);
            table.MarkUrgent(Metric.Alarm);
            Assert.IsTrue(table.IsUrgent && table.IsChanged(Metric.Alarm));
            table.MarkSent();
            Assert.IsFalse(table.IsUrgent || table.IsChanged(Metric.Alarm));
        }

        [TestMethod]
        public static void ValueThatBecomesInvalidAndValidAgain_IsReportedBothTimes()
        {
            MetricTable table = SentAt(1000);
            table.SetNull(Velocity, 5);
            Assert.IsTrue(table.IsNull(Velocity) && table.IsChanged(Velocity));
            table.MarkSent();
            table.SetNull(Velocity, 6);
            Assert.IsFalse(table.IsChanged(Velocity));
            table.SetNumber(Velocity, 1000, 7);
            Assert.IsTrue(table.IsChanged(Velocity) && !table.IsNull(Velocity));
        }

        [TestMethod]
        public static void Request_AsksForAValueThatExists()
        {
            MetricTable table = SentAt(1000);
            table.Request(Velocity);
            table.Request(NodeMetric.Temperature);
            Assert.IsTrue(table.IsChanged(Velocity));
            Assert.IsFalse(table.IsChanged(NodeMetric.Temperature));
        }

        private static NodeConfiguration Narrow()
        {
            NodeConfiguration configuration = new NodeConfiguration();
            configuration.TrySet(ConfigurationKey.DeadBandVelocity, "50");
            configuration.TrySet(ConfigurationKey.ReportDeadBandPercent, "5");
            return configuration;
        }

        private static int CountChanged(MetricTable table)
        {
            int count = 0;
            for (int metric = 0; metric < Metric.Count; metric++)
            {
                count += table.IsChanged(metric) ? 1 : 0;
            }

            return count;
        }

        private static MetricTable SentAt(long value)
        {
            MetricTable table = new MetricTable(new MetricCatalog(), Narrow());
            table.SetNumber(Velocity, value, 0);
            table.MarkSent();
            return table;
        }

        private static void AssertChange(long from, long to, bool isExpected)
        {
            MetricTable table = SentAt(from);
            table.SetNumber(Velocity, to, 1);
            Assert.AreEqual(isExpected, table.IsChanged(Velocity), to.ToString());
        }
    }
}
