using System.Device.I2c;
using Iot.Device.Bmxx80.ReadResult;
using UnitsNet;

namespace Iot.Device.Bmxx80
{
    /// <summary>BMP280: temperature and pressure, through the chip's registers.</summary>
    public class Bmp280 : Bmx280Base
    {
        private const byte DeviceId = 0x58;

        public Bmp280(I2cDevice i2cDevice)
            : base(DeviceId, i2cDevice)
        {
        }

        /// <summary>Forces a measurement, waits for it and reads it.</summary>
        public Bmp280ReadResult Read()
        {
            Measure();
            bool isTemperature = TryReadTemperature(out Temperature temperature);
            bool isPressure = TryReadPressure(out Pressure pressure);
            return new Bmp280ReadResult(temperature, isTemperature, pressure, isPressure);
        }
    }
}
