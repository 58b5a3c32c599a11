using System;
using SensorNode.Contracts;

namespace SensorNode.Drivers
{
    /// <summary>ST LSM6DSO, its accelerometer only: FIFO in continuous mode, read in true multi-word bursts.</summary>
    /// <remarks>
    /// Threads:  one at a time.
    /// Memory:   one byte[448] for bursts and one table of 32, made by the constructor. Nothing else is allocated.
    /// Cost:     DrainFifo is one 2-byte transfer for the level and one transfer for each 64 words of 7 bytes; unpacking is 71 IL
    ///           instructions a sample of three axes, 23.7 a value.
    /// Source:   ST DS12140 Rev 2 and application note AN5192. See README.md for tables and traps.
    /// </remarks>
    public sealed class Lsm6dso : IAccelerometer, ISelfTest
    {
        /// <summary>Words of the FIFO: 3 KB of 6 data bytes. Source: DS12140, section FIFO.</summary>
        public const int FifoWords = 512;

        /// <summary>Bytes of one FIFO word on the wire: tag, x, y, z.</summary>
        public const int WordBytes = 7;

        /// <summary>Most words moved in one transfer.</summary>
        public const int BurstWords = 64;

        // Behind the converter comes the chip's own filter, which rounds off a clipped top: 99 % of full scale counts as clipped.
        private const int ClipLevelCounts = 32440;

        private const int ForceMilliGMin = 50;
        private const int ForceMilliGMax = 1700;

        private readonly IRegisterBus _bus;
        private readonly IClock _clock;
        private readonly byte[] _words = new byte[BurstWords * WordBytes];
        private readonly byte[] _nextTag = new byte[32];

        private int _rateIndex = -1;
        private int _rangeG;
        private int _outputRateMilliHz;
        private byte _ctrl1XlRaw;

        // The tag that the next word must carry; 0 while the counter is not known.
        private int _expectedTag;

        // Words may have left the FIFO without reaching the caller: the next drain clears it and says Overrun.
        private bool _isContinuityLost;

        /// <summary>Makes the driver. Touches nothing on the bus.</summary>
        /// <param name="bus">The chip at 0x6A (SA0 low) or 0x6B.</param>
        /// <param name="clock">For waits after reset and power-up, and to see that a drain was held up.</param>
        public Lsm6dso(IRegisterBus bus, IClock clock)
        {
            if (bus == null || clock == null)
            {
                throw new ArgumentNullException(bus == null ? "bus" : "clock");
            }

            _bus = bus;
            _clock = clock;

            // Sensor 2 (accelerometer, not compressed) in bits 7..3, counter in bits 2..1, even parity in bit 0: four tags in a ring.
            _nextTag[0x11] = 0x12;
            _nextTag[0x12] = 0x14;
            _nextTag[0x14] = 0x17;
            _nextTag[0x17] = 0x11;
        }

        /// <inheritdoc/>
        public string PartName
        {
            get { return "LSM6DSO"; }
        }

        /// <inheritdoc/>
        public int OutputRateMilliHz
        {
            get { return _outputRateMilliHz; }
        }

        /// <inheritdoc/>
        /// <remarks>0.061, 0.122, 0.244 and 0.488 mg at 2, 4, 8 and 16 g. Source: DS12140, table Mechanical characteristics.</remarks>
        public int NanoGPerCount
        {
            get { return _rangeG * 30500; }
        }

        /// <inheritdoc/>
        public int ClipCounts
        {
            get { return ClipLevelCounts; }
        }

        /// <inheritdoc/>
        /// <remarks>The datasheet gives -3 dB at half the rate and no curve; four fifths of that is claimed.</remarks>
        public int BandwidthMilliHz
        {
            get { return _outputRateMilliHz / 5 * 2; }
        }

        /// <inheritdoc/>
        public int FifoCapacitySamples
        {
            get { return FifoWords; }
        }

        /// <inheritdoc/>
        /// <remarks>
        /// Ranges: 2, 4, 8, 16 g. Rates: 12 (12.5), 26, 52, 104, 208, 417, 833, 1667, 3333, 6667 Hz, as far as the bus carries them with a
        /// tenth to spare: a sample is 63 bits, so 3333 Hz at 400 kHz and 833 Hz at 100 kHz are the highest.
        /// </remarks>
        public SensorStatus Configure(int rangeG, int outputRateHz)
        {
            int rangeBits = Lsm6dsoSettings.RangeBits(rangeG);
            int rateIndex = Lsm6dsoSettings.RateIndex(outputRateHz);
            if (rangeBits < 0 || rateIndex < 0 || outputRateHz * 70 > _bus.ClockHz)
            {
                return SensorStatus.InvalidSetting;
            }

            _outputRateMilliHz = 0;
            _rateIndex = -1;
            _rangeG = 0;
            SensorStatus status = Reset();
            if (status != SensorStatus.Ok)
            {
                return status;
            }

            // I3C off: on a shared I2C bus the chip must not take a broadcast for its own. Batch rate equals output rate, accelerometer only.
            if (_bus.Write(Lsm6dsoRegister.Ctrl9Xl, Lsm6dsoRegister.Ctrl9XlI3cOff) != TransferStatus.Ok
                || !WriteFifoMode(Lsm6dsoRegister.FifoBypass)
                || _bus.Write(Lsm6dsoRegister.FifoCtrl3, (byte)rateIndex) != TransferStatus.Ok
                || !WriteCtrl1Xl((byte)rangeBits)
                || _bus.Read(Lsm6dsoRegister.InternalFreqFine, _words, 0, 1) != TransferStatus.Ok)
            {
                return SensorStatus.BusFault;
            }

            _outputRateMilliHz = Lsm6dsoSettings.OutputRateMilliHz(rateIndex, (sbyte)_words[0]);
            _rateIndex = rateIndex;
            _rangeG = rangeG;
            return SensorStatus.Ok;
        }

        /// <inheritdoc/>
        /// <remarks>
        /// Blocks for the turn-on time: the first samples after power-down are not settled (AN5192, turn-on time). Waits for
        /// 16 output periods, at least 10 ms, at most 320 ms: a margin of our own, not the note's figure.
        /// A chip that lost its supply since Configure has forgotten BDU: that is a BusFault too, so that the caller configures anew.
        /// </remarks>
        public SensorStatus Start()
        {
            RequireConfigured();
            if (_bus.Read(Lsm6dsoRegister.Ctrl3C, _words, 0, 1) != TransferStatus.Ok || _words[0] != Lsm6dsoRegister.Ctrl3CBduIfInc)
            {
                return SensorStatus.BusFault;
            }

            if (!WriteFifoMode(Lsm6dsoRegister.FifoBypass) || !WriteCtrl1Xl((byte)((_ctrl1XlRaw & 0x0F) | (_rateIndex << 4))))
            {
                return SensorStatus.BusFault;
            }

            _clock.Sleep(Lsm6dsoSettings.TurnOnMs(_outputRateMilliHz));
            _expectedTag = 0;
            _isContinuityLost = false;
            return WriteFifoMode(Lsm6dsoRegister.FifoContinuous) ? SensorStatus.Ok : SensorStatus.BusFault;
        }

        /// <inheritdoc/>
        public SensorStatus Stop()
        {
            RequireConfigured();
            return WriteCtrl1Xl((byte)(_ctrl1XlRaw & 0x0F)) ? SensorStatus.Ok : SensorStatus.BusFault;
        }

        /// <inheritdoc/>
        /// <remarks>
        /// Overrun is also said when a word carries the wrong tag (sensor, counter or parity) and on the call after a transfer that broke off:
        /// in both cases words have left the FIFO and no longer follow each other.
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

            int wanted = level < capacity ? level : capacity;
            int moved = 0;
            while (moved < wanted)
            {
                int words = wanted - moved < BurstWords ? wanted - moved : BurstWords;
                TransferStatus transfer = _bus.Read(Lsm6dsoRegister.FifoDataOutTag, _words, 0, words * WordBytes);
                if (transfer != TransferStatus.Ok)
                {
                    // Not acknowledged: the chip saw nothing, so nothing is lost unless an earlier burst of this call was.
                    _isContinuityLost = moved > 0 || transfer != TransferStatus.NotAcknowledged;
                    return SensorStatus.BusFault;
                }

                if (!Unpack(words * WordBytes, xCounts, yCounts, zCounts, offset + moved))
                {
                    return ClearAfterLoss();
                }

                moved += words;
            }

            // Held up for so long that the FIFO may have run over between two bursts: the latched flag knows.
            if (moved > 0 && level + SamplesIn(_clock.TickMs - startMs) >= FifoWords)
            {
                status = ReadLevel(out level);
                if (status != SensorStatus.Ok)
                {
                    _isContinuityLost = status == SensorStatus.BusFault;
                    return status;
                }
            }

            count = moved;
            return SensorStatus.Ok;
        }

        /// <inheritdoc/>
        public SensorStatus ReadDieTemperature(out int temperatureCentiC)
        {
            temperatureCentiC = 0;
            if (_bus.Read(Lsm6dsoRegister.OutTempL, _words, 0, 2) != TransferStatus.Ok)
            {
                return SensorStatus.BusFault;
            }

            int temperatureCounts = (short)(_words[0] | (_words[1] << 8));
            temperatureCentiC = 2500 + ((temperatureCounts * 25) >> 6);
            return SensorStatus.Ok;
        }

        /// <inheritdoc/>
        /// <remarks>Right is a change of 50 to 1700 mg. Source: DS12140 Rev 2, Mechanical characteristics; range and rate: ST AN5192, accelerometer self-test.</remarks>
        public SensorStatus SelfTest(int[] changeMilliG)
        {
            return new ForceTest(_bus, _clock, Lsm6dsoRegister.Ctrl5C, 0x01, 0x00).RunWithin(ForceMilliGMin, ForceMilliGMax, this, 4, 52, changeMilliG);
        }

        private SensorStatus Reset()
        {
            if (_bus.Read(Lsm6dsoRegister.WhoAmI, _words, 0, 1) != TransferStatus.Ok)
            {
                return SensorStatus.BusFault;
            }

            if (_words[0] != Lsm6dsoRegister.Identity)
            {
                return SensorStatus.WrongChip;
            }

            if (_bus.Write(Lsm6dsoRegister.Ctrl3C, Lsm6dsoRegister.Ctrl3CReset) != TransferStatus.Ok)
            {
                return SensorStatus.BusFault;
            }

            // AN5192: software reset takes 50 us, a boot 10 ms. The bit clears itself.
            for (int attempt = 0; attempt < 5; attempt++)
            {
                _clock.Sleep(10);
                if (_bus.Read(Lsm6dsoRegister.Ctrl3C, _words, 0, 1) != TransferStatus.Ok)
                {
                    return SensorStatus.BusFault;
                }

                if ((_words[0] & 0x01) == 0)
                {
                    return _bus.Write(Lsm6dsoRegister.Ctrl3C, Lsm6dsoRegister.Ctrl3CBduIfInc) == TransferStatus.Ok ? SensorStatus.Ok : SensorStatus.BusFault;
                }
            }

            return SensorStatus.BusFault;
        }

        private SensorStatus ReadLevel(out int level)
        {
            level = 0;
            TransferStatus transfer = _bus.Read(Lsm6dsoRegister.FifoStatus1, _words, 0, 2);
            if (transfer != TransferStatus.Ok)
            {
                // Reading FIFO_STATUS2 resets the latched overrun flag, so a transfer that broke off may have swallowed it.
                _isContinuityLost = transfer != TransferStatus.NotAcknowledged;
                return SensorStatus.BusFault;
            }

            if ((_words[1] & Lsm6dsoRegister.FifoStatus2Overrun) != 0)
            {
                return ClearAfterLoss();
            }

            level = _words[0] | ((_words[1] & 0x03) << 8);
            return SensorStatus.Ok;
        }

        /// <summary>One flat loop over whole words. False at the first word whose tag is not the expected one.</summary>
        private bool Unpack(int sizeBytes, short[] xCounts, short[] yCounts, short[] zCounts, int index)
        {
            byte[] words = _words;
            byte[] nextTag = _nextTag;
            int tag = _expectedTag;
            if (tag == 0)
            {
                // The counter starts anywhere after the FIFO was cleared; sensor and parity must still be right.
                tag = words[0];
                if (tag >= nextTag.Length || nextTag[tag] == 0)
                {
                    return false;
                }
            }

            for (int i = 0; i < sizeBytes; i += WordBytes)
            {
                if (words[i] != tag)
                {
                    return false;
                }

                tag = nextTag[tag];
                xCounts[index] = (short)(words[i + 1] | (words[i + 2] << 8));
                yCounts[index] = (short)(words[i + 3] | (words[i + 4] << 8));
                zCounts[index] = (short)(words[i + 5] | (words[i + 6] << 8));
                index++;
            }

            _expectedTag = tag;
            return true;
        }

        private SensorStatus ClearAfterLoss()
        {
            _isContinuityLost = true;
            _expectedTag = 0;
            if (!WriteFifoMode(Lsm6dsoRegister.FifoBypass) || !WriteFifoMode(Lsm6dsoRegister.FifoContinuous))
            {
                return SensorStatus.BusFault;
            }

            _isContinuityLost = false;
            return SensorStatus.Overrun;
        }

        // At the rate in force, 5 % up, and 20 ms more for a coarse clock.
        private int SamplesIn(long elapsedMs)
        {
            return elapsedMs > 100000 ? FifoWords : (int)((elapsedMs + 20) * _outputRateMilliHz / 950000);
        }

        private bool WriteCtrl1Xl(byte valueRaw)
        {
            if (_bus.Write(Lsm6dsoRegister.Ctrl1Xl, valueRaw) != TransferStatus.Ok)
            {
                return false;
            }

            _ctrl1XlRaw = valueRaw;
            return true;
        }

        private bool WriteFifoMode(byte modeRaw)
        {
            return _bus.Write(Lsm6dsoRegister.FifoCtrl4, modeRaw) == TransferStatus.Ok;
        }

        private void RequireConfigured()
        {
            if (_rateIndex < 0)
            {
                throw new InvalidOperationException("Configure first.");
            }
        }
    }
}
