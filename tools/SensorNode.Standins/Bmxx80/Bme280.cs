using System.Device.I2c;
using Iot.Device.Bmxx80.ReadResult;
using UnitsNet;

namespace Iot.Device.Bmxx80
{
    /// <summary>BME280: temperature, pressure, humidity, through the chip's registers.</summary>
    public class Bme280 : Bmx280Base
    {
        private const byte DeviceId = 0x60;
        private static readonly int[] Cycles = [0, 3, 5, 9, 18, 35];

        private Sampling _humiditySampling;

        public Bme280(I2cDevice i2cDevice)
            : base(DeviceId, i2cDevice)
        {
        }

        public Sampling HumiditySampling
        {
            get => _humiditySampling;
            set
            {
                _humiditySampling = value;
                WriteRegister(0xF2, (byte)value);

                // The chip takes the setting over with the next write of the other control register.
                WriteControl(0);
            }
        }

        public override int GetMeasurementDuration() => base.GetMeasurementDuration() + Cycles[(int)HumiditySampling];

        public bool TryReadHumidity(out RelativeHumidity humidity)
        {
            byte[] bytes = ReadRegisters(0xFD, 2);
            int raw = bytes[0] << 8 | bytes[1];
            bool isValid = TryReadFine(out double fine) && HumiditySampling != Sampling.Skipped && raw != 0x8000;
            humidity = isValid ? RelativeHumidity.FromPercent(Table.Humidity(raw, fine)) : default;
            return isValid;
        }

        /// <summary>Forces a measurement, waits for it and reads it.</summary>
        public Bme280ReadResult Read()
        {
            Measure();
            bool isTemperature = TryReadTemperature(out Temperature temperature);
            bool isPressure = TryReadPressure(out Pressure pressure);
            bool isHumidity = TryReadHumidity(out RelativeHumidity humidity);
            return new Bme280ReadResult(temperature, isTemperature, pressure, isPressure, humidity, isHumidity);
        }

        protected override void SetDefaultConfiguration()
        {
            base.SetDefaultConfiguration();
            HumiditySampling = Sampling.UltraLowPower;
        }
    }
}
