using nanoFramework.TestFramework;
using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Sparkplug;
using SensorNode.Sparkplug.Tests;

namespace SensorNode.Supervision.Tests
{
    [TestClass]
    public class TemperatureMonitorTests
    {
        [TestMethod]
        public static void FailedSensor_LeavesNoAlarmBehind()
        {
            NodeConfiguration configuration = new NodeConfiguration();
            MetricTable table = new MetricTable(new BareCatalog(), configuration);
            ScriptedSensor sensor = new ScriptedSensor();
            TemperatureMonitor monitor = new TemperatureMonitor(sensor, sensor, configuration);
            int limitCentiC = configuration.Number(ConfigurationKey.TemperatureLimitCentiC);
            sensor.TemperatureCentiC = limitCentiC + 1;
            monitor.Measure(table, 60000);
            Assert.AreEqual("limit", table.Text(NodeMetric.TemperatureAlarm));

            sensor.Status = SensorStatus.BusFault;
            monitor.Measure(table, 120000);
            Assert.IsTrue(table.IsNull(NodeMetric.Temperature));
            Assert.IsTrue(table.IsNull(NodeMetric.TemperatureTrend));
            Assert.IsTrue(table.IsNull(NodeMetric.TemperatureAlarm));
            Assert.AreEqual("", table.Text(NodeMetric.TemperatureAlarm));
            Assert.AreEqual("no answer", table.Text(NodeMetric.TemperatureStatus));

            // What comes after the gap is judged anew: no hysteresis of an alarm that was before it.
            sensor.Status = SensorStatus.Ok;
            sensor.TemperatureCentiC = limitCentiC;
            monitor.Measure(table, 180000);
            Assert.AreEqual("none", table.Text(NodeMetric.TemperatureAlarm));
            Assert.IsFalse(table.IsNull(NodeMetric.TemperatureAlarm));
        }

        private sealed class ScriptedSensor : ITemperatureSensor, IAccelerometer
        {
            internal SensorStatus Status;
            internal int TemperatureCentiC;

            public string PartName
            {
                get { return "script"; }
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
                temperatureCentiC = TemperatureCentiC;
                return Status;
            }

            public SensorStatus ReadDieTemperature(out int temperatureCentiC)
            {
                temperatureCentiC = 0;
                return SensorStatus.NotSupported;
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
        }
    }
}
