namespace SensorNode.Emulator.Chips;

/// <summary>Trimming words of one BME280 and the compensation formulas that turn raw values into physical ones, forwards and backwards.</summary>
/// <remarks>Source: BST-BME280-DS002, Rev. 1.6, section 4.2 and appendix A (floating point). The default words are of the usual size, made up, with
/// H4 and H5 positive; a part with negative ones shows drivers that do not sign-extend them.</remarks>
public sealed record Bme280Calibration
{
    public ushort T1 { get; init; } = 28_100;
    public short T2 { get; init; } = 26_600;
    public short T3 { get; init; } = 50;
    public ushort P1 { get; init; } = 37_000;
    public short P2 { get; init; } = -10_600;
    public short P3 { get; init; } = 3_024;
    public short P4 { get; init; } = 7_200;
    public short P5 { get; init; } = 30;
    public short P6 { get; init; } = -7;
    public short P7 { get; init; } = 9_900;
    public short P8 { get; init; } = -10_230;
    public short P9 { get; init; } = 4_285;
    public byte H1 { get; init; } = 75;
    public short H2 { get; init; } = 365;
    public byte H3 { get; init; }
    public short H4 { get; init; } = 310;
    public short H5 { get; init; } = 50;
    public sbyte H6 { get; init; } = 30;

    /// <summary>Fine temperature, the other formulas' input, from a 20-bit raw value.</summary>
    public double FineTemperature(double raw)
    {
        double v1 = (raw / 16384 - T1 / 1024.0) * T2;
        double v2 = raw / 131072 - T1 / 8192.0;
        return v1 + v2 * v2 * T3;
    }

    /// <summary>Degrees Celsius.</summary>
    public double TemperatureC(double raw) => FineTemperature(raw) / 5120;

    /// <summary>Pascal.</summary>
    public double PressurePa(double raw, double fine)
    {
        double v1 = fine / 2 - 64000;
        double v2 = v1 * v1 * P6 / 32768 + v1 * P5 * 2;
        v2 = v2 / 4 + P4 * 65536.0;
        v1 = (P3 * v1 * v1 / 524288 + P2 * v1) / 524288;
        v1 = (1 + v1 / 32768) * P1;
        if (v1 == 0)
        {
            return 0;
        }

        double p = (1048576 - raw - v2 / 4096) * 6250 / v1;
        return p + (P9 * p * p / 2147483648.0 + p * P8 / 32768 + P7) / 16;
    }

    /// <summary>Percent, before it is limited to 0 to 100.</summary>
    public double HumidityPercent(double raw, double fine)
    {
        double h = fine - 76800;
        h = (raw - (H4 * 64.0 + H5 / 16384.0 * h)) * (H2 / 65536.0 * (1 + H6 / 67108864.0 * h * (1 + H3 / 67108864.0 * h)));
        return h * (1 - H1 * h / 524288);
    }

    /// <summary>The raw value that gives this temperature.</summary>
    public double RawTemperature(double temperatureC) => Solve(0, 1 << 20, temperatureC, TemperatureC);

    /// <summary>The raw value that gives this pressure.</summary>
    public double RawPressure(double pressurePa, double fine) => Solve(0, 1 << 20, pressurePa, raw => PressurePa(raw, fine));

    /// <summary>The raw value that gives this humidity.</summary>
    public double RawHumidity(double percent, double fine) => Solve(0, 1 << 16, percent, raw => HumidityPercent(raw, fine));

    /// <summary>The words where the chip keeps them: 0x88 to 0xA1 and 0xE1 to 0xE7.</summary>
    public void Store(byte[] registers)
    {
        int[] words = [T1, T2, T3, P1, P2, P3, P4, P5, P6, P7, P8, P9];
        for (int i = 0; i < words.Length; i++)
        {
            registers[0x88 + 2 * i] = (byte)words[i];
            registers[0x89 + 2 * i] = (byte)(words[i] >> 8);
        }

        registers[0xA1] = H1;
        registers[0xE1] = (byte)H2;
        registers[0xE2] = (byte)(H2 >> 8);
        registers[0xE3] = H3;
        registers[0xE4] = (byte)(H4 >> 4);
        registers[0xE5] = (byte)((H4 & 0x0F) | (H5 << 4));
        registers[0xE6] = (byte)(H5 >> 4);
        registers[0xE7] = (byte)H6;
    }

    // Halving: the formulas rise or fall over the whole range.
    private static double Solve(double low, double high, double wanted, Func<double, double> formula)
    {
        bool rises = formula(high) > formula(low);
        for (int i = 0; i < 40; i++)
        {
            double middle = (low + high) / 2;
            if (formula(middle) < wanted == rises)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return (low + high) / 2;
    }
}
