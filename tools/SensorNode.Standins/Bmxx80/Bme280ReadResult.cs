using UnitsNet;

namespace Iot.Device.Bmxx80.ReadResult
{
    /// <summary>One measurement of temperature, pressure and humidity.</summary>
    public class Bme280ReadResult : Bmp280ReadResult
    {
        public Bme280ReadResult(Temperature temperature, bool temperatureIsValid, Pressure pressure, bool pressureIsValid, RelativeHumidity humidity, bool humidityIsValid)
            : base(temperature, temperatureIsValid, pressure, pressureIsValid)
        {
            Humidity = humidity;
            HumidityIsValid = humidityIsValid;
        }

        public RelativeHumidity Humidity { get; }

        public bool HumidityIsValid { get; }
    }
}
