namespace SensorNode.Sparkplug
{
    /// <summary>The metrics that an application has, by index; the index is also the alias. The settings of node.conf follow behind them by themselves.</summary>
    public interface IMetricCatalog
    {
        /// <summary>How many metrics there are before the settings. 0 is bdSeq and 1 is Node Control/Rebirth, as the standard names them.</summary>
        int SettingFirst { get; }

        /// <summary>Fills one description.</summary>
        /// <param name="metric">0 to <see cref="SettingFirst"/> - 1.</param>
        /// <param name="into">Overwritten.</param>
        void Describe(int metric, MetricDescription into);
    }
}
