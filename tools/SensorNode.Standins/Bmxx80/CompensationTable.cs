using System;

namespace Iot.Device.Bmxx80
{
    /// <summary>A chip's own coefficients and the formulas for them, in double.</summary>
    /// <remarks>
    /// Source: BME280 data sheet BST-BME280-DS002, section 4.2.2 (trimming) and 8.1 (formulas in double). As in the device's library, H4 and H5 are
    /// not sign-extended.
    /// </remarks>
    internal sealed class CompensationTable
    {
        private readonly ushort _t1;
        private readonly short _t2;
        private readonly short _t3;
        private readonly ushort _p1;
        private readonly short[] _p = new short[8];
        private readonly byte _h1;
        private readonly short _h2;
        private readonly byte _h3;
        private readonly int _h4;
        private readonly int _h5;
        private readonly sbyte _h6;

        /// <param name="low">Registers 0x88 to 0xA1.</param>
        /// <param name="high">Registers 0xE1 to 0xE7.</param>
        public CompensationTable(byte[] low, byte[] high)
        {
            _t1 = (ushort)Word(low, 0);
            _t2 = Word(low, 2);
            _t3 = Word(low, 4);
            _p1 = (ushort)Word(low, 6);
            for (int i = 0; i < _p.Length; i++)
            {
                _p[i] = Word(low, 8 + 2 * i);
            }

            _h1 = low[25];
            _h2 = Word(high, 0);
            _h3 = high[2];
            _h4 = high[3] << 4 | high[4] & 0x0F;
            _h5 = high[5] << 4 | high[4] >> 4;
            _h6 = (sbyte)high[6];
        }

        /// <summary>Fine temperature, 5120 a degree Celsius.</summary>
        public double FineTemperature(int raw)
        {
            double var1 = (raw / 16384.0 - _t1 / 1024.0) * _t2;
            double var2 = raw / 131072.0 - _t1 / 8192.0;
            return var1 + var2 * var2 * _t3;
        }

        /// <summary>Pascal.</summary>
        public double Pressure(int raw, double fine)
        {
            double var1 = fine / 2.0 - 64000.0;
            double var2 = var1 * var1 * _p[4] / 32768.0 + var1 * _p[3] * 2.0;
            var2 = var2 / 4.0 + _p[2] * 65536.0;
            var1 = (_p[1] * var1 * var1 / 524288.0 + _p[0] * var1) / 524288.0;
            var1 = (1.0 + var1 / 32768.0) * _p1;
            if (var1 == 0)
            {
                return 0;
            }

            double p = (1048576.0 - raw - var2 / 4096.0) * 6250.0 / var1;
            return p + (_p[7] * p * p / 2147483648.0 + p * _p[6] / 32768.0 + _p[5]) / 16.0;
        }

        /// <summary>Percent, 0 to 100.</summary>
        public double Humidity(int raw, double fine)
        {
            double h = fine - 76800.0;
            h = (raw - (_h4 * 64.0 + _h5 / 16384.0 * h)) * (_h2 / 65536.0 * (1.0 + _h6 / 67108864.0 * h * (1.0 + _h3 / 67108864.0 * h)));
            return Math.Clamp(h * (1.0 - _h1 * h / 524288.0), 0, 100);
        }

        private static short Word(byte[] bytes, int index) => (short)(bytes[index] | bytes[index + 1] << 8);
    }
}
