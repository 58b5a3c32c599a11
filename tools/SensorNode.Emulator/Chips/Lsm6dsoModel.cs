using SensorNode.Emulator.Machines;

namespace SensorNode.Emulator.Chips;

/// <summary>LSM6DSO at register level: accelerometer, FIFO, die temperature, self-test. Gyroscope and embedded functions are not there.</summary>
/// <remarks>
/// Source: ST DS12140 Rev 2, AN5192. Choices where they are silent: an empty FIFO gives tag 0 and the last word's data again; a word
/// leaves the FIFO when its last byte (0x7E) is read; the tag counter goes on over a clear; the unsettled start is
/// an exponential with a time constant of 1.5 output periods. Cost: about 0.1 us a sample besides the source.
/// </remarks>
public sealed class Lsm6dsoModel : RegisterChip
{
    /// <summary>Words of the FIFO.</summary>
    public const int FifoWords = 512;

    private const long BootNs = 10_000_000;
    private const long ResetNs = 50_000;
    private const double SelfTestG = 0.4;
    private static readonly double[] NanoGPerCount = [61_000, 488_000, 122_000, 244_000];
    private static readonly double[] NoiseMicroGPerRootHz = [70, 110, 75, 80];

    private readonly byte[] _registers = new byte[128];
    private readonly IVibrationSource _vibration;
    private readonly IClimateSource _climate;
    private readonly PartVariation _part;
    private readonly SeededRandom _noise;
    private readonly SampleClock _clock = new();
    private readonly short[] _output = new short[3];
    private readonly Lsm6dsoFifo _fifo = new();
    private readonly sbyte _freqFine;

    private long _resetEndNs;
    private long _temperatureNs;
    private short _temperatureRaw;
    private byte _latchedHigh;
    private bool _isLatched;
    private bool _isNewSample;

    /// <summary>Makes a part without power.</summary>
    /// <param name="vibration">What it feels. This chip must be the only one that asks.</param>
    /// <param name="climate">Temperature of its surroundings.</param>
    /// <param name="seed">Draws the part and its noise.</param>
    /// <param name="part">A part of one's own; null draws one: 20 mg, 1 %, clock 3 %, 3 K.</param>
    public Lsm6dsoModel(IVibrationSource vibration, IClimateSource climate, ulong seed, PartVariation? part = null)
    {
        _vibration = vibration;
        _climate = climate;
        _noise = new SeededRandom(seed);
        _part = part ?? PartVariation.Draw(_noise, 0.02, 0.01, 0.03, 3);

        // The factory measures the clock and stores the nearest step of 0.15 %.
        _freqFine = (sbyte)Math.Round(_part.RateError / 0.0015);
    }

    /// <summary>Samples taken since the part was made.</summary>
    public long SampleCount { get; private set; }

    /// <summary>Words overwritten or refused because the FIFO was full.</summary>
    public long LostCount => _fifo.LostCount;

    /// <summary>True output rate in Hz, 0 in power-down.</summary>
    public double OutputRateHz => _clock.RateHz;

    /// <inheritdoc/>
    public override void PowerOn(long nowNs)
    {
        ReadyNs = nowNs + BootNs;
        ResetRegisters();
        _resetEndNs = 0;
    }

    /// <inheritdoc/>
    protected override byte Next(byte register, bool isRead)
    {
        if ((_registers[Lsm6dsoMap.Ctrl3C] & 0x04) == 0)
        {
            return register;
        }

        return register == Lsm6dsoMap.FifoDataOutZH ? Lsm6dsoMap.FifoDataOutTag : (byte)((register + 1) & 0x7F);
    }

    /// <inheritdoc/>
    protected override byte ReadRegister(byte register, long nowNs)
    {
        Advance(nowNs);
        switch (register & 0x7F)
        {
            case Lsm6dsoMap.Ctrl3C:
                return (byte)(_registers[Lsm6dsoMap.Ctrl3C] | (nowNs < _resetEndNs ? 0x01 : 0x00));
            case Lsm6dsoMap.Status:
                return (byte)((_isNewSample ? 0x01 : 0x00) | (_clock.IsRunning ? 0x04 : 0x00));
            case Lsm6dsoMap.OutTempL:
                return Low(_temperatureRaw);
            case Lsm6dsoMap.OutTempL + 1:
                return High(_temperatureRaw);
            case >= Lsm6dsoMap.OutXLA and < Lsm6dsoMap.OutXLA + 6:
                return ReadOutput((register & 0x7F) - Lsm6dsoMap.OutXLA);
            case Lsm6dsoMap.FifoStatus1:
                return _fifo.ReadStatus1();
            case Lsm6dsoMap.FifoStatus2:
                return _fifo.ReadStatus2(Watermark);
            case Lsm6dsoMap.InternalFreqFine:
                return (byte)_freqFine;
            case >= Lsm6dsoMap.FifoDataOutTag and <= Lsm6dsoMap.FifoDataOutZH:
                return _fifo.ReadByte((register & 0x7F) - Lsm6dsoMap.FifoDataOutTag);
            default:
                return _registers[register & 0x7F];
        }
    }

    /// <inheritdoc/>
    protected override void WriteRegister(byte register, byte value, long nowNs)
    {
        Advance(nowNs);
        if (nowNs < _resetEndNs)
        {
            Violation($"write of 0x{register:x2} during the software reset");
            return;
        }

        if (!Lsm6dsoMap.IsWritable(register))
        {
            Violation($"write of 0x{value:x2} to read-only or reserved register 0x{register:x2}");
            return;
        }

        byte before = _registers[register];
        _registers[register] = value;
        switch (register)
        {
            case Lsm6dsoMap.Ctrl3C:
                WriteCtrl3(value, nowNs);
                break;
            case Lsm6dsoMap.Ctrl1Xl:
                WriteCtrl1(before, value, nowNs);
                break;
            case Lsm6dsoMap.FifoCtrl4:
                WriteFifoMode(value);
                break;
            case Lsm6dsoMap.FifoCtrl3:
                RejectUnmodelled(register, value & 0xF0);
                break;
            case Lsm6dsoMap.Ctrl2G:
                RejectUnmodelled(register, value);
                break;
        }
    }

    private static byte Low(short value) => (byte)value;

    private static byte High(short value) => (byte)(value >> 8);

    private int Watermark => _registers[Lsm6dsoMap.FifoCtrl1] | ((_registers[Lsm6dsoMap.FifoCtrl2] & 1) << 8);

    private void RejectUnmodelled(byte register, int value)
    {
        if (value != 0)
        {
            Violation($"0x{value:x2} in register 0x{register:x2} is not modelled");
        }
    }

    private void ResetRegisters()
    {
        Array.Clear(_registers);
        Lsm6dsoMap.LoadResetValues(_registers);
        _clock.Stop();
        _fifo.SetMode(0, 0);
        _isNewSample = false;
        _isLatched = false;
    }

    private void WriteCtrl3(byte value, long nowNs)
    {
        if ((value & 0x81) == 0)
        {
            return;
        }

        ResetRegisters();
        _resetEndNs = nowNs + ((value & 0x80) != 0 ? BootNs : ResetNs);
    }

    private void WriteCtrl1(byte before, byte value, long nowNs)
    {
        int rate = value >> 4;
        if (rate > 10)
        {
            Violation($"ODR_XL {rate}: not modelled");
        }

        RejectUnmodelled(Lsm6dsoMap.Ctrl1Xl, value & 0x03);
        if (rate == before >> 4)
        {
            return;
        }

        if (rate is 0 or > 10)
        {
            _clock.Stop();
            return;
        }

        _clock.Start(nowNs, 6667.0 / (1 << (10 - rate)) * (1 + _part.RateError));
    }

    private void WriteFifoMode(byte value)
    {
        RejectUnmodelled(Lsm6dsoMap.FifoCtrl4, value & 0xF8);
        int mode = value & 0x07;
        if (mode is not (0 or 1 or 6))
        {
            Violation($"FIFO_MODE {mode}: not modelled");
        }

        _fifo.SetMode(mode, (_registers[Lsm6dsoMap.FifoCtrl2] & 0x80) != 0 ? Watermark : FifoWords);
    }

    private byte ReadOutput(int index)
    {
        short value = _output[index >> 1];
        bool isBdu = (_registers[Lsm6dsoMap.Ctrl3C] & 0x40) != 0;
        if ((index & 1) == 0)
        {
            _latchedHigh = High(value);
            _isLatched = isBdu;
            return Low(value);
        }

        _isNewSample = false;
        byte high = _isLatched ? _latchedHigh : High(value);
        _isLatched = false;
        return high;
    }

    private void Advance(long nowNs)
    {
        if (nowNs - _clock.NextNs > 1_000_000_000)
        {
            SkipSilence(nowNs);
        }

        while (_clock.NextNs <= nowNs)
        {
            TakeSample(_clock.NextNs);
        }
    }

    // Nobody has read for long: only the last words of a full FIFO can still be seen.
    private void SkipSilence(long nowNs)
    {
        long skipped = _clock.SkipUntil(nowNs, FifoWords + 32);
        SampleCount += skipped;
        if (BatchDivider > 0)
        {
            _fifo.Skip(skipped / BatchDivider);
        }
    }

    // Batch rate below the output rate takes each second, fourth, .. sample; a higher one means each sample. 0: none.
    private int BatchDivider
    {
        get
        {
            int batch = _registers[Lsm6dsoMap.FifoCtrl3] & 0x0F;
            int rate = _registers[Lsm6dsoMap.Ctrl1Xl] >> 4;
            return batch is 0 or > 10 ? 0 : batch >= rate ? 1 : 1 << (rate - batch);
        }
    }

    private void TakeSample(long timeNs)
    {
        _vibration.Acceleration(timeNs, out double x, out double y, out double z);
        int range = (_registers[Lsm6dsoMap.Ctrl1Xl] >> 2) & 3;
        double countsPerG = 1e9 / NanoGPerCount[range];
        double noise = NoiseMicroGPerRootHz[range] * 1e-6 * Math.Sqrt(_clock.RateHz / 2) * _part.NoiseFactor;
        double settled = _clock.Count < 32 ? 1 - Math.Exp(-(_clock.Count + 1) / 1.5) : 1;
        int selfTest = _registers[Lsm6dsoMap.Ctrl5C] & 3;
        double pushed = selfTest == 1 ? SelfTestG : selfTest == 2 ? -SelfTestG : 0;
        _output[0] = Quantise(x + pushed, 0, countsPerG * settled, noise);
        _output[1] = Quantise(y + pushed, 1, countsPerG * settled, noise);
        _output[2] = Quantise(z + pushed, 2, countsPerG * settled, noise);
        _isNewSample = true;
        SampleCount++;
        _clock.Step();
        if (timeNs - _temperatureNs >= 1_000_000_000 / 52)
        {
            _temperatureNs = timeNs;
            _temperatureRaw = (short)Math.Clamp((_climate.At(timeNs).TemperatureC + _part.TemperatureOffsetC - 25) * 256, short.MinValue, short.MaxValue);
        }

        int divider = BatchDivider;
        if (divider > 0 && _clock.Count % divider == 0)
        {
            _fifo.Push(_output[0], _output[1], _output[2]);
        }
    }

    private short Quantise(double g, int axis, double countsPerG, double noise)
    {
        double value = (g * _part.Gain[axis] + _part.OffsetG[axis]) * countsPerG;
        if (noise > 0)
        {
            value += _noise.NextNormal() * noise * countsPerG;
        }

        return (short)Math.Clamp(Math.Round(value), short.MinValue, short.MaxValue);
    }
}
