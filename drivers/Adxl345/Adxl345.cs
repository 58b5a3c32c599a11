using System;
using SensorNode.Contracts;

namespace SensorNode.Drivers
{
    /// <summary>Analog Devices ADXL345 in full resolution, FIFO in stream mode. One 6-byte read a sample: the chip has no longer burst.</summary>
    /// <remarks>
    /// Threads:  one at a time.
    /// Memory:   one byte[6], made by the constructor. Nothing else is allocated but by the self-test; each transfer costs what the bus allocates.
    /// Cost:     DrainFifo is two 1-byte reads and one 6-byte read a sample: 84 bits, 0.21 ms at 400 kHz, so 800 samples a second
    ///           keep the bus busy for 17 % of the time.
    /// Gap:      the chip wants 5 us between two samples (data sheet, Retrieving data from FIFO). Two address bytes and the register
    ///           already take 67 us at 400 kHz, so there is no wait here.
    /// Source:   ADXL345 data sheet Rev. G. See README.md for tables and traps.
    /// </remarks>
    public sealed class Adxl345 : IAccelerometer, ISelfTest
    {
        /// <summary>Entries of the FIFO.</summary>
        public const int FifoEntries = 32;

        private const int CountsPerG = 256;
        private const int ForceMilliGMin = 345;
        private const int ForceMilliGMax = 3728;
        private const int ForceZMilliGMin = 430;
        private const int ForceZMilliGMax = 5016;

        private readonly IRegisterBus _bus;
        private readonly IClock _clock;
        private readonly byte[] _bytes = new byte[6];

        private int _rangeG;
        private int _outputRateMilliHz;

        // Samples may have left the FIFO without reaching the caller: the next drain clears it and says Overrun.
        private bool _isContinuityLost;

        /// <summary>Makes the driver. Touches nothing on the bus.</summary>
        /// <param name="bus">The chip at 0x53 (ALT ADDRESS low) or 0x1D.</param>
        /// <param name="clock">For the wait after power-up, and to see that a drain was held up.</param>
        public Adxl345(IRegisterBus bus, IClock clock)
        {
            if (bus == null || clock == null)
            {
                throw new ArgumentNullException(bus == null ? "bus" : "clock");
            }

            _bus = bus;
            _clock = clock;
        }

        /// <inheritdoc/>
        public string PartName
        {
            get { return "ADXL345"; }
        }

        /// <inheritdoc/>
        public int OutputRateMilliHz
        {
            get { return _outputRateMilliHz; }
        }

        /// <inheritdoc/>
        /// <remarks>256 counts a g at every range in full resolution, 230 to 282 by part. Source: data sheet, Specifications.</remarks>
        public int NanoGPerCount
        {
            get { return _rangeG == 0 ? 0 : 1000000000 / CountsPerG; }
        }

        /// <inheritdoc/>
        /// <remarks>99 % of full scale.</remarks>
        public int ClipCounts
        {
            get { return _rangeG * CountsPerG * 99 / 100; }
        }

        /// <inheritdoc/>
        /// <remarks>The data sheet gives -3 dB at half the rate and no curve; four fifths of that is claimed.</remarks>
        public int BandwidthMilliHz
        {
            get { return _outputRateMilliHz / 5 * 2; }
        }

        /// <inheritdoc/>
        public int FifoCapacitySamples
        {
            get { return FifoEntries; }
        }

        /// <inheritdoc/>
        /// <remarks>
        /// Ranges: 2, 4, 8, 16 g. Rates: 12 (12.5), 25, 50, 100, 200, 400, 800 Hz, up to 200 Hz on a 100 kHz bus and 800 Hz at 400 kHz.
        /// A faster bus is refused: the chip's I2C ends at 400 kHz. Source: data sheet, I2C.
        /// </remarks>
        public SensorStatus Configure(int rangeG, int outputRateHz)
        {
            int rangeBits = RangeBits(rangeG);
            int rateCode = RateCode(outputRateHz);
            int clockHz = _bus.ClockHz;
            if (rangeBits < 0 || rateCode < 0 || clockHz > 400000 || outputRateHz * 500 > clockHz)
            {
                return SensorStatus.InvalidSetting;
            }

            _outputRateMilliHz = 0;
            _rangeG = 0;
            if (_bus.Read(Adxl345Register.DevId, _bytes, 0, 1) != TransferStatus.Ok)
            {
                return SensorStatus.BusFault;
            }

            if (_bytes[0] != Adxl345Register.Identity)
            {
                return SensorStatus.WrongChip;
            }

            // The chip has no reset command: what an earlier program left behind is overwritten, standby first.
            if (_bus.Write(Adxl345Register.PowerCtl, 0x00) != TransferStatus.Ok
                || _bus.Write(Adxl345Register.IntEnable, 0x00) != TransferStatus.Ok
                || _bus.Write(Adxl345Register.FifoCtl, 0x00) != TransferStatus.Ok
                || _bus.Write(Adxl345Register.OfsX, 0x00) != TransferStatus.Ok
                || _bus.Write((byte)(Adxl345Register.OfsX + 1), 0x00) != TransferStatus.Ok
                || _bus.Write((byte)(Adxl345Register.OfsX + 2), 0x00) != TransferStatus.Ok
                || _bus.Write(Adxl345Register.DataFormat, (byte)(Adxl345Register.FullResolution | rangeBits)) != TransferStatus.Ok
                || _bus.Write(Adxl345Register.BwRate, (byte)rateCode) != TransferStatus.Ok)
            {
                return SensorStatus.BusFault;
            }

            _rangeG = rangeG;
            _outputRateMilliHz = 3200000 >> (15 - rateCode);
            return SensorStatus.Ok;
        }

        /// <inheritdoc/>
        /// <remarks>Blocks for the turn-on time of 1.1 ms + 1/rate (data sheet, Specifications) and four more output periods for the filter.
        /// A chip that lost its supply since Configure has forgotten its format: that is a BusFault too, so that the caller configures anew.</remarks>
        public SensorStatus Start()
        {
            RequireConfigured();
            if (_bus.Read(Adxl345Register.DataFormat, _bytes, 0, 1) != TransferStatus.Ok || _bytes[0] != (Adxl345Register.FullResolution | RangeBits(_rangeG)))
            {
                return SensorStatus.BusFault;
            }

            if (_bus.Write(Adxl345Register.FifoCtl, 0x00) != TransferStatus.Ok
                || _bus.Write(Adxl345Register.PowerCtl, Adxl345Register.Measure) != TransferStatus.Ok)
            {
                return SensorStatus.BusFault;
            }

            _clock.Sleep(2 + (5000000 / _outputRateMilliHz));
            return RestartFifo() ? SensorStatus.Ok : SensorStatus.BusFault;
        }

        /// <inheritdoc/>
        public SensorStatus Stop()
        {
            RequireConfigured();
            return _bus.Write(Adxl345Register.PowerCtl, 0x00) == TransferStatus.Ok ? SensorStatus.Ok : SensorStatus.BusFault;
        }

        /// <inheritdoc/>
        /// <remarks>
        /// The chip raises its overrun flag when the FIFO is full, so Overrun may be said when nothing was lost yet. It is also said when a
        /// drain was held up for so long that the FIFO may have run over between two samples, because reading a sample clears the
        /// flag, and on the call after a transfer that broke off.
        /// </remarks>
        public SensorStatus DrainFifo(short[] xCounts, short[] yCounts, short[] zCounts, int offset, int capacity, out int count)
        {
            count = 0;
            if (_isContinuityLost)
            {
                return ClearAfterLoss();
            }

            long startMs = _clock.TickMs;
            int level;
            SensorStatus status = ReadLevel(out level);
            if (status != SensorStatus.Ok)
            {
                return status;
            }

            byte[] bytes = _bytes;
            int wanted = level < capacity ? level : capacity;

            // Shortest output period, with a tenth for the chip's oscillator, and the time left until the FIFO is full.
            int periodUs = 909000000 / _outputRateMilliHz;
            long slackUs = (long)(FifoEntries - level) * periodUs;
            int end = offset + wanted;
            for (int i = offset; i < end; i++)
            {
                TransferStatus transfer = _bus.Read(Adxl345Register.DataX0, bytes, 0, 6);
                if (transfer != TransferStatus.Ok)
                {
                    // Not acknowledged: the chip saw nothing, so nothing is lost unless an earlier sample of this call was.
                    _isContinuityLost = i > offset || transfer != TransferStatus.NotAcknowledged;
                    return SensorStatus.BusFault;
                }

                xCounts[i] = (short)(bytes[0] | (bytes[1] << 8));
                yCounts[i] = (short)(bytes[2] | (bytes[3] << 8));
                zCounts[i] = (short)(bytes[4] | (bytes[5] << 8));
                if ((_clock.TickMs - startMs) * 1000 > slackUs)
                {
                    return ClearAfterLoss();
                }

                slackUs += periodUs;
            }

            count = wanted;
            return SensorStatus.Ok;
        }

        /// <inheritdoc/>
        public SensorStatus ReadDieTemperature(out int temperatureCentiC)
        {
            temperatureCentiC = 0;
            return SensorStatus.NotSupported;
        }

        /// <inheritdoc/>
        /// <remarks>
        /// The force grows with the supply. Right at 3.3 V is a change of 50 to 540 counts of 3.9 mg times 1.77 along x, the same against y, and 75 to 875
        /// counts times 1.47 along z. Source: data sheet, Self-Test: output at 2.5 V and scale factors.
        /// </remarks>
        public SensorStatus SelfTest(int[] changeMilliG)
        {
            const byte Off = Adxl345Register.FullResolution | Adxl345Register.Range16G;
            const byte On = Off | Adxl345Register.SelfTest;
            SensorStatus status = new ForceTest(_bus, _clock, Adxl345Register.DataFormat, On, Off).Run(this, 16, 100, changeMilliG);
            if (status != SensorStatus.Ok)
            {
                return status;
            }

            bool isRight = changeMilliG[0] >= ForceMilliGMin && changeMilliG[0] <= ForceMilliGMax
                && changeMilliG[1] <= -ForceMilliGMin && changeMilliG[1] >= -ForceMilliGMax
                && changeMilliG[2] >= ForceZMilliGMin && changeMilliG[2] <= ForceZMilliGMax;
            return isRight ? SensorStatus.Ok : SensorStatus.ImplausibleValue;
        }

        private static int RangeBits(int rangeG)
        {
            switch (rangeG)
            {
                case 2: return 0;
                case 4: return 1;
                case 8: return 2;
                case 16: return 3;
                default: return -1;
            }
        }

        private static int RateCode(int outputRateHz)
        {
            switch (outputRateHz)
            {
                case 12: return 0x07;
                case 25: return 0x08;
                case 50: return 0x09;
                case 100: return 0x0A;
                case 200: return 0x0B;
                case 400: return 0x0C;
                case 800: return 0x0D;
                default: return -1;
            }
        }

        private SensorStatus ReadLevel(out int level)
        {
            level = 0;
            if (_bus.Read(Adxl345Register.IntSource, _bytes, 0, 1) != TransferStatus.Ok)
            {
                return SensorStatus.BusFault;
            }

            if ((_bytes[0] & Adxl345Register.Overrun) != 0)
            {
                return ClearAfterLoss();
            }

            if (_bus.Read(Adxl345Register.FifoStatus, _bytes, 0, 1) != TransferStatus.Ok)
            {
                return SensorStatus.BusFault;
            }

            level = _bytes[0] & 0x3F;
            return level < FifoEntries ? SensorStatus.Ok : ClearAfterLoss();
        }

        private SensorStatus ClearAfterLoss()
        {
            _isContinuityLost = true;
            return RestartFifo() ? SensorStatus.Overrun : SensorStatus.BusFault;
        }

        /// <summary>Empties the FIFO and lets it fill anew.</summary>
        private bool RestartFifo()
        {
            // In bypass mode unread data raise the overrun flag too; reading one sample clears it.
            if (_bus.Write(Adxl345Register.FifoCtl, 0x00) != TransferStatus.Ok
                || _bus.Write(Adxl345Register.FifoCtl, Adxl345Register.FifoStream) != TransferStatus.Ok
                || _bus.Read(Adxl345Register.DataX0, _bytes, 0, 6) != TransferStatus.Ok)
            {
                return false;
            }

            _isContinuityLost = false;
            return true;
        }

        private void RequireConfigured()
        {
            if (_rangeG == 0)
            {
                throw new InvalidOperationException("Configure first.");
            }
        }
    }
}
