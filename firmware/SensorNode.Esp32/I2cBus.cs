using System.Device.I2c;
using nanoFramework.Hardware.Esp32;
using SensorNode.Contracts;

namespace SensorNode.Esp32
{
    /// <summary>One I2C bus of the board: gives the pins their function and opens devices on it.</summary>
    public sealed class I2cBus
    {
        private readonly int _busId;
        private readonly I2cBusSpeed _speed;

        /// <param name="busId">1 or 2.</param>
        /// <param name="dataPin">GPIO of SDA.</param>
        /// <param name="clockPin">GPIO of SCL.</param>
        /// <param name="clockHz">100 000, 400 000 or 1 000 000. One for every device: the last one opened sets it for the whole bus.</param>
        public I2cBus(int busId, int dataPin, int clockPin, int clockHz)
        {
            _busId = busId;
            ClockHz = clockHz;
            _speed = clockHz >= 1000000 ? I2cBusSpeed.FastModePlus : clockHz >= 400000 ? I2cBusSpeed.FastMode : I2cBusSpeed.StandardMode;
            nanoFramework.Hardware.Esp32.Configuration.SetPinFunction(dataPin, busId == 2 ? DeviceFunction.I2C2_DATA : DeviceFunction.I2C1_DATA);
            nanoFramework.Hardware.Esp32.Configuration.SetPinFunction(clockPin, busId == 2 ? DeviceFunction.I2C2_CLOCK : DeviceFunction.I2C1_CLOCK);
        }

        /// <summary>Bus clock, in Hz.</summary>
        public int ClockHz { get; }

        /// <summary>Opens the registers of one chip, at the address of the two where its identity is read. Each address is opened once.</summary>
        public IRegisterBus OpenRegisters(int firstAddress, int secondAddress, byte identityRegister, byte identity)
        {
            return new I2cRegisterBus(this, firstAddress, secondAddress, identityRegister, identity);
        }

        /// <summary>Opens a BME280, or a BMP280, at 0x76 or 0x77.</summary>
        public ITemperatureSensor OpenTemperature(bool isBmp)
        {
            return new Bmx280Temperature(this, isBmp);
        }

        internal I2cDevice Open(int deviceAddress)
        {
            return I2cDevice.Create(new I2cConnectionSettings(_busId, deviceAddress, _speed));
        }
    }
}
