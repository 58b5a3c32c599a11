using System;
using SensorNode.Contracts;

namespace SensorNode.Drivers
{
    /// <summary>Kionix KX134-1211, to 64 g and 25.6 kHz: buffer in stream mode, read in bursts.</summary>
    /// <remarks>
    /// Threads: one at a time.
    /// Memory:  one byte[384] for bursts, made by the constructor. Nothing else is allocated.
    /// Cost:    DrainFifo is a 2-byte transfer and one burst for each 64 samples.
    /// Source:  Kionix KX134-1211 Technical Reference Manual Rev. 1.0; TN027 for the reset.
    /// </remarks>
    public sealed class Kx134 : IAccelerometer
    {
        /// <summary>Samples that the buffer surely holds. It is 512 bytes and has no overrun flag, so it counts as lost from here on.</summary>
        public const int BufferSamples = 84;

        private const int BurstSamples = 64;

        private readonly IRegisterBus _bus;
        private readonly IClock _clock;
        private readonly byte[] _bytes = new byte[BurstSamples * 6];

        private int _rangeG;
        private int _outputRateMilliHz;
        private byte _cntl1Raw;
        private byte _odCntlRaw;

        // Samples may have left the buffer without reaching the caller: the next drain clears it and says Overrun.
        private bool _isContinuityLost;

        /// <summary>Makes the driver. Touches nothing on the bus.</summary>
        /// <param name="bus">The chip at 0x1E (ADDR low) or 0x1F.</param>
        /// <param name="clock">For the waits after reset and power-up, and to see that a drain was held up.</param>
        public Kx134(IRegisterBus bus, IClock clock)
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
            get { return "KX134"; }
        }

        /// <inheritdoc/>
        public int OutputRateMilliHz
        {
            get { return _outputRateMilliHz; }
        }

        /// <inheritdoc/>
        /// <remarks>4096, 2048, 1024 and 512 counts a g at 8, 16, 32 and 64 g.</remarks>
        public int NanoGPerCount
        {
            get { return (int)((((long)_rangeG * 1000000000) + 16384) / 32768); }
        }

        /// <inheritdoc/>
        /// <remarks>99 % of full scale: behind the converter comes the chip's own filter.</remarks>
        public int ClipCounts
        {
            get { return 32440; }
        }

        /// <inheritdoc/>
        /// <remarks>The filter is set to half the rate (LPRO); four fifths of that is claimed, and no more than 3 kHz, a limit of our own: the element's response was not checked.</remarks>
        public int BandwidthMilliHz
        {
            get { return _outputRateMilliHz / 5 * 2 < 3000000 ? _outputRateMilliHz / 5 * 2 : 3000000; }
        }

        /// <inheritdoc/>
        public int FifoCapacitySamples
        {
            get { return BufferSamples; }
        }

        /// <inheritdoc/>
        /// <remarks>
        /// Ranges: 8, 16, 32, 64 g. Rates: 12 (12.5), 25, 50, 100, 200, 400, 800, 1600, 3200, 6400, 12800, 25600 Hz, as far as the bus carries
        /// them: 54 bits a sample and a tenth, so 6400 Hz at 400 kHz and 12800 Hz at 1 MHz are the highest.
        /// </remarks>
        public SensorStatus Configure(int rangeG, int outputRateHz)
        {
            int rangeBits = RangeBits(rangeG);
            int rateCode = RateCode(outputRateHz);
            if (rangeBits < 0 || rateCode < 0 || outputRateHz * 60 > _bus.ClockHz)
            {
                return SensorStatus.InvalidSetting;
            }

            _outputRateMilliHz = 0;
            _rangeG = 0;
            SensorStatus status = Reset();
            if (status != SensorStatus.Ok)
            {
                return status;
            }

            // High performance; settings may be changed only while PC1 is 0.
            byte cntl1Raw = (byte)(0x40 | rangeBits);
            byte odCntlRaw = (byte)(0x40 | rateCode);
            if (_bus.Write(Kx134Register.Cntl1, cntl1Raw) != TransferStatus.Ok
                || _bus.Write(Kx134Register.OdCntl, odCntlRaw) != TransferStatus.Ok
                || _bus.Write(Kx134Register.BufCntl2, Kx134Register.BufferStream) != TransferStatus.Ok)
            {
                return SensorStatus.BusFault;
            }

            _cntl1Raw = cntl1Raw;
            _odCntlRaw = odCntlRaw;
            _outputRateMilliHz = outputRateHz == 12 ? 12500 : outputRateHz * 1000;
            _rangeG = rangeG;
            return SensorStatus.Ok;
        }

        /// <inheritdoc/>
        /// <remarks>
        /// Blocks for the turn-on time: 16 output periods, at least 10 ms, a margin of our own.
        /// A chip that lost its supply since Configure has forgotten its rate: that is a BusFault too, so that the caller configures anew.
        /// </remarks>
        public SensorStatus Start()
        {
            RequireConfigured();
            if (_bus.Read(Kx134Register.OdCntl, _bytes, 0, 1) != TransferStatus.Ok || _bytes[0] != _odCntlRaw)
            {
                return SensorStatus.BusFault;
            }

            if (_bus.Write(Kx134Register.Cntl1, (byte)(_cntl1Raw | 0x80)) != TransferStatus.Ok)
            {
                return SensorStatus.BusFault;
            }

            _clock.Sleep(10 + (16000000 / _outputRateMilliHz));
            return RestartBuffer() ? SensorStatus.Ok : SensorStatus.BusFault;
        }

        /// <inheritdoc/>
        public SensorStatus Stop()
        {
            RequireConfigured();
            return _bus.Write(Kx134Register.Cntl1, _cntl1Raw) == TransferStatus.Ok ? SensorStatus.Ok : SensorStatus.BusFault;
        }

        /// <inheritdoc/>
        /// <remarks>
        /// The chip has no overrun flag: a buffer that is nearly full is an Overrun, and so is a drain held up for so long that the buffer may
        /// have run over meanwhile. It is also said on the call after a transfer that broke off.
        /// </remarks>
        public SensorStatus DrainFifo(short[] xCounts, short[] yCounts, short[] zCounts, int offset, int capacity, out int count)
        {
            count = 0;
            if (_isContinuityLost)
            {
                return ClearAfterLoss();
            }

            long startMs = _clock.TickMs;
            if (_bus.Read(Kx134Register.BufStatus1, _bytes, 0, 2) != TransferStatus.Ok)
            {
                return SensorStatus.BusFault;
            }

            int level = (_bytes[0] | ((_bytes[1] & 0x03) << 8)) / 6;
            if (level >= BufferSamples)
            {
                return ClearAfterLoss();
            }

            int wanted = level < capacity ? level : capacity;
            int moved = 0;
            while (moved < wanted)
            {
                int samples = wanted - moved < BurstSamples ? wanted - moved : BurstSamples;
                TransferStatus transfer = _bus.Read(Kx134Register.BufRead, _bytes, 0, samples * 6);
                if (transfer != TransferStatus.Ok)
                {
                    _isContinuityLost = moved > 0 || transfer != TransferStatus.NotAcknowledged;
                    return SensorStatus.BusFault;
                }

                // What has been read makes room again; a tenth for the part's oscillator.
                if (level - moved + ((_clock.TickMs - startMs) * _outputRateMilliHz / 900000) >= BufferSamples + samples)
                {
                    return ClearAfterLoss();
                }

                Unpack(samples * 6, xCounts, yCounts, zCounts, offset + moved);
                moved += samples;
            }

            count = moved;
            return SensorStatus.Ok;
        }

        /// <inheritdoc/>
        public SensorStatus ReadDieTemperature(out int temperatureCentiC)
        {
            temperatureCentiC = 0;
            return SensorStatus.NotSupported;
        }

        private static int RangeBits(int rangeG)
        {
            switch (rangeG)
            {
                case 8: return 0x00;
                case 16: return 0x08;
                case 32: return 0x10;
                case 64: return 0x18;
                default: return -1;
            }
        }

        private static int RateCode(int outputRateHz)
        {
            if (outputRateHz == 12)
            {
                return 4;
            }

            int rateHz = 25;
            for (int code = 5; code < 16; code++)
            {
                if (rateHz == outputRateHz)
                {
                    return code;
                }

                rateHz *= 2;
            }

            return -1;
        }

        private SensorStatus Reset()
        {
            if (_bus.Read(Kx134Register.WhoAmI, _bytes, 0, 1) != TransferStatus.Ok)
            {
                return SensorStatus.BusFault;
            }

            if (_bytes[0] != Kx134Register.Identity)
            {
                return SensorStatus.WrongChip;
            }

            if (_bus.Write(Kx134Register.Cntl2, 0x80) != TransferStatus.Ok)
            {
                return SensorStatus.BusFault;
            }

            // TN027: 2 ms. Then COTR proves that the chip is through.
            _clock.Sleep(10);
            return _bus.Read(Kx134Register.Cotr, _bytes, 0, 1) == TransferStatus.Ok && _bytes[0] == Kx134Register.CotrAfterReset
                ? SensorStatus.Ok
                : SensorStatus.BusFault;
        }

        // Low byte first. One flat loop.
        private void Unpack(int sizeBytes, short[] xCounts, short[] yCounts, short[] zCounts, int index)
        {
            byte[] bytes = _bytes;
            for (int i = 0; i < sizeBytes; i += 6)
            {
                xCounts[index] = (short)(bytes[i] | (bytes[i + 1] << 8));
                yCounts[index] = (short)(bytes[i + 2] | (bytes[i + 3] << 8));
                zCounts[index] = (short)(bytes[i + 4] | (bytes[i + 5] << 8));
                index++;
            }
        }

        private SensorStatus ClearAfterLoss()
        {
            _isContinuityLost = true;
            return RestartBuffer() ? SensorStatus.Overrun : SensorStatus.BusFault;
        }

        private bool RestartBuffer()
        {
            if (_bus.Write(Kx134Register.BufClear, 0x00) != TransferStatus.Ok)
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
