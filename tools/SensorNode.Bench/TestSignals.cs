namespace SensorNode.Bench;

/// <summary>The signals over which the transform is judged; the worst one counts.</summary>
public static class TestSignals
{
    /// <summary>All signals of one length whose peak is at a level.</summary>
    /// <param name="points">Samples.</param>
    /// <param name="levelDbfs">Peak relative to 32767, in dB, 0 or less.</param>
    /// <returns>Name and samples.</returns>
    public static IEnumerable<(string Name, short[] Samples)> All(int points, double levelDbfs)
    {
        double peak = 32767 * Math.Pow(10, levelDbfs / 20);
        double turn = 2 * Math.PI / points;
        double low = Math.Round(points * 0.037);
        double middle = points / 8;
        double high = Math.Round(points * 0.41);
        yield return ("tone on a low bin", Make(points, n => peak * Math.Sin((turn * low * n) + 0.3)));
        yield return ("tone on bin N/8", Make(points, n => peak * Math.Cos(turn * middle * n)));
        yield return ("tone on a high bin", Make(points, n => peak * Math.Sin((turn * high * n) + 1.1)));
        yield return ("tone half-way between bins", Make(points, n => peak * Math.Sin((turn * (low + 0.5) * n) + 0.7)));
        yield return ("tone a quarter off a bin", Make(points, n => peak * Math.Sin(turn * (high + 0.25) * n)));
        yield return ("two tones", Make(points, n => peak / 2 * (Math.Sin((turn * low * n) + 0.2) + Math.Sin((turn * (high + 0.4) * n) + 0.9))));
        yield return ("loud and soft tone", Make(points, n => peak * ((0.99 * Math.Sin(turn * (middle + 0.3) * n)) + (0.01 * Math.Sin(turn * high * n)))));
        yield return ("noise", Noise(points, peak, 1));
        yield return ("impulse", Make(points, n => n == 5 ? peak : 0));
        yield return ("impulses", Make(points, n => n % (points / 8) == 3 ? (n % 2 == 0 ? -peak : peak) : 0));
        yield return ("square wave, period N/8", Make(points, n => n / (points / 16) % 2 == 0 ? peak : -peak - 1));
        yield return ("square wave, period 2", Make(points, n => n % 2 == 0 ? peak : -peak - 1));
        yield return ("square wave, one period", Make(points, n => n < points / 2 ? peak : -peak - 1));
        yield return ("steps and noise", Mix(Noise(points, peak / 4, 2), Make(points, n => n * 3 / points % 2 == 0 ? peak / 2 : -peak / 2)));
    }

    private static short[] Make(int points, Func<int, double> value)
    {
        var samples = new short[points];
        for (int n = 0; n < points; n++)
        {
            samples[n] = (short)Math.Clamp(Math.Round(value(n)), short.MinValue, short.MaxValue);
        }

        return samples;
    }

    private static short[] Mix(short[] left, short[] right) => Make(left.Length, n => left[n] + right[n]);

    // A generator of our own, so that the figures do not change with the base library's.
    private static short[] Noise(int points, double peak, uint seed)
    {
        uint state = (seed * 2654435761) + 1;
        return Make(points, _ =>
        {
            state = (state * 1664525) + 1013904223;
            return peak * (((state >> 8) / 8388608.0) - 1);
        });
    }
}
