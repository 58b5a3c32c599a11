using nanoFramework.TestFramework;
using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Fakes;
using SensorNode.Sparkplug;
using SensorNode.Sparkplug.Tests;
using SensorNode.Storage;

namespace SensorNode.Supervision.Tests
{
    /// <summary>The trend in an hour, whatever the time between two readings.</summary>
    [TestClass]
    public class TemperatureTrendTests
    {
        private const int RiseCentiCPerHour = 1200;

        [TestMethod]
        public static void RiseOfTwelveDegrees_IsTwelveDegrees_AtEveryPause()
        {
            int[] pausesSeconds = { 60, 10, 600, 3600 };
            for (int i = 0; i < pausesSeconds.Length; i++)
            {
                ScriptedSensor sensor = new ScriptedSensor();
                TemperatureMonitor monitor = new TemperatureMonitor(sensor, sensor, new NodeConfiguration());
                MetricTable table = new MetricTable(new BareCatalog(), new NodeConfiguration());
                for (int reading = 0; reading < 24; reading++)
                {
                    Measure(monitor, table, sensor, 500000 + (reading * pausesSeconds[i] * 1000L));
                    Assert.AreEqual(reading < 15, table.IsNull(NodeMetric.TemperatureTrend), "reading " + reading.ToString());
                }

                int trend = (int)table.Value(NodeMetric.TemperatureTrend);
                Assert.IsTrue(trend >= RiseCentiCPerHour - 60 && trend <= RiseCentiCPerHour + 60, pausesSeconds[i].ToString() + " s: " + trend.ToString());
            }
        }

        [TestMethod]
        public static void LongGap_BeginsANewTrend()
        {
            ScriptedSensor sensor = new ScriptedSensor();
            TemperatureMonitor monitor = new TemperatureMonitor(sensor, sensor, new NodeConfiguration());
            MetricTable table = new MetricTable(new BareCatalog(), new NodeConfiguration());
            long nowMs = 0;
            for (int reading = 0; reading < 16; reading++)
            {
                Measure(monitor, table, sensor, nowMs);
                nowMs += 60000;
            }

            Assert.IsFalse(table.IsNull(NodeMetric.TemperatureTrend));
            nowMs += 900000;
            for (int reading = 0; reading < 16; reading++)
            {
                Measure(monitor, table, sensor, nowMs);
                Assert.AreEqual(reading < 15, table.IsNull(NodeMetric.TemperatureTrend), "reading " + reading.ToString());
                nowMs += 60000;
            }
        }

        [TestMethod]
        public static void SleepAfterEveryReading_ChangesNothing()
        {
            ScriptedSensor sensor = new ScriptedSensor();
            NodeConfiguration configuration = new NodeConfiguration();
            TemperatureMonitor awake = new TemperatureMonitor(sensor, sensor, configuration);
            TemperatureMonitor asleep = new TemperatureMonitor(sensor, sensor, configuration);
            MetricTable expected = new MetricTable(new BareCatalog(), configuration);
            for (int reading = 0; reading < 40; reading++)
            {
                // Every reading in a start of its own, with a table of its own.
                MetricTable actual = new MetricTable(new BareCatalog(), configuration);
                long nowMs = (reading * 600000L) + (reading % 3 * 2000);
                Measure(awake, expected, sensor, nowMs);
                Measure(asleep, actual, sensor, nowMs);
                Assert.AreEqual(expected.Value(NodeMetric.TemperatureTrend), actual.Value(NodeMetric.TemperatureTrend));
                Assert.AreEqual(expected.Text(NodeMetric.TemperatureAlarm), actual.Text(NodeMetric.TemperatureAlarm));

                FakeFlash flash = new FakeFlash(4);
                SleepState state = new SleepState(flash);
                state.Begin(1, nowMs, RestartReason.PowerOn);
                asleep.Keep(state);
                state.Store();
                asleep = new TemperatureMonitor(sensor, sensor, configuration);
                SleepState stored = new SleepState(flash);
                Assert.IsTrue(stored.TryOpen());
                asleep.Recall(stored);
            }
        }

        private static void Measure(TemperatureMonitor monitor, MetricTable table, ScriptedSensor sensor, long nowMs)
        {
            sensor.TemperatureCentiC = 2000 + (int)(nowMs * RiseCentiCPerHour / 3600000);
            monitor.Measure(table, nowMs);
        }
    }
}
