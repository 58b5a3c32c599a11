using SensorNode.Contracts;

namespace SensorNode.Esp32
{
    /// <summary>Stands where no temperature sensor is fitted.</summary>
    public sealed class NoTemperatureSensor : ITemperatureSensor
    {
        /// <inheritdoc/>
        public string PartName
        {
            get { return "none"; }
        }

        /// <inheritdoc/>
        public SensorStatus Read(out int temperatureCentiC)
        {
            temperatureCentiC = 0;
            return SensorStatus.NotSupported;
        }
    }
}
