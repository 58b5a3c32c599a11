using SensorNode.Emulator.Machines;

namespace SensorNode.Emulator.Chips;

/// <summary>ADXL345 at register level: data path, FIFO in bypass, FIFO and stream mode, flags, self-test. Taps, activity and trigger mode are not there.</summary>
/// <remarks>
/// Source: ADXL345 data sheet Rev. G. A transfer that touches the data registers takes one sample out of the FIFO when it ends; the FIFO needs
/// 5 us for that, and a read that comes sooner is noted as a violation. An empty FIFO repeats the last sample. The bus may be
/// 400 kHz at most: a faster one gets no answer.
/// </remarks>
public sealed class Adxl345Model : RegisterChip
{
    /// <summary>Entries of the FIFO.</summary>
    public const int FifoEntries = 32;

    private const byte BwRate = 0x2C;
    private const byte PowerCtl = 0x2D;
    private const byte IntSource = 0x30;
    private const byte DataFormat = 0x31;
    private const byte DataX0 = 0x32;
    private const byte FifoCtl = 0x38;
    private const byte FifoStatus = 0x39;
    private const long PowerUpNs = 1_100_000;
    private const long PopNs = 5_000;
    private const int CountsPerG = 256;

    // 0.75 LSB (x, y) and 1.1 LSB (z) rms at 100 Hz, so at a bandwidth of 50 Hz.
    private static readonly double[] NoiseCountsAt100Hz = [0.75, 0.75, 1.1];
    private static readonly double[] SelfTestG = [0.6, -0.6, 0.9];

    private readonly byte[] _registers = new byte[64];
    private readonly IVibrationSource _vibration;
    private readonly PartVariation _part;
    private readonly SeededRandom _noise;
    private readonly SampleClock _clock = new();
    private readonly short[] _fifo = new short[3 * FifoEntries];
    private readonly short[] _output = new short[3];

    private int _first;
    private int _level;
    private bool _isUnread;
    private bool _isOverrun;
    private bool _isDataTouched;
    private long _poppedNs = long.MinValue / 2;

    /// <summary>Makes a part without power.</summary>
    /// <param name="vibration">What it feels. This chip must be the only one that asks.</param>
    /// <param name="seed">Draws the part and its noise.</param>
    /// <param name="part">A part of one's own; null draws one: 40 mg, 4 %, clock 2 %.</param>
    public Adxl345Model(IVibrationSource vibration, ulong seed, PartVariation? part = null)
    {
        _vibration = vibration;
        _noise = new SeededRandom(seed);
        _part = part ?? PartVariation.Draw(_noise, 0.04, 0.04, 0.02, 0);
    }

    /// <summary>Samples taken since the part was made.</summary>
    public long SampleCount { get; private set; }

    /// <summary>Samples overwritten or refused because the FIFO was full.</summary>
    public long LostCount { get; private set; }

    /// <summary>True output rate in Hz, 0 in standby.</summary>
    public double OutputRateHz => _clock.RateHz;

    /// <inheritdoc/>
    public override void PowerOn(long nowNs)
    {
        ReadyNs = nowNs + PowerUpNs;
        Array.Clear(_registers);
        Array.Clear(_output);
        _registers[0] = 0xE5;
        _registers[BwRate] = 0x0A;
        _clock.Stop();
        ClearFifo();
    }

    private int FifoMode => _registers[FifoCtl] >> 6;

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
    protected override byte ReadRegister(byte register, long nowNs)
    {
        if (nowNs - _poppedNs < PopNs && register is (>= DataX0 and < DataX0 + 6) or FifoStatus)
        {
            Violation("FIFO read less than 5 us after the sample before");
        }

        Advance(nowNs);
        switch (register)
        {
            case IntSource:
                return ReadIntSource();
            case >= DataX0 and < DataX0 + 6:
                return ReadData(register - DataX0);
            case FifoStatus:
                return (byte)_level;
            default:
                return register < _registers.Length ? _registers[register] : (byte)0;
        }
    }

    /// <inheritdoc/>
    protected override void WriteRegister(byte register, byte value, long nowNs)
    {
        Advance(nowNs);
        bool isWritable = register is (>= 0x1D and <= 0x2A) or (>= 0x2C and <= 0x2F) or DataFormat or FifoCtl;
        if (!isWritable)
        {
            Violation($"write of 0x{value:x2} to read-only or reserved register 0x{register:x2}");
            return;
        }

        _registers[register] = value;
        switch (register)
        {
            case PowerCtl:
                Reject(register, value & 0xF7);
                RestartClock(nowNs);
                break;
            case BwRate:
                Reject(register, value & 0xF0);
                RestartClock(nowNs);
                break;
            case FifoCtl:
                WriteFifoControl(value);
                break;
            case DataFormat:
                Reject(register, value & 0x74);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndOfRead(long nowNs)
    {
        if (!_isDataTouched)
        {
            return;
        }

        _isDataTouched = false;
        _isUnread = false;
        _isOverrun = false;
        _poppedNs = nowNs;
        if (FifoMode != 0 && _level > 0)
        {
            _first = (_first + 1) % FifoEntries;
            _level--;
        }
    }

    private void Reject(byte register, int value)
    {
        if (value != 0)
        {
            Violation($"0x{value:x2} in register 0x{register:x2} is reserved or not modelled");
        }
    }

    private void ClearFifo()
    {
        _level = 0;
        _isUnread = false;
        _isOverrun = false;
    }

    private void RestartClock(long nowNs)
    {
        int code = _registers[BwRate] & 0x0F;
        if ((_registers[PowerCtl] & 0x08) == 0)
        {
            _clock.Stop();
            return;
        }

        if (code > 0x0D)
        {
            Violation("more than 800 Hz is not for I2C at 400 kHz");
        }

        // Turn-on takes 1.1 ms and one period; the clock counts the period itself.
        _clock.Start(nowNs + PowerUpNs, 3200.0 / (1 << (15 - code)) * (1 + _part.RateError));
    }

    private void WriteFifoControl(byte value)
    {
        if (value >> 6 == 3)
        {
            Violation("trigger mode is not modelled");
        }

        if (value >> 6 == 0)
        {
            _level = 0;
        }
    }

    private byte ReadIntSource()
    {
        int watermark = _registers[FifoCtl] & 0x1F;
        bool isReady = FifoMode == 0 ? _isUnread : _level > 0;
        return (byte)((isReady ? 0x80 : 0) | (_level >= watermark && FifoMode != 0 ? 0x02 : 0) | (_isOverrun ? 0x01 : 0));
    }

    private byte ReadData(int index)
    {
        _isDataTouched = true;
        if (FifoMode != 0 && _level > 0)
        {
            Array.Copy(_fifo, 3 * _first, _output, 0, 3);
        }

        short value = _output[index >> 1];
        return (byte)((index & 1) == 0 ? value : value >> 8);
    }

    private void Advance(long nowNs)
    {
        if (nowNs - _clock.NextNs > 1_000_000_000)
        {
            long skipped = _clock.SkipUntil(nowNs, FifoEntries + 32);
            SampleCount += skipped;
            LostCount += skipped;
        }

        while (_clock.NextNs <= nowNs)
        {
            TakeSample(_clock.NextNs);
        }
    }

    private void TakeSample(long timeNs)
    {
        _vibration.Acceleration(timeNs, out double x, out double y, out double z);
        _clock.Step();
        SampleCount++;
        short xCounts = Quantise(x, 0);
        short yCounts = Quantise(y, 1);
        short zCounts = Quantise(z, 2);
        if (FifoMode == 0)
        {
            _isOverrun |= _isUnread;
            _isUnread = true;
            _output[0] = xCounts;
            _output[1] = yCounts;
            _output[2] = zCounts;
            return;
        }

        Push(xCounts, yCounts, zCounts);
    }

    private void Push(short x, short y, short z)
    {
        if (_level == FifoEntries)
        {
            LostCount++;
            if (FifoMode == 1)
            {
                _isOverrun = true;
                return;
            }

            _first = (_first + 1) % FifoEntries;
            _level--;
        }

        int at = (_first + _level) % FifoEntries * 3;
        _fifo[at] = x;
        _fifo[at + 1] = y;
        _fifo[at + 2] = z;
        _level++;
        _isOverrun |= _level == FifoEntries;
    }

    private short Quantise(double g, int axis)
    {
        int format = _registers[DataFormat];
        int range = format & 3;
        int limit = 2 * CountsPerG << range;
        double noise = NoiseCountsAt100Hz[axis] * Math.Sqrt(_clock.RateHz / 100) * _part.NoiseFactor;
        double value = (g * _part.Gain[axis] + _part.OffsetG[axis]) * CountsPerG + (sbyte)_registers[0x1E + axis] * 4;
        value += (format & 0x80) != 0 ? SelfTestG[axis] * CountsPerG : 0;
        value += noise > 0 ? _noise.NextNormal() * noise : 0;
        int counts = (int)Math.Clamp(Math.Round(value), -limit, limit - 1);
        if ((format & 0x08) == 0)
        {
            // Fixed 10 bits: one count is 3.9 mg at 2 g and twice that for each step of range.
            counts >>= range;
        }

        return (short)counts;
    }
}
