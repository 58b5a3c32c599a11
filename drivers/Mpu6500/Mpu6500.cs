using System;
using SensorNode.Contracts;

namespace SensorNode.Drivers
{
    /// <summary>InvenSense MPU-6500, its accelerometer only: FIFO of 512 bytes, read in bursts.</summary>
    /// <remarks>
    /// Threads: one at a time.
    /// Memory:  one byte[384] for bursts, made by the constructor. Nothing else is allocated but by the self-test.
    /// Cost:    DrainFifo is a 1-byte and a 2-byte transfer and one burst for each 64 samples.
    /// Source:  InvenSense PS-MPU-6500A-01 (product specification) and RM-MPU-6500A-00 (register map).
    /// </remarks>
    public sealed class Mpu6500 : IAccelerometer, ISelfTest
    {
        /// <summary>Whole samples that the FIFO holds: 512 bytes by 6.</summary>
        public const int FifoSamples = 85;

        private const int BurstSamples = 64;

        private readonly IRegisterBus _bus;
        private readonly IClock _clock;
        private readonly byte[] _bytes = new byte[BurstSamples * 6];

        private int _rangeG;
        private int _outputRateMilliHz;
        private int _bandwidthMilliHz;
        private byte _accelConfigRaw;
        private byte _accelConfig2Raw;

        // Samples may have left the FIFO without reaching the caller: the next drain clears it and says Overrun.
        private bool _isContinuityLost;

        /// <summary>Makes the driver. Touches nothing on the bus.</summary>
        /// <param name="bus">The chip at 0x68 (AD0 low) or 0x69.</param>
        /// <param name="clock">For the waits after reset and power-up, and to see that a drain was held up.</param>
        public Mpu6500(IRegisterBus bus, IClock clock)
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
            get { return "MPU-6500"; }
        }

        /// <inheritdoc/>
        public int OutputRateMilliHz
        {
            get { return _outputRateMilliHz; }
        }

        /// <inheritdoc/>
        /// <remarks>16384, 8192, 4096 and 2048 counts a g at 2, 4, 8 and 16 g. Source: product specification, accelerometer specifications.</remarks>
        public int NanoGPerCount
        {
            get { return (int)(((long)_rangeG * 1000000000 + 16384) / 32768); }
        }

        /// <inheritdoc/>
        /// <remarks>99 % of full scale: behind the converter comes the chip's own filter.</remarks>
        public int ClipCounts
        {
            get { return 32440; }
        }

        /// <inheritdoc/>
        /// <remarks>Four fifths of the filter's -3 dB frequency, at most 0.4 times the rate; the documents show no curve.</remarks>
        public int BandwidthMilliHz
        {
            get { return _bandwidthMilliHz; }
        }

        /// <inheritdoc/>
        public int FifoCapacitySamples
        {
            get { return FifoSamples; }
        }

        /// <inheritdoc/>
        /// <remarks>
        /// Ranges: 2, 4, 8, 16 g. Rates: 100, 125, 200, 250, 500, 1000 Hz, as far as the bus carries them: 54 bits a sample and a tenth. The
        /// chip's 4 kHz mode bypasses the divider and is not used. A bus above 400 kHz is refused: the chip's I2C ends there.
        /// Blocks for 140 ms: 100 ms after reset, 30 ms and more for the accelerometer to start (product specification, electrical characteristics).
        /// </remarks>
        public SensorStatus Configure(int rangeG, int outputRateHz)
        {
            int rangeBits = RangeBits(rangeG);
            int filter = FilterFor(outputRateHz);
            int clockHz = _bus.ClockHz;
            if (rangeBits < 0 || filter < 0 || clockHz > 400000 || outputRateHz * 60 > clockHz)
            {
                return SensorStatus.InvalidSetting;
            }

            _outputRateMilliHz = 0;
            _bandwidthMilliHz = 0;
            _rangeG = 0;
            SensorStatus status = Reset();
            if (status != SensorStatus.Ok)
            {
                return status;
            }

            // FIFO_MODE: when full it takes nothing more; otherwise a word would be overwritten in its middle, for 512 is no multiple of 6. DLPF_CFG 1: the
            // divider counts only with a low-pass of the gyroscope's, though the gyroscope is off. The accelerometer's own is in ACCEL_CONFIG 2.
            if (_bus.Write(Mpu6500Register.PowerManagement2, 0x07) != TransferStatus.Ok
                || _bus.Write(Mpu6500Register.SampleRateDivider, (byte)((1000 / outputRateHz) - 1)) != TransferStatus.Ok
                || _bus.Write(Mpu6500Register.Config, Mpu6500Register.FifoStopsWhenFull | Mpu6500Register.DividerInForce) != TransferStatus.Ok
                || _bus.Write(Mpu6500Register.AccelConfig, (byte)rangeBits) != TransferStatus.Ok
                || _bus.Write(Mpu6500Register.AccelConfig2, (byte)filter) != TransferStatus.Ok
                || _bus.Write(Mpu6500Register.IntEnable, Mpu6500Register.FifoOverflow) != TransferStatus.Ok)
            {
                return SensorStatus.BusFault;
            }

            _accelConfigRaw = (byte)rangeBits;
            _accelConfig2Raw = (byte)filter;
            _clock.Sleep(40);
            _outputRateMilliHz = outputRateHz * 1000;
            _bandwidthMilliHz = BandwidthFor(filter, _outputRateMilliHz);
            _rangeG = rangeG;
            return SensorStatus.Ok;
        }

        /// <inheritdoc/>
        /// <remarks>A chip that lost its supply since Configure has forgotten its settings: that is a BusFault too, so that the caller configures anew.</remarks>
        public SensorStatus Start()
        {
            RequireConfigured();
            if (_bus.Read(Mpu6500Register.AccelConfig, _bytes, 0, 2) != TransferStatus.Ok || _bytes[0] != _accelConfigRaw || _bytes[1] != _accelConfig2Raw)
            {
                return SensorStatus.BusFault;
            }

            return RestartFifo() ? SensorStatus.Ok : SensorStatus.BusFault;
        }

        /// <inheritdoc/>
        public SensorStatus Stop()
        {
            RequireConfigured();
            return _bus.Write(Mpu6500Register.FifoEn, 0x00) == TransferStatus.Ok ? SensorStatus.Ok : SensorStatus.BusFault;
        }

        /// <inheritdoc/>
        /// <remarks>A full FIFO is an Overrun even if nothing was lost yet. Overrun is also said on the call after a transfer that broke off.</remarks>
        public SensorStatus DrainFifo(short[] xCounts, short[] yCounts, short[] zCounts, int offset, int capacity, out int count)
        {
            count = 0;
            if (_isContinuityLost)
            {
                return ClearAfterLoss();
            }

            long startMs = _clock.TickMs;
            SensorStatus status = CheckOverflow();
            if (status != SensorStatus.Ok)
            {
                return status;
            }

            if (_bus.Read(Mpu6500Register.FifoCountH, _bytes, 0, 2) != TransferStatus.Ok)
            {
                return SensorStatus.BusFault;
            }

            int level = (((_bytes[0] & 0x1F) << 8) | _bytes[1]) / 6;
            if (level >= FifoSamples)
            {
                // No room for another sample: the flag may only come with it.
                return ClearAfterLoss();
            }

            int wanted = level < capacity ? level : capacity;
            int moved = 0;
            while (moved < wanted)
            {
                int samples = wanted - moved < BurstSamples ? wanted - moved : BurstSamples;
                TransferStatus transfer = _bus.Read(Mpu6500Register.FifoReadWrite, _bytes, 0, samples * 6);
                if (transfer != TransferStatus.Ok)
                {
                    _isContinuityLost = moved > 0 || transfer != TransferStatus.NotAcknowledged;
                    return SensorStatus.BusFault;
                }

                Unpack(samples * 6, xCounts, yCounts, zCounts, offset + moved);
                moved += samples;
            }

            // Held up for so long that the FIFO may have run over between two transfers; a tenth for the part's oscillator.
            if (moved > 0 && level + ((_clock.TickMs - startMs + 5) * _outputRateMilliHz / 900000) >= FifoSamples)
            {
                status = CheckOverflow();
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
        /// <remarks>333.87 counts a degree, 0 at 21 degrees Celsius. Source: register map, TEMP_OUT; product specification, temperature sensor.</remarks>
        public SensorStatus ReadDieTemperature(out int temperatureCentiC)
        {
            temperatureCentiC = 0;
            if (_bus.Read(Mpu6500Register.TempOutH, _bytes, 0, 2) != TransferStatus.Ok)
            {
                return SensorStatus.BusFault;
            }

            temperatureCentiC = 2100 + ((short)((_bytes[0] << 8) | _bytes[1]) * 10000 / 33387);
            return SensorStatus.Ok;
        }

        /// <inheritdoc/>
        /// <remarks>
        /// The factory has left a code for each axis. Right is half to one and a half of 2620 counts of 2 g / 32768 times 1.01 to the power of code - 1; where there is
        /// no code, 225 to 675 mg. Source: RM-MPU-6500A-00, registers 13 to 15; the limits from memory of InvenSense AN-MPU-6500A-02, self-test.
        /// </remarks>
        public SensorStatus SelfTest(int[] changeMilliG)
        {
            SensorStatus status = new ForceTest(_bus, _clock, Mpu6500Register.AccelConfig, Mpu6500Register.SelfTestAllAxes, 0x00).Run(this, 2, 200, changeMilliG);
            if (status != SensorStatus.Ok)
            {
                return status;
            }

            if (_bus.Read(Mpu6500Register.SelfTestXAccel, _bytes, 0, 3) != TransferStatus.Ok)
            {
                changeMilliG[0] = 0;
                changeMilliG[1] = 0;
                changeMilliG[2] = 0;
                return SensorStatus.BusFault;
            }

            bool isRight = true;
            for (int axis = 0; axis < 3; axis++)
            {
                int milliG = FactoryMilliG(_bytes[axis]);
                isRight &= ForceTest.IsSizeBetween(changeMilliG[axis], milliG / 2, milliG * 3 / 2);
            }

            return isRight ? SensorStatus.Ok : SensorStatus.ImplausibleValue;
        }

        /// <summary>What the chip moved in the factory; the middle of the limits where it does not say.</summary>
        private static int FactoryMilliG(int code)
        {
            if (code == 0)
            {
                return 450;
            }

            int microG = 159912;
            for (int i = 1; i < code; i++)
            {
                microG += microG / 100;
            }

            return microG / 1000;
        }

        private static int RangeBits(int rangeG)
        {
            switch (rangeG)
            {
                case 2: return 0x00;
                case 4: return 0x08;
                case 8: return 0x10;
                case 16: return 0x18;
                default: return -1;
            }
        }

        // The widest filter that ends below half the rate: 460, 184, 92, 41 Hz. Source: register map, ACCEL_CONFIG 2.
        private static int FilterFor(int outputRateHz)
        {
            switch (outputRateHz)
            {
                case 1000: return 0;
                case 500: return 1;
                case 250:
                case 200: return 2;
                case 125:
                case 100: return 3;
                default: return -1;
            }
        }

        private static int BandwidthFor(int filter, int outputRateMilliHz)
        {
            int filterHz = filter == 0 ? 460 : filter == 1 ? 184 : filter == 2 ? 92 : 41;
            int claimed = filterHz * 800;
            return claimed < outputRateMilliHz / 5 * 2 ? claimed : outputRateMilliHz / 5 * 2;
        }

        private SensorStatus Reset()
        {
            if (_bus.Read(Mpu6500Register.WhoAmI, _bytes, 0, 1) != TransferStatus.Ok)
            {
                return SensorStatus.BusFault;
            }

            if (_bytes[0] != Mpu6500Register.Identity)
            {
                return SensorStatus.WrongChip;
            }

            if (_bus.Write(Mpu6500Register.PowerManagement1, 0x80) != TransferStatus.Ok)
            {
                return SensorStatus.BusFault;
            }

            _clock.Sleep(100);
            return _bus.Write(Mpu6500Register.PowerManagement1, 0x01) == TransferStatus.Ok ? SensorStatus.Ok : SensorStatus.BusFault;
        }

        private SensorStatus CheckOverflow()
        {
            TransferStatus transfer = _bus.Read(Mpu6500Register.IntStatus, _bytes, 0, 1);
            if (transfer != TransferStatus.Ok)
            {
                // Reading clears the flag, so a transfer that broke off may have swallowed it.
                _isContinuityLost = transfer != TransferStatus.NotAcknowledged;
                return SensorStatus.BusFault;
            }

            return (_bytes[0] & Mpu6500Register.FifoOverflow) == 0 ? SensorStatus.Ok : ClearAfterLoss();
        }

        // High byte first. One flat loop.
        private void Unpack(int sizeBytes, short[] xCounts, short[] yCounts, short[] zCounts, int index)
        {
            byte[] bytes = _bytes;
            for (int i = 0; i < sizeBytes; i += 6)
            {
                xCounts[index] = (short)((bytes[i] << 8) | bytes[i + 1]);
                yCounts[index] = (short)((bytes[i + 2] << 8) | bytes[i + 3]);
                zCounts[index] = (short)((bytes[i + 4] << 8) | bytes[i + 5]);
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
            // Nothing may flow in while the FIFO is reset; reading INT_STATUS clears an old overflow.
            if (_bus.Write(Mpu6500Register.FifoEn, 0x00) != TransferStatus.Ok
                || _bus.Write(Mpu6500Register.UserCtrl, 0x04) != TransferStatus.Ok
                || _bus.Read(Mpu6500Register.IntStatus, _bytes, 0, 1) != TransferStatus.Ok
                || _bus.Write(Mpu6500Register.UserCtrl, 0x40) != TransferStatus.Ok
                || _bus.Write(Mpu6500Register.FifoEn, 0x08) != TransferStatus.Ok)
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
