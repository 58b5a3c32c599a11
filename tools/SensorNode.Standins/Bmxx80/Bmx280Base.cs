using System.Device.I2c;
using System.Threading;
using Iot.Device.Bmxx80.FilteringMode;
using Iot.Device.Bmxx80.PowerMode;
using UnitsNet;

namespace Iot.Device.Bmxx80
{
    /// <summary>BMP280 and BME280: modes, measurement, temperature and pressure.</summary>
    public abstract class Bmx280Base : Bmxx80Base
    {
        public const byte DefaultI2cAddress = 119;
        public const byte SecondaryI2cAddress = 118;

        private static readonly int[] Cycles = [0, 7, 9, 14, 23, 44];

        private readonly CompensationTable _table;
        private Bmx280FilteringMode _filter;
        private StandbyTime _standby;

        protected Bmx280Base(byte deviceId, I2cDevice i2cDevice)
            : base(deviceId, i2cDevice)
        {
            _table = new CompensationTable(ReadRegisters(0x88, 26), ReadRegisters(0xE1, 7));
            SetDefaultConfiguration();
        }

        public Bmx280FilteringMode FilterMode
        {
            get => _filter;
            set
            {
                _filter = value;
                WriteConfiguration();
            }
        }

        public StandbyTime StandbyTime
        {
            get => _standby;
            set
            {
                _standby = value;
                WriteConfiguration();
            }
        }

        private protected CompensationTable Table => _table;

        public DeviceStatus ReadStatus()
        {
            byte status = Read8BitsFromRegister(0xF3);
            return new DeviceStatus { Measuring = (status & 8) != 0, ImageUpdating = (status & 1) != 0 };
        }

        public Bmx280PowerMode ReadPowerMode()
        {
            int mode = Read8BitsFromRegister(0xF4) & 3;
            return mode == 1 ? Bmx280PowerMode.Forced : (Bmx280PowerMode)mode;
        }

        public void SetPowerMode(Bmx280PowerMode powerMode) => WriteControl((byte)powerMode);

        /// <summary>Milliseconds for one measurement.</summary>
        public virtual int GetMeasurementDuration() => Cycles[(int)TemperatureSampling] + Cycles[(int)PressureSampling];

        public override bool TryReadTemperature(out Temperature temperature)
        {
            bool isValid = TryReadFine(out double fine);
            temperature = Temperature.FromDegreesCelsius(fine / 5120.0);
            return isValid;
        }

        public override bool TryReadPressure(out Pressure pressure)
        {
            int raw = ReadRaw(0xF7);
            bool isValid = TryReadFine(out double fine) && PressureSampling != Sampling.Skipped && raw != 0x80000;
            pressure = isValid ? Pressure.FromPascals(_table.Pressure(raw, fine)) : default;
            return isValid;
        }

        private protected bool TryReadFine(out double fine)
        {
            int raw = ReadRaw(0xFA);
            bool isValid = TemperatureSampling != Sampling.Skipped && raw != 0x80000;
            fine = isValid ? _table.FineTemperature(raw) : 0;
            return isValid;
        }

        /// <summary>One forced measurement, waited for.</summary>
        private protected void Measure()
        {
            SetPowerMode(Bmx280PowerMode.Forced);
            Thread.Sleep(GetMeasurementDuration());
        }

        protected override void SetDefaultConfiguration()
        {
            base.SetDefaultConfiguration();
            FilterMode = Bmx280FilteringMode.Off;
            StandbyTime = StandbyTime.Ms125;
        }

        private int ReadRaw(byte register)
        {
            byte[] bytes = ReadRegisters(register, 3);
            return bytes[0] << 12 | bytes[1] << 4 | bytes[2] >> 4;
        }

        private void WriteConfiguration() => WriteRegister(0xF5, (byte)((int)_standby << 5 | (int)_filter << 2));
    }
}
