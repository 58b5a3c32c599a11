using SensorNode.Sparkplug;

namespace SensorNode.Sparkplug.Tests
{
    /// <summary>An application without metrics of its own.</summary>
    internal sealed class BareCatalog : IMetricCatalog
    {
        public int SettingFirst
        {
            get { return NodeMetric.Count; }
        }

        public int HeartbeatMetric
        {
            get { return NodeMetric.UptimeMinutes; }
        }

        public void Describe(int metric, MetricDescription into)
        {
        }
    }
}
