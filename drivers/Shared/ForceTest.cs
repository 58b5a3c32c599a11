using SensorNode.Contracts;

namespace SensorNode.Drivers
{
    /// <summary>What the self-tests of all parts share: the output is averaged without and with the chip's own force on its mass.</summary>
    /// <remarks>For commissioning, with the machine off and the sensor still. Allocates three short[16] twice and a long[3] for the time of the test.</remarks>
    internal sealed class ForceTest
    {
        private const int SampleCount = 16;
        private const int SettleMs = 100;
        private const int PollMs = 20;
        private const int PollsMax = 50;

        private readonly IRegisterBus _bus;
        private readonly IClock _clock;
        private readonly byte _register;
        private readonly byte _on;
        private readonly byte _off;

        /// <param name="bus">The chip.</param>
        /// <param name="clock">For the waits.</param>
        /// <param name="register">Where the force is switched.</param>
        /// <param name="on">Its value with the force, at the range of the test.</param>
        /// <param name="off">Its value without.</param>
        internal ForceTest(IRegisterBus bus, IClock clock, byte register, byte on, byte off)
        {
            _bus = bus;
            _clock = clock;
            _register = register;
            _on = on;
            _off = off;
        }

        /// <summary>Runs it. Blocks for about a second, for 2.5 s where no samples come. Whatever the result, the chip must be configured anew.</summary>
        /// <param name="part">The chip's driver.</param>
        /// <param name="rangeG">Range that the maker's limits hold for, in g.</param>
        /// <param name="rateHz">Output data rate that they hold for, in Hz.</param>
        /// <param name="changeMilliG">int[3]: how far x, y and z moved, in milli-g; 0 unless the result is Ok.</param>
        /// <returns>Ok: it was measured, whatever came out; otherwise what <see cref="IAccelerometer.Configure"/> says, or BusFault, also where no samples came.</returns>
        internal SensorStatus Run(IAccelerometer part, int rangeG, int rateHz, int[] changeMilliG)
        {
            changeMilliG[0] = 0;
            changeMilliG[1] = 0;
            changeMilliG[2] = 0;
            SensorStatus status = part.Configure(rangeG, rateHz);
            if (status != SensorStatus.Ok)
            {
                return status;
            }

            long[] sumCounts = new long[3];
            bool isDone = part.Start() == SensorStatus.Ok && AddSamples(part, sumCounts, -1) && Write(_on) && AddSamples(part, sumCounts, 1);

            // Off again in any case; a force that stays on would be a lasting error of every reading.
            bool isOff = Write(_off);
            isOff &= part.Stop() == SensorStatus.Ok;
            if (!isDone || !isOff)
            {
                return SensorStatus.BusFault;
            }

            for (int axis = 0; axis < 3; axis++)
            {
                changeMilliG[axis] = (int)(sumCounts[axis] * part.NanoGPerCount / (1000000L * SampleCount));
            }

            return SensorStatus.Ok;
        }

        /// <summary>The same for a part whose axes have the same limits, to either side.</summary>
        /// <returns>As <see cref="Run"/>, but ImplausibleValue where an axis moved too little or too much.</returns>
        internal SensorStatus RunWithin(int minMilliG, int maxMilliG, IAccelerometer part, int rangeG, int rateHz, int[] changeMilliG)
        {
            SensorStatus status = Run(part, rangeG, rateHz, changeMilliG);
            for (int axis = 0; axis < 3 && status == SensorStatus.Ok; axis++)
            {
                status = IsSizeBetween(changeMilliG[axis], minMilliG, maxMilliG) ? SensorStatus.Ok : SensorStatus.ImplausibleValue;
            }

            return status;
        }

        /// <summary>True where an axis moved by at least and at most so much, to either side.</summary>
        internal static bool IsSizeBetween(int changeMilliG, int minMilliG, int maxMilliG)
        {
            int size = changeMilliG < 0 ? -changeMilliG : changeMilliG;
            return size >= minMilliG && size <= maxMilliG;
        }

        private bool Write(byte value)
        {
            return _bus.Write(_register, value) == TransferStatus.Ok;
        }

        /// <summary>Waits until the output has settled, drops what came meanwhile, and adds sixteen samples to the sums with a sign.</summary>
        private bool AddSamples(IAccelerometer part, long[] sumCounts, int sign)
        {
            short[] x = new short[SampleCount];
            short[] y = new short[SampleCount];
            short[] z = new short[SampleCount];
            int count;
            _clock.Sleep(SettleMs);
            do
            {
                if (part.DrainFifo(x, y, z, 0, SampleCount, out count) == SensorStatus.BusFault)
                {
                    return false;
                }
            }
            while (count == SampleCount);

            int missing = SampleCount;
            for (int poll = 0; poll < PollsMax && missing > 0; poll++)
            {
                _clock.Sleep(PollMs);
                if (part.DrainFifo(x, y, z, 0, missing, out count) == SensorStatus.BusFault)
                {
                    return false;
                }

                for (int i = 0; i < count; i++)
                {
                    sumCounts[0] += sign * x[i];
                    sumCounts[1] += sign * y[i];
                    sumCounts[2] += sign * z[i];
                }

                missing -= count;
            }

            return missing == 0;
        }
    }
}
