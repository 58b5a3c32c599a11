using SensorNode.Emulator.Machines;

namespace SensorNode.Emulator.Chips;

/// <summary>BME280 at register level: forced and normal mode, measuring time, raw values that the compensation turns into the true ones.</summary>
/// <remarks>
/// Source: BST-BME280-DS002 Rev. 1.6. Written bytes are pairs of register and value, not a burst; reads go on. Oversampling sets resolution (16 bits
/// and one for each doubling) and time; the IIR filter is not modelled. ctrl_hum counts from the next write of ctrl_meas on.
/// </remarks>
public sealed class Bme280Model : RegisterChip
{
    private const byte CtrlHum = 0xF2;
    private const byte StatusRegister = 0xF3;
    private const byte CtrlMeas = 0xF4;
    private const byte Config = 0xF5;
    private const byte Data = 0xF7;
    private const long StartNs = 2_000_000;
    private static readonly double[] StandbyMs = [0.5, 62.5, 125, 250, 500, 1000, 10, 20];

    private readonly byte[] _registers = new byte[256];
    private readonly IClimateSource _climate;
    private readonly Bme280Calibration _calibration;
    private readonly SeededRandom _noise;
    private readonly double _noiseFactor;
    private readonly double _temperatureOffsetC;

    private long _measureEndNs = long.MaxValue;
    private long _measureStartNs;
    private long _copyEndNs;
    private byte _humidityInForce;

    /// <summary>Makes a part without power.</summary>
    /// <param name="climate">Where it sits.</param>
    /// <param name="seed">Draws its noise and an offset of up to 0.5 K.</param>
    /// <param name="calibration">Trimming words; null takes the usual ones.</param>
    /// <param name="isExact">No noise, no offset.</param>
    public Bme280Model(IClimateSource climate, ulong seed, Bme280Calibration? calibration = null, bool isExact = false)
    {
        _climate = climate;
        _calibration = calibration ?? new Bme280Calibration();
        _noise = new SeededRandom(seed);
        _noiseFactor = isExact ? 0 : 1;
        _temperatureOffsetC = isExact ? 0 : _noise.NextSymmetric(0.5);
    }

    /// <summary>Identity: 0x60 for a BME280, 0x58 for a BMP280.</summary>
    public byte Identity { get; init; } = 0x60;

    /// <summary>Measurements finished since the part was made.</summary>
    public long MeasurementCount { get; private set; }

    /// <inheritdoc/>
    public override void PowerOn(long nowNs)
    {
        ReadyNs = nowNs + StartNs;
        Reset(nowNs);
    }

    /// <inheritdoc/>
    protected override void WriteBytes(long nowNs, long byteNs, ReadOnlySpan<byte> values)
    {
        // The register of the first pair is the pointer; each further value has its own register before it.
        for (int i = 0; i < values.Length; i += 2)
        {
            WriteRegister(i == 0 ? Pointer : values[i - 1], values[i], nowNs + byteNs * (i + 1));
        }
    }

    /// <inheritdoc/>
    protected override byte ReadRegister(byte register, long nowNs)
    {
        Advance(nowNs);
        return register == StatusRegister ? Status(nowNs) : _registers[register];
    }

    /// <inheritdoc/>
    protected override void WriteRegister(byte register, byte value, long nowNs)
    {
        Advance(nowNs);
        switch (register)
        {
            case 0xE0:
                if (value == 0xB6)
                {
                    Reset(nowNs);
                }

                break;
            case CtrlHum:
                _registers[CtrlHum] = (byte)(value & 0x07);
                break;
            case Config:
                _registers[Config] = (byte)(value & 0xFD);
                if ((value & 0x1C) != 0)
                {
                    Violation("the IIR filter is not modelled");
                }

                break;
            case CtrlMeas:
                WriteControl(value, nowNs);
                break;
            default:
                Violation($"write of 0x{value:x2} to read-only or reserved register 0x{register:x2}");
                break;
        }
    }

    /// <summary>Times oversampled by a code: 0 (skipped), 1, 2, 4, 8, 16, 16, 16.</summary>
    private static int Oversampling(int code) => code == 0 ? 0 : 1 << Math.Min(code - 1, 4);

    private int TemperatureCode => _registers[CtrlMeas] >> 5;

    private int PressureCode => (_registers[CtrlMeas] >> 2) & 7;

    private int Mode => _registers[CtrlMeas] & 3;

    /// <summary>Typical measuring time: 1 ms, 2 ms for each sample, 0.5 ms for pressure and for humidity. Source: appendix B.</summary>
    private long MeasuringNs()
    {
        double ms = 1 + 2 * Oversampling(TemperatureCode);
        ms += PressureCode == 0 ? 0 : 2 * Oversampling(PressureCode) + 0.5;
        ms += _humidityInForce == 0 ? 0 : 2 * Oversampling(_humidityInForce) + 0.5;
        return (long)(ms * 1e6);
    }

    private void Reset(long nowNs)
    {
        Array.Clear(_registers);
        _registers[0xD0] = Identity;
        _calibration.Store(_registers);
        _registers[Data] = 0x80;
        _registers[Data + 3] = 0x80;
        _registers[Data + 6] = 0x80;
        _humidityInForce = 0;
        _measureEndNs = long.MaxValue;
        _copyEndNs = nowNs + StartNs;
    }

    private byte Status(long nowNs)
    {
        bool isMeasuring = _measureEndNs != long.MaxValue && nowNs >= _measureStartNs;
        return (byte)((isMeasuring ? 0x08 : 0) | (nowNs < _copyEndNs ? 0x01 : 0));
    }

    private void WriteControl(byte value, long nowNs)
    {
        _registers[CtrlMeas] = value;
        _humidityInForce = _registers[CtrlHum];
        _measureEndNs = long.MaxValue;
        if (Mode != 0)
        {
            _measureStartNs = nowNs;
            _measureEndNs = nowNs + MeasuringNs();
        }
    }

    private void Advance(long nowNs)
    {
        while (_measureEndNs <= nowNs)
        {
            if (Mode == 3)
            {
                long cycleNs = MeasuringNs() + (long)(StandbyMs[_registers[Config] >> 5] * 1e6);

                // Only the newest finished measurement can be seen.
                long skipped = (nowNs - _measureEndNs) / cycleNs;
                _measureEndNs += skipped * cycleNs;
                MeasurementCount += skipped;
                Measure(_measureEndNs);
                _measureStartNs = _measureEndNs + cycleNs - MeasuringNs();
                _measureEndNs += cycleNs;
                continue;
            }

            Measure(_measureEndNs);
            _measureEndNs = long.MaxValue;
            _registers[CtrlMeas] &= 0xFC;
        }
    }

    private void Measure(long timeNs)
    {
        MeasurementCount++;
        Climate climate = _climate.At(timeNs);
        double noise = _noiseFactor / Math.Sqrt(Math.Max(1, Oversampling(TemperatureCode)));
        double temperatureC = climate.TemperatureC + _temperatureOffsetC + 0.005 * noise * _noise.NextNormal();
        double rawTemperature = _calibration.RawTemperature(temperatureC);
        double fine = _calibration.FineTemperature(rawTemperature);
        Store20(Data + 3, rawTemperature, TemperatureCode);
        double pressurePa = climate.PressurePa + 3.3 * _noiseFactor * _noise.NextNormal() / Math.Sqrt(Math.Max(1, Oversampling(PressureCode)));
        Store20(Data, _calibration.RawPressure(pressurePa, fine), PressureCode);
        double percent = climate.HumidityPercent + 0.07 * _noiseFactor * _noise.NextNormal();
        int humidity = _humidityInForce == 0 ? 0x8000 : (int)Math.Clamp(Math.Round(_calibration.RawHumidity(percent, fine)), 0, 0xFFFF);
        _registers[Data + 6] = (byte)(humidity >> 8);
        _registers[Data + 7] = (byte)humidity;
    }

    // 20 bits, most significant first; low bits are zero below the resolution in force.
    private void Store20(int register, double raw, int code)
    {
        int value = 0x80000;
        if (code != 0)
        {
            int dropped = Math.Max(0, 5 - Math.Min(code, 5));
            value = (int)Math.Clamp(Math.Round(raw / (1 << dropped)) * (1 << dropped), 0, 0xFFFFF);
        }

        _registers[register] = (byte)(value >> 12);
        _registers[register + 1] = (byte)(value >> 4);
        _registers[register + 2] = (byte)((value & 0x0F) << 4);
    }
}
