namespace SensorNode.Contracts
{
    /// <summary>A temperature sensor of its own, beside the machine's vibration.</summary>
    public interface ITemperatureSensor
    {
        /// <summary>Part name, for example BME280; "none" where no sensor is fitted.</summary>
        string PartName { get; }

        /// <summary>Takes one measurement. May block for some tens of milliseconds.</summary>
        /// <param name="temperatureCentiC">Hundredths of a degree Celsius; 0 unless the result is Ok.</param>
        /// <returns>Ok; BusFault; WrongChip; ImplausibleValue (outside -40 to 85 degrees Celsius); NotSupported: none fitted.</returns>
        SensorStatus Read(out int temperatureCentiC);
    }
}
