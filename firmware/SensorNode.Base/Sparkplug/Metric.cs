namespace SensorNode.Sparkplug
{
    /// <summary>The application's metrics, by index; the index is also the alias. <see cref="MetricCatalog"/> describes each; those before them: <see cref="NodeMetric"/>. MetricTexts of SensorNode.Boot has a sentence on each, in this order.</summary>
    public static class Metric
    {
        public const int Relearn = NodeMetric.Count + 0;
        public const int Extend = NodeMetric.Count + 1;
        public const int VelocityBandLow = NodeMetric.Count + 2;
        public const int VelocityBandHigh = NodeMetric.Count + 3;
        public const int DetectorPhase = NodeMetric.Count + 4;
        public const int LearnedWindows = NodeMetric.Count + 5;
        public const int Alarm = NodeMetric.Count + 6;
        public const int AlarmReason = NodeMetric.Count + 7;
        public const int Score = NodeMetric.Count + 8;
        public const int IsRunning = NodeMetric.Count + 9;
        public const int OperatingState = NodeMetric.Count + 10;
        public const int Zone = NodeMetric.Count + 11;
        public const int WindowQuality = NodeMetric.Count + 12;
        public const int InvalidWindowCount = NodeMetric.Count + 13;

        /// <summary>First metric of the x axis; y and z follow.</summary>
        public const int AxisFirst = NodeMetric.Count + 14;

        public const int AxisVelocityRms = 0;
        public const int AxisAccelerationRms = 1;
        public const int AxisAccelerationPeak = 2;
        public const int AxisCrestFactor = 3;
        public const int AxisKurtosis = 4;
        public const int AxisDominantFrequency = 5;
        public const int AxisDominantAmplitude = 6;
        public const int AxisBandLevels = 7;
        public const int AxisEnvelopeFrequency = 8;
        public const int AxisEnvelopeDepth = 9;

        /// <summary>Metrics of one axis.</summary>
        public const int AxisMetricCount = 10;

        /// <summary>First setting: this plus the <see cref="Configuration.ConfigurationKey"/>.</summary>
        public const int ConfigurationFirst = AxisFirst + 3 * AxisMetricCount;

        /// <summary>How many metrics there are.</summary>
        public const int Count = ConfigurationFirst + Configuration.ConfigurationKey.Count;

        /// <summary>One metric of one axis.</summary>
        /// <param name="axis">0 x, 1 y, 2 z.</param>
        /// <param name="offset">One of the Axis constants.</param>
        public static int OfAxis(int axis, int offset)
        {
            return AxisFirst + axis * AxisMetricCount + offset;
        }
    }
}
