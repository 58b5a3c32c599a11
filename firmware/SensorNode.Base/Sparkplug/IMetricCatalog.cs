namespace SensorNode.Sparkplug
{
    /// <summary>The metrics that an application has, by index; the index is also the alias. The settings of node.conf follow behind them by themselves.</summary>
    public interface IMetricCatalog
    {
        /// <summary>How many metrics there are before the settings, those of <see cref="NodeMetric"/> included.</summary>
        int SettingFirst { get; }

        /// <summary>The metric that is part of a heartbeat, changed or not.</summary>
        int HeartbeatMetric { get; }

        /// <summary>Fills one description.</summary>
        /// <param name="metric"><see cref="NodeMetric.Count"/> to <see cref="SettingFirst"/> - 1.</param>
        /// <param name="into">Overwritten.</param>
        void Describe(int metric, MetricDescription into);
    }
}
