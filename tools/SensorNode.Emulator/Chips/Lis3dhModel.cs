using SensorNode.Emulator.Machines;

namespace SensorNode.Emulator.Chips;

/// <summary>LIS3DH at register level: normal, low-power and high-resolution data, FIFO in bypass, FIFO and stream mode, self-test. Clicks and interrupts are not there.</summary>
/// <remarks>
/// Source: ST LIS3DH datasheet (DocID17530), AN3308. The top bit of the register address asks for address increment; with the FIFO on, a burst rolls
/// over from 0x2D to 0x28, and each 0x2D takes a sample out. An empty FIFO repeats the last sample. Filters behind the converter are not modelled.
/// </remarks>
public sealed class Lis3dhModel : RegisterChip
{
    /// <summary>Samples of the FIFO.</summary>
    public const int FifoSamples = 32;

    private const byte CtrlReg1 = 0x20;
    private const byte CtrlReg4 = 0x23;
    private const byte CtrlReg5 = 0x24;
    private const byte StatusReg = 0x27;
    private const byte OutXL = 0x28;
    private const byte OutZH = 0x2D;
    private const byte FifoCtrl = 0x2E;
    private const byte FifoSrc = 0x2F;
    private const long BootNs = 5_000_000;
    private const double NoiseGPerRootHz = 220e-6;
    private static readonly double[] RatesHz = [0, 1, 10, 25, 50, 100, 200, 400, 0, 1344];
    private static readonly double[] MilliGPerHighResolutionCount = [1, 2, 4, 12];

    private readonly byte[] _registers = new byte[64];
    private readonly IVibrationSource _vibration;
    private readonly PartVariation _part;
    private readonly SeededRandom _noise;
    private readonly SampleClock _clock = new();
    private readonly short[] _fifo = new short[3 * FifoSamples];
    private readonly short[] _output = new short[3];

    private int _first;
    private int _level;
    private bool _isNew;

    /// <summary>Makes a part without power.</summary>
    /// <param name="vibration">What it feels. This chip must be the only one that asks.</param>
    /// <param name="seed">Draws the part and its noise.</param>
    /// <param name="part">A part of one's own; null draws one: 40 mg, 2 %, clock 5 %.</param>
    public Lis3dhModel(IVibrationSource vibration, ulong seed, PartVariation? part = null)
    {
        _vibration = vibration;
        _noise = new SeededRandom(seed);
        _part = part ?? PartVariation.Draw(_noise, 0.04, 0.02, 0.05, 0);
    }

    /// <summary>Samples taken since the part was made.</summary>
    public long SampleCount { get; private set; }

    /// <summary>Samples overwritten or refused because the FIFO was full.</summary>
    public long LostCount { get; private set; }

    /// <summary>True output rate in Hz, 0 in power-down.</summary>
    public double OutputRateHz => _clock.RateHz;

    private bool IsFifoOn => (_registers[CtrlReg5] & 0x40) != 0 && FifoMode != 0;

    private int FifoMode => _registers[FifoCtrl] >> 6;

    /// <inheritdoc/>
    public override void PowerOn(long nowNs)
    {
        ReadyNs = nowNs + BootNs;
        Array.Clear(_registers);
        Array.Clear(_output);
        _registers[0x0F] = 0x33;
        _registers[0x1E] = 0x10;
        _registers[CtrlReg1] = 0x07;
        _clock.Stop();
        _level = 0;
        _isNew = false;
    }

    /// <inheritdoc/>
    protected override byte Next(byte register, bool isRead)
    {
        if ((register & 0x80) == 0)
        {
            return register;
        }

        return (register & 0x7F) == OutZH && IsFifoOn ? (byte)(OutXL | 0x80) : (byte)(0x80 | ((register + 1) & 0x7F));
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
    protected override byte ReadRegister(byte register, long nowNs)
    {
        Advance(nowNs);
        int address = register & 0x7F;
        switch (address)
        {
            case StatusReg:
                return (byte)(_isNew ? 0x0F : 0x00);
            case FifoSrc:
                return ReadFifoSource();
            case >= OutXL and <= OutZH:
                return ReadOutput(address - OutXL);
            default:
                return address < _registers.Length ? _registers[address] : (byte)0;
        }
    }

    /// <inheritdoc/>
    protected override void WriteRegister(byte register, byte value, long nowNs)
    {
        Advance(nowNs);
        int address = register & 0x7F;
        if (address is not ((>= 0x1E and <= 0x26) or FifoCtrl or 0x30 or (>= 0x32 and <= 0x34) or (>= 0x36 and <= 0x38) or (>= 0x3A and <= 0x3F)))
        {
            Violation($"write of 0x{value:x2} to read-only or reserved register 0x{address:x2}");
            return;
        }

        byte before = _registers[address];
        _registers[address] = value;
        switch (address)
        {
            case CtrlReg1:
                WriteCtrl1(before, value, nowNs);
                break;
            case CtrlReg4:
                Reject(address, value & 0x41);
                break;
            case FifoCtrl:
                Reject(address, value >> 6 == 3 ? value : 0);
                _level = FifoMode == 0 ? 0 : _level;
                break;
            case 0x21:
                Reject(address, value);
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

    private void WriteCtrl1(byte before, byte value, long nowNs)
    {
        int code = value >> 4;
        if (code > 9 || code == 8 || (code == 9 && (value & 0x08) != 0) || (value & 0x07) != 0x07)
        {
            Violation($"CTRL_REG1 0x{value:x2} is not modelled");
            code = 0;
        }

        if (code == 0)
        {
            _clock.Stop();
        }
        else if (code != before >> 4)
        {
            _clock.Start(nowNs, RatesHz[code] * (1 + _part.RateError));
        }
    }

    private byte ReadFifoSource()
    {
        if (!IsFifoOn)
        {
            return 0x20;
        }

        int watermark = _registers[FifoCtrl] & 0x1F;
        return (byte)((_level > watermark ? 0x80 : 0) | (_level == FifoSamples ? 0x40 : 0) | (_level == 0 ? 0x20 : 0) | Math.Min(_level, 31));
    }

    private byte ReadOutput(int index)
    {
        if (IsFifoOn && _level > 0)
        {
            Array.Copy(_fifo, 3 * _first, _output, 0, 3);
        }

        short value = _output[index >> 1];
        if (index == 5)
        {
            _isNew = false;
            if (IsFifoOn && _level > 0)
            {
                _first = (_first + 1) % FifoSamples;
                _level--;
            }
        }

        return (byte)((index & 1) == 0 ? value : value >> 8);
    }

    private void Advance(long nowNs)
    {
        if (nowNs - _clock.NextNs > 1_000_000_000)
        {
            long skipped = _clock.SkipUntil(nowNs, FifoSamples + 32);
            SampleCount += skipped;
            LostCount += IsFifoOn ? skipped : 0;
        }

        while (_clock.NextNs <= nowNs)
        {
            _vibration.Acceleration(_clock.NextNs, out double x, out double y, out double z);
            double settled = _clock.Count < 16 ? 1 - Math.Exp(-(_clock.Count + 1) / 0.7) : 1;
            _clock.Step();
            SampleCount++;
            Take(Quantise(x, 0, settled), Quantise(y, 1, settled), Quantise(z, 2, settled));
        }
    }

    private void Take(short x, short y, short z)
    {
        _isNew = true;
        if (!IsFifoOn)
        {
            _output[0] = x;
            _output[1] = y;
            _output[2] = z;
            return;
        }

        if (_level == FifoSamples)
        {
            LostCount++;
            if (FifoMode == 1)
            {
                return;
            }

            _first = (_first + 1) % FifoSamples;
            _level--;
        }

        int at = (_first + _level) % FifoSamples * 3;
        _fifo[at] = x;
        _fifo[at + 1] = y;
        _fifo[at + 2] = z;
        _level++;
    }

    // 8, 10 or 12 bits at the top of a word.
    private short Quantise(double g, int axis, double settled)
    {
        bool isLowPower = (_registers[CtrlReg1] & 0x08) != 0;
        bool isHighResolution = (_registers[CtrlReg4] & 0x08) != 0;
        int bits = isLowPower ? 8 : isHighResolution ? 12 : 10;
        int range = (_registers[CtrlReg4] >> 4) & 3;
        double fullG = 2 << range;
        double countG = MilliGPerHighResolutionCount[range] * 0.001 * (1 << (12 - bits));
        int selfTest = (_registers[CtrlReg4] >> 1) & 3;
        double value = g * _part.Gain[axis] + _part.OffsetG[axis] + (selfTest == 1 ? 0.3 : selfTest == 2 ? -0.3 : 0);
        value *= settled;
        value += _part.NoiseFactor > 0 ? _noise.NextNormal() * NoiseGPerRootHz * Math.Sqrt(_clock.RateHz / 2) * _part.NoiseFactor : 0;
        int limit = 1 << (bits - 1);
        int counts = (int)Math.Clamp(Math.Round(Math.Clamp(value, -fullG, fullG) / countG), -limit, limit - 1);
        return (short)(counts << (16 - bits));
    }
}
