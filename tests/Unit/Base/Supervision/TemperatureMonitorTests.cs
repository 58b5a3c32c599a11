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
    }
}
