using System;
using Iot.Device.Bmxx80;
using Iot.Device.Bmxx80.ReadResult;
using SensorNode.Contracts;

namespace SensorNode.Esp32
{
    /// <summary>A BME280 or BMP280 through the Iot.Device.Bmxx80 binding, as a temperature sensor.</summary>
    /// <remarks>
    /// The binding drops the status of its transfers, so that a chip that has come loose goes on giving its last value. The identity register is
    /// therefore read here first, with its status looked at, before every measurement.
    /// Cost: a forced measurement, about 10 ms, and one result object each time. Once a minute.
    /// Source: BME280 data sheet BST-BME280-DS002, table 18: register 0xD0 holds 0x60. BMP280 data sheet BST-BMP280-DS001, table 18: it holds 0x58.
    /// </remarks>
    internal sealed class Bmx280Temperature : ITemperatureSensor
    {
        private const int FirstAddress = 0x76;
        private const int SecondAddress = 0x77;
        private const byte IdentityRegister = 0xD0;
        private const byte IdentityBme = 0x60;
        private const byte IdentityBmp = 0x58;
        private const int TemperatureCentiCMin = -4000;
        private const int TemperatureCentiCMax = 8500;

        private readonly I2cRegisterBus _bus;
        private readonly byte[] _identity = new byte[1];
        private readonly bool _isBmp;
        private Bmx280Base _sensor;

        /// <param name="bus">With the chip at 0x76 or 0x77.</param>
        /// <param name="isBmp">True for a BMP280, false for a BME280.</param>
        public Bmx280Temperature(I2cBus bus, bool isBmp)
        {
            _isBmp = isBmp;
            _bus = new I2cRegisterBus(bus, FirstAddress, SecondAddress, IdentityRegister, isBmp ? IdentityBmp : IdentityBme);
        }

        /// <inheritdoc/>
        public string PartName
        {
            get { return _isBmp ? "BMP280" : "BME280"; }
        }

        /// <inheritdoc/>
        public SensorStatus Read(out int temperatureCentiC)
        {
            temperatureCentiC = 0;
            if (_bus.Read(IdentityRegister, _identity, 0, 1) != TransferStatus.Ok)
            {
                // A chip that was away has lost its settings: the binding must set it up again.
                _sensor = null;
                return SensorStatus.BusFault;
            }

            if (_identity[0] != (_isBmp ? IdentityBmp : IdentityBme))
            {
                return SensorStatus.WrongChip;
            }

            Bmp280ReadResult result;
            try
            {
                if (_sensor == null)
                {
                    _sensor = _isBmp ? (Bmx280Base)new Bmp280(_bus.Device) : new Bme280(_bus.Device);
                    _sensor.TemperatureSampling = Sampling.Standard;
                }

                result = _isBmp ? ((Bmp280)_sensor).Read() : ((Bme280)_sensor).Read();
            }
            catch (Exception)
            {
                // The binding throws where the chip falls silent between two of its transfers.
                _sensor = null;
                return SensorStatus.BusFault;
            }

            if (!result.TemperatureIsValid)
            {
                return SensorStatus.BusFault;
            }

            int centiC = (int)(result.Temperature.DegreesCelsius * 100.0);
            if (centiC < TemperatureCentiCMin || centiC > TemperatureCentiCMax)
            {
                return SensorStatus.ImplausibleValue;
            }

            temperatureCentiC = centiC;
            return SensorStatus.Ok;
        }
    }
}
