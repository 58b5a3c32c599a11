namespace SensorNode.KernelGenerator.Measurement;

/// <summary>The signals that the signal-to-noise ratio is measured with, rounded to int16.</summary>
internal static class TestSignals
{
    public static readonly int[] LevelsDb = [0, -20, -40, -60];

    public static IEnumerable<(string Name, short[] Samples)> All(int points, int levelDb)
    {
        double amplitude = 32767 * Math.Pow(10, levelDb / 20.0);
        int[] bins = [1, 3, points / 8, points / 4, points / 3, points / 2 - 1];
        foreach (int bin in bins)
        {
            yield return ($"bin {bin}", Make(points, n => amplitude * Math.Cos(2 * Math.PI * bin * n / points + 0.3)));
            yield return ($"bin {bin}.5", Make(points, n => amplitude * Math.Cos(2 * Math.PI * (bin - 0.5) * n / points + 0.7)));
            yield return ($"bin {bin}.3", Make(points, n => amplitude * Math.Sin(2 * Math.PI * (bin + 0.31) * n / points)));
        }
        yield return ("two tones", Make(points, n => amplitude / 2 * (Math.Cos(0.8377 * n) + Math.Cos(2.1 * n + 1))));
        var random = new Random(1);
        yield return ("uniform noise", Make(points, _ => amplitude * (2 * random.NextDouble() - 1)));
        yield return ("sign noise", Make(points, _ => random.Next(2) == 0 ? -amplitude : amplitude));
        yield return ("normal noise", Make(points, _ => amplitude / 4 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())));
        foreach (int at in new[] { 0, 1, points / 3, points - 1 })
            yield return ($"impulse at {at}", Make(points, n => n == at ? amplitude : 0));
        yield return ("square", Make(points, n => n / (points / 16) % 2 == 0 ? amplitude : -amplitude));
        yield return ("constant", Make(points, _ => amplitude));
    }

    private static short[] Make(int points, Func<int, double> value) =>
        [.. Enumerable.Range(0, points).Select(n => (short)Math.Clamp(Math.Round(value(n)), short.MinValue, short.MaxValue))];
}
