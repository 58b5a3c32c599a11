using System;
using SensorNode.Contracts;

namespace SensorNode.Drivers
{
    /// <summary>The LSM6DSO's self-test: the chip pushes its own mass by electrostatic force, and the output must follow.</summary>
    /// <remarks>
    /// For commissioning, with the machine off and the sensor still. Takes about 0.5 s. Leaves the accelerometer in power-down with changed
    /// settings: configure the driver anew. Source: ST AN5192, accelerometer self-test; limits from DS12140 Rev 2, Mechanical characteristics.
    /// </remarks>
    public sealed class Lsm6dsoSelfTest
    {
        /// <summary>Smallest change of each axis, in milli-g.</summary>
        public const int ChangeMilliGMin = 50;

        /// <summary>Largest change of each axis, in milli-g.</summary>
        public const int ChangeMilliGMax = 1700;

        private const byte Rate52HzRange4G = 0x38;
        private const int SettleMs = 100;
        private const int SampleCount = 5;
        private const int PollsMax = 10;

        private readonly IRegisterBus _bus;
        private readonly IClock _clock;
        private readonly byte[] _bytes = new byte[6];
        private readonly int[] _sumCounts = new int[3];

        /// <summary>Makes the test. Touches nothing on the bus.</summary>
        public Lsm6dsoSelfTest(IRegisterBus bus, IClock clock)
        {
            if (bus == null || clock == null)
            {
                throw new ArgumentNullException(bus == null ? "bus" : "clock");
            }

            _bus = bus;
            _clock = clock;
        }

        /// <summary>Runs it.</summary>
        /// <param name="changeMilliG">int[3]: how far x, y and z moved, in milli-g; 0 unless the result is Ok or ImplausibleValue.</param>
        /// <returns>Ok; ImplausibleValue: at least one axis moved too little or too much; WrongChip; BusFault, also where no sample came.</returns>
        public SensorStatus Run(int[] changeMilliG)
        {
            changeMilliG[0] = 0;
            changeMilliG[1] = 0;
            changeMilliG[2] = 0;
            if (_bus.Read(Lsm6dsoRegister.WhoAmI, _bytes, 0, 1) != TransferStatus.Ok)
            {
                return SensorStatus.BusFault;
            }

            if (_bytes[0] != Lsm6dsoRegister.Identity)
            {
                return SensorStatus.WrongChip;
            }

            bool isDone = Measure(changeMilliG);

            // Off again in any case; a push that stays on would be a lasting error of every reading.
            bool isOff = _bus.Write(Lsm6dsoRegister.Ctrl5C, 0x00) == TransferStatus.Ok;
            isOff &= _bus.Write(Lsm6dsoRegister.Ctrl1Xl, 0x00) == TransferStatus.Ok;
            if (!isDone || !isOff)
            {
                changeMilliG[0] = 0;
                changeMilliG[1] = 0;
                changeMilliG[2] = 0;
                return SensorStatus.BusFault;
            }

            for (int axis = 0; axis < 3; axis++)
            {
                int size = changeMilliG[axis] < 0 ? -changeMilliG[axis] : changeMilliG[axis];
                if (size < ChangeMilliGMin || size > ChangeMilliGMax)
                {
                    return SensorStatus.ImplausibleValue;
                }
            }

            return SensorStatus.Ok;
        }

        private bool Measure(int[] changeMilliG)
        {
            if (_bus.Write(Lsm6dsoRegister.Ctrl3C, Lsm6dsoRegister.Ctrl3CBduIfInc) != TransferStatus.Ok
                || _bus.Write(Lsm6dsoRegister.Ctrl5C, 0x00) != TransferStatus.Ok
                || _bus.Write(Lsm6dsoRegister.Ctrl1Xl, Rate52HzRange4G) != TransferStatus.Ok
                || !AddSamples(-1)
                || _bus.Write(Lsm6dsoRegister.Ctrl5C, 0x01) != TransferStatus.Ok
                || !AddSamples(1))
            {
                return false;
            }

            // 0.122 mg a count at 4 g.
            for (int axis = 0; axis < 3; axis++)
            {
                changeMilliG[axis] = _sumCounts[axis] * 122 / (1000 * SampleCount);
            }

            return true;
        }

        /// <summary>Waits until the output has settled, drops one sample, and adds five to the sums with a sign.</summary>
        private bool AddSamples(int sign)
        {
            if (sign < 0)
            {
                _sumCounts[0] = 0;
                _sumCounts[1] = 0;
                _sumCounts[2] = 0;
            }

            _clock.Sleep(SettleMs);
            for (int i = 0; i <= SampleCount; i++)
            {
                if (!WaitForSample() || _bus.Read(Lsm6dsoRegister.OutXLA, _bytes, 0, 6) != TransferStatus.Ok)
                {
                    return false;
                }

                for (int axis = 0; axis < 3 && i > 0; axis++)
                {
                    _sumCounts[axis] += sign * (short)(_bytes[2 * axis] | (_bytes[(2 * axis) + 1] << 8));
                }
            }

            return true;
        }

        private bool WaitForSample()
        {
            for (int poll = 0; poll < PollsMax; poll++)
            {
                if (_bus.Read(Lsm6dsoRegister.StatusReg, _bytes, 0, 1) != TransferStatus.Ok)
                {
                    return false;
                }

                if ((_bytes[0] & 0x01) != 0)
                {
                    return true;
                }

                _clock.Sleep(10);
            }

            return false;
        }
    }
}
