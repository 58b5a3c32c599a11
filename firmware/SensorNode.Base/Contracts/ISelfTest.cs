namespace SensorNode.Contracts
{
    /// <summary>An accelerometer that can test itself. From the thread that samples; the chip must be configured anew afterwards, whatever the result.</summary>
    public interface ISelfTest
    {
        /// <summary>Moves the chip's own mass and looks whether the output follows. Blocks for about a second, for 2.5 s where no samples come.</summary>
        /// <param name="changeMilliG">int[3]: how far x, y and z moved, in milli-g; 0 unless the result is Ok or ImplausibleValue.</param>
        /// <returns>Ok; ImplausibleValue: an axis moved too little or too much; WrongChip; BusFault; InvalidSetting: the bus is too slow or too fast for the test.</returns>
        SensorStatus SelfTest(int[] changeMilliG);
    }
}
