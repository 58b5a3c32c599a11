using SensorNode.Emulator.Machines;

namespace SensorNode.Emulator.Chips;

/// <summary>KX134-1211 at register level: high-performance data path, ranges, rates, buffer in FIFO and stream mode with 16 bits. Engines for taps, tilt and wake-up are not there.</summary>
/// <remarks>
/// Source: Kionix KX134-1211 Technical Reference Manual Rev. 1.0. The buffer is modelled as 85 whole samples (512 bytes); a read of the empty buffer gives its last
/// byte again. Settings changed while PC1 is 1 are noted. The low-pass is not modelled; a noise of 300 ug/rtHz is assumed.
/// </remarks>
public sealed class Kx134Model : RegisterChip
{
    /// <summary>Samples of the buffer.</summary>
    public const int BufferSamples = 85;

    private const byte Cntl1 = 0x1B;
    private const byte Cntl2 = 0x1C;
    private const byte OdCntl = 0x21;
    private const byte BufCntl2 = 0x5F;
    private const byte BufStatus1 = 0x60;
    private const byte BufClear = 0x62;
    private const byte BufRead = 0x63;
    private const long PowerUpNs = 20_000_000;
    private const long ResetNs = 2_000_000;
    private const double NoiseGPerRootHz = 300e-6;

    private readonly byte[] _registers = new byte[128];
    private readonly IVibrationSource _vibration;
    private readonly PartVariation _part;
    private readonly SeededRandom _noise;
    private readonly SampleClock _clock = new();
    private readonly Queue<byte> _buffer = new();
    private readonly short[] _output = new short[3];
    private byte _lastByte;
    private int _heldLevel = -1;

    /// <summary>Makes a part without power.</summary>
    /// <param name="vibration">What it feels. This chip must be the only one that asks.</param>
    /// <param name="seed">Draws the part and its noise.</param>
    /// <param name="part">A part of one's own; null draws one: 80 mg, 2 %, clock 5 %.</param>
    public Kx134Model(IVibrationSource vibration, ulong seed, PartVariation? part = null)
    {
        _vibration = vibration;
        _noise = new SeededRandom(seed);
        _part = part ?? PartVariation.Draw(_noise, 0.08, 0.02, 0.05, 0);
    }

    /// <summary>Samples taken since the part was made.</summary>
    public long SampleCount { get; private set; }

    /// <summary>Samples overwritten or refused because the buffer was full.</summary>
    public long LostCount { get; private set; }

    /// <summary>True output rate in Hz, 0 in stand-by.</summary>
    public double OutputRateHz => _clock.RateHz;

    private bool IsOperating => (_registers[Cntl1] & 0x80) != 0;

    /// <inheritdoc/>
    public override void PowerOn(long nowNs)
    {
        ReadyNs = nowNs + PowerUpNs;
        Reset();
    }

    /// <inheritdoc/>
    protected override byte Next(byte register, bool isRead) => register == BufRead ? register : (byte)((register + 1) & 0x7F);

    /// <inheritdoc/>
    protected override byte ReadRegister(byte register, long nowNs)
    {
        Advance(nowNs);
        int address = register & 0x7F;
        switch (address)
        {
            case >= 0x08 and <= 0x0D:
                short output = _output[(address - 0x08) >> 1];
                return (byte)((address & 1) == 0 ? output : output >> 8);
            case BufStatus1:
                _heldLevel = _buffer.Count;
                return (byte)_heldLevel;
            case BufStatus1 + 1:
                int level = _heldLevel >= 0 ? _heldLevel : _buffer.Count;
                _heldLevel = -1;
                return (byte)((level >> 8) & 0x03);
            case BufRead:
                _lastByte = _buffer.TryDequeue(out byte next) ? next : _lastByte;
                return _lastByte;
            default:
                return _registers[address];
        }
    }

    /// <inheritdoc/>
    protected override void WriteRegister(byte register, byte value, long nowNs)
    {
        Advance(nowNs);
        if (register is not ((>= 0x1B and <= 0x3B) or (>= 0x49 and <= 0x4D) or (>= 0x5D and <= 0x5F) or BufClear or (>= 0x64 and <= 0x76)))
        {
            Violation($"write of 0x{value:x2} to read-only or reserved register 0x{register:x2}");
            return;
        }

        if (IsOperating && register is OdCntl || IsOperating && register is Cntl1 && ((value ^ _registers[Cntl1]) & 0x58) != 0)
        {
            Violation($"register 0x{register:x2} changed while PC1 is 1");
        }

        switch (register)
        {
            case BufClear:
                _buffer.Clear();
                break;
            case Cntl2 when (value & 0x80) != 0:
                Reset();
                ReadyNs = nowNs + ResetNs;
                break;
            case Cntl1:
                bool wasOperating = IsOperating;
                _registers[Cntl1] = value;
                Restart(wasOperating, nowNs);
                break;
            default:
                _registers[register] = value;
                break;
        }
    }

    private void Reset()
    {
        Array.Clear(_registers);
        Array.Clear(_output);
        _registers[0x12] = 0x55;
        _registers[0x13] = 0x46;
        _registers[Cntl2] = 0x3F;
        _registers[0x1D] = 0xA8;
        _registers[0x1E] = 0x40;
        _registers[OdCntl] = 0x06;
        _buffer.Clear();
        _clock.Stop();
    }

    private void Restart(bool wasOperating, long nowNs)
    {
        if (!IsOperating)
        {
            _clock.Stop();
        }
        else if (!wasOperating)
        {
            _clock.Start(nowNs, 25_600.0 / (1 << (15 - (_registers[OdCntl] & 0x0F))) * (1 + _part.RateError));
        }
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
            _vibration.Acceleration(_clock.NextNs, out double x, out double y, out double z);
            double settled = _clock.Count < 24 ? 1 - Math.Exp(-(_clock.Count + 1) / 1.2) : 1;
            _clock.Step();
            SampleCount++;
            _output[0] = Quantise(x, 0, settled);
            _output[1] = Quantise(y, 1, settled);
            _output[2] = Quantise(z, 2, settled);
            if ((_registers[BufCntl2] & 0xC0) == 0xC0)
            {
                Push();
            }
        }
    }

    private void Push()
    {
        if (_buffer.Count >= 6 * BufferSamples)
        {
            LostCount++;
            if ((_registers[BufCntl2] & 0x03) != 1)
            {
                return;
            }

            for (int i = 0; i < 6; i++)
            {
                _buffer.Dequeue();
            }
        }

        foreach (short value in _output)
        {
            _buffer.Enqueue((byte)value);
            _buffer.Enqueue((byte)(value >> 8));
        }
    }

    private short Quantise(double g, int axis, double settled)
    {
        int countsPerG = 4096 >> ((_registers[Cntl1] >> 3) & 3);
        double value = (g * _part.Gain[axis] + _part.OffsetG[axis]) * settled;
        value += _part.NoiseFactor > 0 ? _noise.NextNormal() * NoiseGPerRootHz * Math.Sqrt(_clock.RateHz / 2) * _part.NoiseFactor : 0;
        return (short)Math.Clamp(Math.Round(value * countsPerG), short.MinValue, short.MaxValue);
    }
}
