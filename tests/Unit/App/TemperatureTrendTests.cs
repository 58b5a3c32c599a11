using nanoFramework.TestFramework;
using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Fakes;
using SensorNode.Sparkplug;
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
                Probe probe = new Probe();
                TemperatureMonitor monitor = new TemperatureMonitor(probe, probe, new NodeConfiguration());
                MetricTable table = new MetricTable(new MetricCatalog(), new NodeConfiguration());
                for (int reading = 0; reading < 24; reading++)
                {
                    Measure(monitor, table, probe, 500000 + (reading * pausesSeconds[i] * 1000L));
                    Assert.AreEqual(reading < 15, table.IsNull(NodeMetric.TemperatureTrend), "reading " + reading.ToString());
                }

                int trend = (int)table.Value(NodeMetric.TemperatureTrend);
                Assert.IsTrue(trend >= RiseCentiCPerHour - 60 && trend <= RiseCentiCPerHour + 60, pausesSeconds[i].ToString() + " s: " + trend.ToString());
            }
        }

        [TestMethod]
        public static void LongGap_BeginsANewTrend()
        {
            Probe probe = new Probe();
            TemperatureMonitor monitor = new TemperatureMonitor(probe, probe, new NodeConfiguration());
            MetricTable table = new MetricTable(new MetricCatalog(), new NodeConfiguration());
            long nowMs = 0;
            for (int reading = 0; reading < 16; reading++)
            {
                Measure(monitor, table, probe, nowMs);
                nowMs += 60000;
            }

            Assert.IsFalse(table.IsNull(NodeMetric.TemperatureTrend));
            nowMs += 900000;
            long before = table.TickMs(NodeMetric.TemperatureTrend);
            for (int reading = 0; reading < 16; reading++)
            {
                Measure(monitor, table, probe, nowMs);
                Assert.AreEqual(reading == 15, table.TickMs(NodeMetric.TemperatureTrend) != before, "reading " + reading.ToString());
                nowMs += 60000;
            }
        }

        [TestMethod]
        public static void SleepAfterEveryReading_ChangesNothing()
        {
            Probe probe = new Probe();
            NodeConfiguration configuration = new NodeConfiguration();
            TemperatureMonitor awake = new TemperatureMonitor(probe, probe, configuration);
            TemperatureMonitor asleep = new TemperatureMonitor(probe, probe, configuration);
            MetricTable expected = new MetricTable(new MetricCatalog(), configuration);
            for (int reading = 0; reading < 40; reading++)
            {
                // Every reading in a start of its own, with a table of its own.
                MetricTable actual = new MetricTable(new MetricCatalog(), configuration);
                long nowMs = (reading * 600000L) + (reading % 3 * 2000);
                Measure(awake, expected, probe, nowMs);
                Measure(asleep, actual, probe, nowMs);
                Assert.AreEqual(expected.Value(NodeMetric.TemperatureTrend), actual.Value(NodeMetric.TemperatureTrend));
                Assert.AreEqual(expected.Text(NodeMetric.TemperatureAlarm), actual.Text(NodeMetric.TemperatureAlarm));

                FakeFlash flash = new FakeFlash(4);
                SleepState state = new SleepState(flash);
                state.Begin(1, nowMs, RestartReason.PowerOn);
                asleep.Keep(state);
                state.Store();
                asleep = new TemperatureMonitor(probe, probe, configuration);
                SleepState stored = new SleepState(flash);
                Assert.IsTrue(stored.TryOpen());
                asleep.Recall(stored);
            }
        }

        private static void Measure(TemperatureMonitor monitor, MetricTable table, Probe probe, long nowMs)
        {
            probe.CentiC = 2000 + (int)(nowMs * RiseCentiCPerHour / 3600000);
            monitor.Measure(table, nowMs);
        }

        /// <summary>A temperature sensor that says what it is told; as an accelerometer it has none.</summary>
        private sealed class Probe : ITemperatureSensor, IAccelerometer
        {
            public int CentiC;

            public string PartName
            {
                get { return "probe"; }
            }

            public int OutputRateMilliHz
            {
                get { return 0; }
            }

            public int NanoGPerCount
            {
                get { return 0; }
            }

            public int ClipCounts
            {
                get { return 0; }
            }

            public int BandwidthMilliHz
            {
                get { return 0; }
            }

            public int FifoCapacitySamples
            {
                get { return 0; }
            }

            public SensorStatus Read(out int temperatureCentiC)
            {
                temperatureCentiC = CentiC;
                return SensorStatus.Ok;
            }

            public SensorStatus Configure(int rangeG, int outputRateHz)
            {
                return SensorStatus.Ok;
            }

            public SensorStatus Start()
            {
                return SensorStatus.Ok;
            }

            public SensorStatus Stop()
            {
                return SensorStatus.Ok;
            }

            public SensorStatus DrainFifo(short[] xCounts, short[] yCounts, short[] zCounts, int offset, int capacity, out int count)
            {
                count = 0;
                return SensorStatus.Ok;
            }

            public SensorStatus ReadDieTemperature(out int temperatureCentiC)
            {
                temperatureCentiC = 0;
                return SensorStatus.NotSupported;
            }
        }
    }
}
