using System;
using SensorNode.Contracts;

namespace SensorNode.Drivers
{
    /// <summary>ST LIS3DH in normal mode (10 bits), FIFO in stream mode, read in one burst.</summary>
    /// <remarks>
    /// Mode:    normal, because its filter ends at half the rate; high resolution (12 bits) ends at a ninth of it. Source: datasheet, operating modes.
    /// Threads: one at a time.
    /// Memory:  one byte[186], made by the constructor. Nothing else is allocated but by the self-test.
    /// Cost:    DrainFifo is one 1-byte and one burst transfer.
    /// </remarks>
    public sealed class Lis3dh : IAccelerometer, ISelfTest
    {
        /// <summary>Samples that the FIFO holds.</summary>
        public const int FifoSamples = 32;

        // Level 32 shows as the overrun flag, so a burst is 31 samples at most.
        private const int BurstSamples = 31;
        private const int ForceMilliGMin = 68;
        private const int ForceMilliGMax = 1440;

        private readonly IRegisterBus _bus;
        private readonly IClock _clock;
        private readonly byte[] _bytes = new byte[BurstSamples * 6];

        private int _rangeG;
        private int _rateCode;
        private int _outputRateMilliHz;
        private byte _ctrlReg4Raw;

        // Samples may have left the FIFO without reaching the caller: the next drain clears it and says Overrun.
        private bool _isContinuityLost;

        /// <summary>Makes the driver. Touches nothing on the bus.</summary>
        /// <param name="bus">The chip at 0x18 (SA0 low) or 0x19.</param>
        /// <param name="clock">For the wait after power-up, and to see that a drain was held up.</param>
        public Lis3dh(IRegisterBus bus, IClock clock)
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
            get { return "LIS3DH"; }
        }

        /// <inheritdoc/>
        public int OutputRateMilliHz
        {
            get { return _outputRateMilliHz; }
        }

        /// <inheritdoc/>
        /// <remarks>4, 8, 16 and 48 mg at 2, 4, 8 and 16 g in normal mode. Source: datasheet, mechanical characteristics.</remarks>
        public int NanoGPerCount
        {
            get { return _rangeG == 16 ? 48000000 : _rangeG * 2000000; }
        }

        /// <inheritdoc/>
        /// <remarks>99 % of full scale. At 16 g the number range goes to 24.6 g, the part does not.</remarks>
        public int ClipCounts
        {
            get { return _rangeG == 16 ? 330 : 506; }
        }

        /// <inheritdoc/>
        /// <remarks>The datasheet gives half the rate as bandwidth in normal mode and no curve; four fifths of that is claimed.</remarks>
        public int BandwidthMilliHz
        {
            get { return _outputRateMilliHz / 5 * 2; }
        }

        /// <inheritdoc/>
        public int FifoCapacitySamples
        {
            get { return FifoSamples; }
        }

        /// <inheritdoc/>
        /// <remarks>Ranges: 2, 4, 8, 16 g. Rates: 10, 25, 50, 100, 200, 400, 1344 Hz, as far as the bus carries them: 54 bits a sample and a tenth. A bus above 400 kHz is refused: the chip's I2C ends there (datasheet, I2C).</remarks>
        public SensorStatus Configure(int rangeG, int outputRateHz)
        {
            int rangeBits = RangeBits(rangeG);
            int rateCode = RateCode(outputRateHz);
            int clockHz = _bus.ClockHz;
            if (rangeBits < 0 || rateCode < 0 || clockHz > 400000 || outputRateHz * 60 > clockHz)
            {
                return SensorStatus.InvalidSetting;
            }

            _outputRateMilliHz = 0;
            _rangeG = 0;
            if (_bus.Read(Lis3dhRegister.WhoAmI, _bytes, 0, 1) != TransferStatus.Ok)
            {
                return SensorStatus.BusFault;
            }

            if (_bytes[0] != Lis3dhRegister.Identity)
            {
                return SensorStatus.WrongChip;
            }

            // The chip has no reset of its user registers: what an earlier program left behind is overwritten, power-down first.
            byte ctrlReg4Raw = (byte)(Lis3dhRegister.BlockDataUpdate | rangeBits);
            if (_bus.Write(Lis3dhRegister.CtrlReg1, 0x07) != TransferStatus.Ok
                || _bus.Write(Lis3dhRegister.CtrlReg2, 0x00) != TransferStatus.Ok
                || _bus.Write(Lis3dhRegister.CtrlReg4, ctrlReg4Raw) != TransferStatus.Ok
                || _bus.Write(Lis3dhRegister.CtrlReg5, Lis3dhRegister.FifoEnable) != TransferStatus.Ok
                || _bus.Write(Lis3dhRegister.FifoCtrl, 0x00) != TransferStatus.Ok)
            {
                return SensorStatus.BusFault;
            }

            _ctrlReg4Raw = ctrlReg4Raw;
            _rateCode = rateCode;
            _rangeG = rangeG;
            _outputRateMilliHz = outputRateHz * 1000;
            return SensorStatus.Ok;
        }

        /// <inheritdoc/>
        /// <remarks>
        /// Blocks for the turn-on time: 1.6 ms in normal mode (datasheet, operating modes) and four output periods for the filter.
        /// A chip that lost its supply since Configure has forgotten its range: that is a BusFault too, so that the caller configures anew.
        /// </remarks>
        public SensorStatus Start()
        {
            RequireConfigured();
            if (_bus.Read(Lis3dhRegister.CtrlReg4, _bytes, 0, 1) != TransferStatus.Ok || _bytes[0] != _ctrlReg4Raw)
            {
                return SensorStatus.BusFault;
            }

            if (_bus.Write(Lis3dhRegister.CtrlReg1, (byte)((_rateCode << 4) | 0x07)) != TransferStatus.Ok)
            {
                return SensorStatus.BusFault;
            }

            _clock.Sleep(2 + (4000000 / _outputRateMilliHz));
            return RestartFifo() ? SensorStatus.Ok : SensorStatus.BusFault;
        }

        /// <inheritdoc/>
        public SensorStatus Stop()
        {
            RequireConfigured();
            return _bus.Write(Lis3dhRegister.CtrlReg1, 0x07) == TransferStatus.Ok ? SensorStatus.Ok : SensorStatus.BusFault;
        }

        /// <inheritdoc/>
        /// <remarks>
        /// The overrun flag comes when the FIFO is full, so Overrun may be said when nothing was lost yet. It is also said when the drain was
        /// held up for so long that the FIFO may have run over before the burst, and on the call after a transfer that broke off.
        /// </remarks>
        public SensorStatus DrainFifo(short[] xCounts, short[] yCounts, short[] zCounts, int offset, int capacity, out int count)
        {
            count = 0;
            if (_isContinuityLost)
            {
                return ClearAfterLoss();
            }

            long startMs = _clock.TickMs;
            if (_bus.Read(Lis3dhRegister.FifoSrc, _bytes, 0, 1) != TransferStatus.Ok)
            {
                return SensorStatus.BusFault;
            }

            int source = _bytes[0];
            if ((source & Lis3dhRegister.Overrun) != 0)
            {
                return ClearAfterLoss();
            }

            int level = (source & Lis3dhRegister.Empty) != 0 ? 0 : source & 0x1F;
            int wanted = level < capacity ? level : capacity;
            if (wanted == 0)
            {
                return SensorStatus.Ok;
            }

            TransferStatus transfer = _bus.Read(Lis3dhRegister.OutXLBurst, _bytes, 0, wanted * 6);
            if (transfer != TransferStatus.Ok)
            {
                _isContinuityLost = transfer != TransferStatus.NotAcknowledged;
                return SensorStatus.BusFault;
            }

            // The flag goes away with the first sample read, so only the clock can tell; a tenth for the part's oscillator.
            if (level + ((_clock.TickMs - startMs) * _outputRateMilliHz / 900000) >= FifoSamples)
            {
                return ClearAfterLoss();
            }

            Unpack(wanted * 6, xCounts, yCounts, zCounts, offset);
            count = wanted;
            return SensorStatus.Ok;
        }

        /// <inheritdoc/>
        /// <remarks>The chip's sensor gives changes only, no absolute value.</remarks>
        public SensorStatus ReadDieTemperature(out int temperatureCentiC)
        {
            temperatureCentiC = 0;
            return SensorStatus.NotSupported;
        }

        /// <inheritdoc/>
        /// <remarks>Right is a change of 17 to 360 counts of 4 mg. Source: from memory of the datasheet, mechanical characteristics, self-test output change at 2 g in normal mode.</remarks>
        public SensorStatus SelfTest(int[] changeMilliG)
        {
            const byte Off = Lis3dhRegister.BlockDataUpdate;
            const byte On = Off | Lis3dhRegister.SelfTest0;
            return new ForceTest(_bus, _clock, Lis3dhRegister.CtrlReg4, On, Off).RunWithin(ForceMilliGMin, ForceMilliGMax, this, 2, 100, changeMilliG);
        }

        private static int RangeBits(int rangeG)
        {
            switch (rangeG)
            {
                case 2: return 0x00;
                case 4: return 0x10;
                case 8: return 0x20;
                case 16: return 0x30;
                default: return -1;
            }
        }

        private static int RateCode(int outputRateHz)
        {
            switch (outputRateHz)
            {
                case 10: return 2;
                case 25: return 3;
                case 50: return 4;
                case 100: return 5;
                case 200: return 6;
                case 400: return 7;
                case 1344: return 9;
                default: return -1;
            }
        }

        // Ten bits at the top of a word, low byte first. One flat loop.
        private void Unpack(int sizeBytes, short[] xCounts, short[] yCounts, short[] zCounts, int index)
        {
            byte[] bytes = _bytes;
            for (int i = 0; i < sizeBytes; i += 6)
            {
                xCounts[index] = (short)((short)(bytes[i] | (bytes[i + 1] << 8)) >> 6);
                yCounts[index] = (short)((short)(bytes[i + 2] | (bytes[i + 3] << 8)) >> 6);
                zCounts[index] = (short)((short)(bytes[i + 4] | (bytes[i + 5] << 8)) >> 6);
                index++;
            }
        }

        private SensorStatus ClearAfterLoss()
        {
            _isContinuityLost = true;
            return RestartFifo() ? SensorStatus.Overrun : SensorStatus.BusFault;
        }

        private bool RestartFifo()
        {
            if (_bus.Write(Lis3dhRegister.FifoCtrl, 0x00) != TransferStatus.Ok
                || _bus.Write(Lis3dhRegister.FifoCtrl, Lis3dhRegister.FifoStream) != TransferStatus.Ok)
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
