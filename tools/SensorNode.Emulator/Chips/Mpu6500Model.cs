using SensorNode.Emulator.Machines;

namespace SensorNode.Emulator.Chips;

/// <summary>MPU-6500 at register level: accelerometer at up to 1 kHz, FIFO of 512 bytes, die temperature, self-test bits. Gyroscope and the chip's own I2C master are not there.</summary>
/// <remarks>
/// Source: InvenSense PS-MPU-6500A-01, RM-MPU-6500A-00. The FIFO is bytes, not samples: with FIFO_MODE 0 a full FIFO loses its oldest bytes, and what is read
/// then starts in the middle of a sample. An empty FIFO repeats its last byte. The low-pass is not modelled, its setting only noted for the
/// noise. After waking it settles with a time constant of 3 ms. A bus above 400 kHz gets no answer. SMPLRT_DIV counts only with DLPF_CFG 1 to 6 and
/// FCHOICE_B 0; else the FIFO fills at 8 kHz (32 kHz with FCHOICE_B) with each sample of the accelerometer again and again, divider or not.
/// </remarks>
public sealed class Mpu6500Model : RegisterChip
{
    /// <summary>Bytes of the FIFO.</summary>
    public const int FifoBytes = 512;

    private const byte SampleRateDivider = 0x19;
    private const byte Config = 0x1A;
    private const byte GyroConfig = 0x1B;
    private const byte AccelConfig = 0x1C;
    private const byte AccelConfig2 = 0x1D;
    private const byte FifoEn = 0x23;
    private const byte IntStatus = 0x3A;
    private const byte AccelXOutH = 0x3B;
    private const byte TempOutH = 0x41;
    private const byte UserCtrl = 0x6A;
    private const byte PowerManagement1 = 0x6B;
    private const byte FifoCountH = 0x72;
    private const byte FifoReadWrite = 0x74;
    private const long StartNs = 11_000_000;
    private const long ResetNs = 1_000_000;
    private const double NoiseGPerRootHz = 300e-6;
    private static readonly double[] FilterHz = [460, 184, 92, 41, 20, 10, 5, 460];

    private readonly byte[] _registers = new byte[128];
    private readonly IVibrationSource _vibration;
    private readonly IClimateSource _climate;
    private readonly PartVariation _part;
    private readonly SeededRandom _noise;
    private readonly SampleClock _clock = new();
    private readonly Queue<byte> _fifo = new();
    private readonly short[] _output = new short[3];

    private byte _lastByte;
    private bool _isOverflow;
    private long _resetEndNs;
    private long _awakeNs;
    private int _heldCount = -1;
    private int _repeats = 1;

    /// <summary>Makes a part without power.</summary>
    /// <param name="vibration">What it feels. This chip must be the only one that asks.</param>
    /// <param name="climate">Temperature of its surroundings.</param>
    /// <param name="seed">Draws the part and its noise.</param>
    /// <param name="part">A part of one's own; null draws one: 60 mg, 3 %, clock 1 %, 3 K.</param>
    public Mpu6500Model(IVibrationSource vibration, IClimateSource climate, ulong seed, PartVariation? part = null)
    {
        _vibration = vibration;
        _climate = climate;
        _noise = new SeededRandom(seed);
        _part = part ?? PartVariation.Draw(_noise, 0.06, 0.03, 0.01, 3);
    }

    /// <summary>Samples taken since the part was made.</summary>
    public long SampleCount { get; private set; }

    /// <summary>Samples that found no room.</summary>
    public long LostCount { get; private set; }

    /// <summary>True rate in Hz at which the FIFO fills, 0 asleep.</summary>
    public double OutputRateHz => _clock.RateHz;

    /// <inheritdoc/>
    public override void PowerOn(long nowNs)
    {
        ReadyNs = nowNs + StartNs;
        Reset();
        _awakeNs = nowNs;
        RestartClock(nowNs);
    }

    /// <inheritdoc/>
    protected override bool Accepts(long nowNs, long bitNs)
    {
        if (bitNs >= 2500)
        {
            return true;
        }

        Violation("I2C clock above 400 kHz");
        return false;
    }

    /// <inheritdoc/>
    protected override byte Next(byte register, bool isRead) => register == FifoReadWrite ? register : (byte)((register + 1) & 0x7F);

    /// <inheritdoc/>
    protected override byte ReadRegister(byte register, long nowNs)
    {
        Advance(nowNs);
        int address = register & 0x7F;
        switch (address)
        {
            case IntStatus:
                byte status = (byte)(_isOverflow ? 0x10 : 0);
                _isOverflow = false;
                return status;
            case >= AccelXOutH and < AccelXOutH + 6:
                short output = _output[(address - AccelXOutH) >> 1];
                return (byte)(((address - AccelXOutH) & 1) == 0 ? output >> 8 : output);
            case TempOutH:
            case TempOutH + 1:
                short temperature = (short)Math.Round((_climate.At(nowNs).TemperatureC + _part.TemperatureOffsetC - 21) * 333.87);
                return (byte)(address == TempOutH ? temperature >> 8 : temperature);
            case FifoCountH:
                _heldCount = _fifo.Count;
                return (byte)(_heldCount >> 8);
            case FifoCountH + 1:
                return (byte)(_heldCount >= 0 ? _heldCount : _fifo.Count);
            case FifoReadWrite:
                _lastByte = _fifo.TryDequeue(out byte next) ? next : _lastByte;
                return _lastByte;
            default:
                return _registers[address];
        }
    }

    /// <inheritdoc/>
    protected override void WriteRegister(byte register, byte value, long nowNs)
    {
        Advance(nowNs);
        if (nowNs < _resetEndNs)
        {
            Violation($"write of 0x{register:x2} during the reset");
            return;
        }

        if (register is not ((>= 0x13 and <= 0x23) or (>= 0x37 and <= 0x38) or (>= 0x67 and <= 0x6C) or 0x77 or 0x78 or 0x7A or 0x7B or 0x7D or 0x7E))
        {
            Violation($"write of 0x{value:x2} to read-only or reserved register 0x{register:x2}");
            return;
        }

        byte before = _registers[register];
        _registers[register] = value;
        switch (register)
        {
            case PowerManagement1:
                _awakeNs = (before & 0x40) != 0 ? nowNs : _awakeNs;
                WritePower(value, nowNs);
                break;
            case SampleRateDivider:
            case Config:
            case GyroConfig:
                RestartClock(nowNs);
                break;
            case AccelConfig2:
                Reject(register, value & 0xF8);
                break;
            case FifoEn:
                Reject(register, value & 0xF7);
                break;
            case UserCtrl:
                Reject(register, value & 0xBB);
                if ((value & 0x04) != 0)
                {
                    _fifo.Clear();
                    _registers[UserCtrl] &= 0xFB;
                }

                break;
        }
    }

    private void Reject(int register, int value)
    {
        if (value != 0)
        {
            Violation($"0x{value:x2} in register 0x{register:x2} is reserved or not modelled");
        }
    }

    private void Reset()
    {
        Array.Clear(_registers);
        _registers[0x75] = 0x70;

        // Factory codes of the self-test: 2620 counts times 1.01 to the power of 92 are the 0.4 g of this part.
        _registers[0x0D] = _registers[0x0E] = _registers[0x0F] = 93;
        _registers[PowerManagement1] = 0x01;
        _fifo.Clear();
        _isOverflow = false;
        _clock.Stop();
    }

    private void WritePower(byte value, long nowNs)
    {
        if ((value & 0x80) != 0)
        {
            Reset();
            _awakeNs = nowNs;
            _resetEndNs = nowNs + ResetNs;
        }

        RestartClock(nowNs);
    }

    private void RestartClock(long nowNs)
    {
        if ((_registers[PowerManagement1] & 0x40) != 0)
        {
            _clock.Stop();
            return;
        }

        bool isDivided = (_registers[Config] & 7) is > 0 and < 7 && (_registers[GyroConfig] & 3) == 0;
        _repeats = isDivided ? 1 : (_registers[GyroConfig] & 3) == 0 ? 8 : 32;
        double rateHz = isDivided ? 1000.0 / (1 + _registers[SampleRateDivider]) : 1000.0 * _repeats;
        _clock.Start(nowNs, rateHz * (1 + _part.RateError));
    }

    private void Advance(long nowNs)
    {
        if (nowNs - _clock.NextNs > 1_000_000_000)
        {
            long skipped = _clock.SkipUntil(nowNs, 128);
            SampleCount += skipped;
            LostCount += skipped;
        }

        while (_clock.NextNs <= nowNs)
        {
            if (_clock.Count % _repeats == 0)
            {
                Sample();
            }

            _clock.Step();
            SampleCount++;
            if ((_registers[UserCtrl] & 0x40) != 0 && (_registers[FifoEn] & 0x08) != 0)
            {
                Push();
            }
        }
    }

    private void Sample()
    {
        _vibration.Acceleration(_clock.NextNs, out double x, out double y, out double z);
        double awakeMs = (_clock.NextNs - _awakeNs) * 1e-6;
        double settled = awakeMs < 100 ? 1 - Math.Exp(-awakeMs / 3) : 1;
        _output[0] = Quantise(x, 0, settled);
        _output[1] = Quantise(y, 1, settled);
        _output[2] = Quantise(z, 2, settled);
    }

    private void Push()
    {
        bool isFull = _fifo.Count + 6 > FifoBytes;
        _isOverflow |= isFull;
        LostCount += isFull ? 1 : 0;
        if (isFull && (_registers[Config] & 0x40) != 0)
        {
            return;
        }

        foreach (short value in _output)
        {
            _fifo.Enqueue((byte)(value >> 8));
            _fifo.Enqueue((byte)value);
        }

        while (_fifo.Count > FifoBytes)
        {
            _fifo.Dequeue();
        }
    }

    private short Quantise(double g, int axis, double settled)
    {
        int range = (_registers[AccelConfig] >> 3) & 3;
        double bandwidthHz = Math.Min(FilterHz[_registers[AccelConfig2] & 7], _clock.RateHz / 2);
        double value = (g * _part.Gain[axis] + _part.OffsetG[axis]) * settled;
        value += (_registers[AccelConfig] & (0x80 >> axis)) != 0 ? 0.4 : 0;
        value += _part.NoiseFactor > 0 ? _noise.NextNormal() * NoiseGPerRootHz * Math.Sqrt(bandwidthHz) * _part.NoiseFactor : 0;
        return (short)Math.Clamp(Math.Round(value * (16384 >> range)), short.MinValue, short.MaxValue);
    }
}
