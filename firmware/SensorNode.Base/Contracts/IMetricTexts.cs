namespace SensorNode.Contracts
{
    /// <summary>Sentences on metrics, for people, in printable ASCII.</summary>
    public interface IMetricTexts
    {
        /// <summary>On a metric of the catalog that comes with the node (<see cref="Sparkplug.MetricCatalog"/>).</summary>
        /// <param name="metric">Its index, not that of bdSeq or of a setting.</param>
        string OfMetric(int metric);

        /// <summary>On a setting.</summary>
        /// <param name="key">0 to <see cref="Configuration.ConfigurationKey.Count"/> - 1.</param>
        string OfSetting(int key);
    }
}
