namespace SensorNode.Contracts
{
    /// <summary>Sentences on metrics, for people.</summary>
    public interface IMetricTexts
    {
        /// <summary>The sentence on a metric, in printable ASCII.</summary>
        /// <param name="metric">Its index in the metric table, settings included; not bdSeq.</param>
        string Of(int metric);
    }
}
