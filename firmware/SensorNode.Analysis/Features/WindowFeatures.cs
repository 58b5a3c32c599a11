namespace SensorNode.Features
{
    /// <summary>What one window says. One object for life, overwritten by each window.</summary>
    public sealed class WindowFeatures
    {
        /// <summary>Bands of an axis.</summary>
        public const int BandCount = 22;

        /// <summary>Values of an axis in the detector's vector: the bands, then the variance.</summary>
        public const int PerAxis = BandCount + 1;

        /// <summary>One entry an axis.</summary>
        public readonly AxisFeatures[] Axes;

        /// <summary>The detector's input: for each axis the band levels and the level of the variance, Q8 (see <see cref="SensorNode.Dsp.BandLevels"/>).</summary>
        public readonly short[] VectorQ8;

        /// <summary>Bits of <see cref="SensorNode.Contracts.WindowQuality"/>.</summary>
        public int Quality;

        /// <param name="axisCount">1 to 3.</param>
        public WindowFeatures(int axisCount)
        {
            Axes = new AxisFeatures[axisCount];
            for (int i = 0; i < axisCount; i++)
            {
                Axes[i] = new AxisFeatures();
            }

            VectorQ8 = new short[axisCount * PerAxis];
        }
    }
}
