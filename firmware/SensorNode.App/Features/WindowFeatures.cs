namespace SensorNode.Features
{
    /// <summary>What one window says. One object for life, overwritten by each window.</summary>
    public sealed class WindowFeatures
    {
        /// <summary>One entry an axis.</summary>
        public readonly AxisFeatures[] Axes;

        /// <summary>The detector's input: for each axis the band levels and the level of the variance, Q8 (see <see cref="BandLevels"/>).</summary>
        public readonly short[] VectorQ8;

        /// <summary>Bits of <see cref="WindowQuality"/>.</summary>
        public int Quality;

        /// <param name="axisCount">1 to 3.</param>
        public WindowFeatures(int axisCount)
        {
            Axes = new AxisFeatures[axisCount];
            for (int i = 0; i < axisCount; i++)
            {
                Axes[i] = new AxisFeatures();
            }

            VectorQ8 = new short[axisCount * BandLevels.PerAxis];
        }
    }
}
