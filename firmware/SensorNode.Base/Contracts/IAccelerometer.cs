namespace SensorNode.Contracts
{
    /// <summary>A three-axis accelerometer with a FIFO, as a driver offers it.</summary>
    /// <remarks>
    /// Use:     Configure once, Start, then DrainFifo often enough (see <see cref="FifoCapacitySamples"/>) from one thread.
    /// Memory:  buffers are allocated by the constructor; DrainFifo allocates only what the bus does.
    /// </remarks>
    public interface IAccelerometer
    {
        /// <summary>Part name as its maker prints it, for example LSM6DSO.</summary>
        string PartName { get; }

        /// <summary>The output data rate in force, in mHz, corrected by the chip's own trim where it has one. 0 before Configure.</summary>
        int OutputRateMilliHz { get; }

        /// <summary>One count, in nano-g, at the range in force. 0 before Configure.</summary>
        int NanoGPerCount { get; }

        /// <summary>A sample whose magnitude reaches this many counts is taken as clipped.</summary>
        int ClipCounts { get; }

        /// <summary>Upper end of the band in which the chip's own filter is within 1 dB, in mHz, at the rate in force.</summary>
        int BandwidthMilliHz { get; }

        /// <summary>Samples of three axes that the FIFO holds before it overruns.</summary>
        int FifoCapacitySamples { get; }

        /// <summary>Checks the identity and sets range and rate. Leaves the chip stopped with an empty FIFO.</summary>
        /// <param name="rangeG">Full scale, plus and minus, in g. Must be one of the chip's.</param>
        /// <param name="outputRateHz">Nominal rate in Hz, rounded down. Must be one of the chip's.</param>
        /// <returns>Ok; BusFault; WrongChip; InvalidSetting (nothing was changed).</returns>
        SensorStatus Configure(int rangeG, int outputRateHz);

        /// <summary>Clears the FIFO and starts filling it.</summary>
        /// <returns>Ok or BusFault.</returns>
        SensorStatus Start();

        /// <summary>Stops sampling. The FIFO is left as it is.</summary>
        /// <returns>Ok or BusFault.</returns>
        SensorStatus Stop();

        /// <summary>Moves waiting samples out of the FIFO, oldest first, one array for each axis.</summary>
        /// <param name="xCounts">Written from <paramref name="offset"/> on; likewise y and z.</param>
        /// <param name="yCounts">See x.</param>
        /// <param name="zCounts">See x.</param>
        /// <param name="offset">First index to write.</param>
        /// <param name="capacity">Most samples to move. What does not fit stays in the FIFO.</param>
        /// <param name="count">Samples moved, 0 to capacity. 0 with Ok means none waiting; always 0 on any other status.</param>
        /// <returns>Ok; BusFault: arrays untouched from offset on, or holding samples that do not count; Overrun.</returns>
        SensorStatus DrainFifo(short[] xCounts, short[] yCounts, short[] zCounts, int offset, int capacity, out int count);

        /// <summary>The chip's own temperature, in hundredths of a degree Celsius. Rises with self-heating.</summary>
        /// <returns>Ok; BusFault; NotSupported (value 0).</returns>
        SensorStatus ReadDieTemperature(out int temperatureCentiC);
    }
}
