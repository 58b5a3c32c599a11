namespace SensorNode.Acquisition
{
    /// <summary>One window of samples on three axes. One or two of them go round between sampler and analysis; nothing is copied.</summary>
    public sealed class CapturedWindow
    {
        /// <summary>short[points] each, counts of the sensor, oldest first.</summary>
        public readonly short[] XCounts;

        /// <summary>See x.</summary>
        public readonly short[] YCounts;

        /// <summary>See x.</summary>
        public readonly short[] ZCounts;

        /// <summary>Bits of <see cref="SensorNode.Contracts.WindowQuality"/>; 0 where every sample is there and in order.</summary>
        public int Quality;

        /// <summary>Time since boot at which the last sample was read.</summary>
        public long TickMs;

        public CapturedWindow(int points)
        {
            XCounts = new short[points];
            YCounts = new short[points];
            ZCounts = new short[points];
        }
    }
}
