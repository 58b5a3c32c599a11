using System;
using System.Device.I2c;
using UnitsNet;

namespace Iot.Device.Bmxx80
{
    /// <summary>What the chips of the family have in common. As in the device's library, the status of transfers is dropped.</summary>
    public abstract class Bmxx80Base : IDisposable
    {
        private const byte IdentityRegister = 0xD0;
        private const byte ResetRegister = 0xE0;
        private const byte ResetCommand = 0xB6;

        private readonly I2cDevice _device;
        private Sampling _temperatureSampling;
        private Sampling _pressureSampling;

        protected Bmxx80Base(byte deviceId, I2cDevice i2cDevice)
        {
            ArgumentNullException.ThrowIfNull(i2cDevice);
            _device = i2cDevice;
            if (Read8BitsFromRegister(IdentityRegister) != deviceId)
            {
                throw new Exception("Unable to find a chip with id " + deviceId);
            }
        }

        public Sampling TemperatureSampling
        {
            get => _temperatureSampling;
            set
            {
                _temperatureSampling = value;
                WriteControl(0);
            }
        }

        public Sampling PressureSampling
        {
            get => _pressureSampling;
            set
            {
                _pressureSampling = value;
                WriteControl(0);
            }
        }

        public void Reset()
        {
            WriteRegister(ResetRegister, ResetCommand);
            SetDefaultConfiguration();
        }

        public abstract bool TryReadTemperature(out Temperature temperature);

        public abstract bool TryReadPressure(out Pressure pressure);

        public void Dispose() => Dispose(true);

        protected virtual void Dispose(bool disposing) => _device.Dispose();

        protected virtual void SetDefaultConfiguration()
        {
            PressureSampling = Sampling.UltraLowPower;
            TemperatureSampling = Sampling.UltraLowPower;
        }

        protected byte Read8BitsFromRegister(byte register)
        {
            _device.WriteByte(register);
            return _device.ReadByte();
        }

        private protected byte[] ReadRegisters(byte register, int count)
        {
            byte[] bytes = new byte[count];
            _device.WriteByte(register);
            _device.Read(bytes);
            return bytes;
        }

        private protected void WriteRegister(byte register, byte value) => _device.Write(new byte[] { register, value });

        /// <summary>Oversampling of temperature and pressure, and the mode: register 0xF4.</summary>
        private protected void WriteControl(byte mode) => WriteRegister(0xF4, (byte)((int)_temperatureSampling << 5 | (int)_pressureSampling << 2 | mode));
    }
}
