namespace SensorNode.Contracts
{
    /// <summary>An accelerometer that can test itself. From the thread that samples; the chip must be configured anew afterwards, whatever the result.</summary>
    public interface ISelfTest
    {
        /// <summary>Moves the chip's own mass and looks whether the output follows. Blocks for up to a second.</summary>
        /// <param name="changeMilliG">int[3]: how far x, y and z moved, in milli-g.</param>
        /// <returns>Ok; ImplausibleValue: an axis moved too little or too much; WrongChip; BusFault.</returns>
        SensorStatus SelfTest(int[] changeMilliG);
    }
}
