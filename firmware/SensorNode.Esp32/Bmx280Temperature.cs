using System;
using Iot.Device.Bmxx80;
using Iot.Device.Bmxx80.ReadResult;
using SensorNode.Contracts;

namespace SensorNode.Esp32
{
    /// <summary>A BME280 or BMP280 through the Iot.Device.Bmxx80 binding, as a temperature sensor.</summary>
    /// <remarks>
    /// The binding drops the status of its transfers: a chip that has come loose goes on giving its last value, and one transfer that broke while it read the
    /// calibration makes every value wrong from then on. So the identity is read here before every measurement, calibration and raw value after it, each
    /// with its status looked at, and the value counts only where the chip's own formula says the same.
    /// Cost: a forced measurement, about 10 ms, and one result object each time. Once a minute.
    /// Source: BME280 data sheet BST-BME280-DS002, table 18: register 0xD0 holds 0x60; 4.2.2: calibration from 0x88; 4.2.3: formula; 5.4.8: raw value from 0xFA.
    ///         BMP280 data sheet BST-BMP280-DS001: 0xD0 holds 0x58, and the rest is the same.
    /// </remarks>
    internal sealed class Bmx280Temperature : ITemperatureSensor
    {
        private const int FirstAddress = 0x76;
        private const int SecondAddress = 0x77;
        private const byte IdentityRegister = 0xD0;
        private const byte IdentityBme = 0x60;
        private const byte IdentityBmp = 0x58;
        private const byte CalibrationRegister = 0x88;
        private const int CalibrationBytes = 6;
        private const byte RawRegister = 0xFA;
        private const int RawBytes = 3;

        // The binding computes with floating point.
        private const int RoundingCentiC = 3;
        private const int TemperatureCentiCMin = -4000;
        private const int TemperatureCentiCMax = 8500;

        private readonly I2cRegisterBus _bus;
        private readonly byte[] _bytes = new byte[CalibrationBytes + RawBytes];
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
            if (_bus.Read(IdentityRegister, _bytes, 0, 1) != TransferStatus.Ok)
            {
                // A chip that was away has lost its settings: the binding must set it up again.
                _sensor = null;
                return SensorStatus.BusFault;
            }

            if (_bytes[0] != (_isBmp ? IdentityBmp : IdentityBme))
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
            int differenceCentiC = TryCompute(out int computedCentiC) ? centiC - computedCentiC : int.MaxValue;
            if (differenceCentiC > RoundingCentiC || differenceCentiC < -RoundingCentiC)
            {
                _sensor = null;
                return SensorStatus.BusFault;
            }

            if (centiC < TemperatureCentiCMin || centiC > TemperatureCentiCMax)
            {
                return SensorStatus.ImplausibleValue;
            }

            temperatureCentiC = centiC;
            return SensorStatus.Ok;
        }

        /// <summary>The chip's last measurement by the data sheet's formula for 32 bits.</summary>
        private bool TryCompute(out int centiC)
        {
            centiC = 0;
            if (_bus.Read(CalibrationRegister, _bytes, 0, CalibrationBytes) != TransferStatus.Ok
                || _bus.Read(RawRegister, _bytes, CalibrationBytes, RawBytes) != TransferStatus.Ok)
            {
                return false;
            }

            int first = _bytes[0] | _bytes[1] << 8;
            int second = (short)(_bytes[2] | _bytes[3] << 8);
            int third = (short)(_bytes[4] | _bytes[5] << 8);
            int raw = _bytes[6] << 12 | _bytes[7] << 4 | _bytes[8] >> 4;
            int square = (raw >> 4) - first;
            int fine = (((raw >> 3) - (first << 1)) * second >> 11) + ((square * square >> 12) * third >> 14);
            centiC = fine * 5 + 128 >> 8;

            // A wire that stuck in both readings of the calibration.
            return first != 0 && first != 0xFFFF;
        }
    }
}
