using Xunit;

namespace SensorNode.Dsp.Tests;

public sealed class IntegerMathTests
{
    private static readonly Func<long, long> _sqrt = Firmware.Static<Func<long, long>>("IntegerMath", "Sqrt");
    private static readonly Func<long, int> _log2Q8 = Firmware.Static<Func<long, int>>("IntegerMath", "Log2Q8");

    [Fact]
    public void Sqrt_IsTheRootRoundedDown()
    {
        foreach (long value in Values())
        {
            long root = _sqrt(value);
            Assert.True((UInt128)root * (UInt128)root <= (UInt128)value && (UInt128)(root + 1) * (UInt128)(root + 1) > (UInt128)value, $"{value}: {root}");
        }
        Assert.Equal(0, _sqrt(-5));
    }

    [Fact]
    public void Log2_IsWithinItsErrorBudget()
    {
        foreach (long value in Values().Where(v => v > 0))
        {
            double exact = Math.Log2(value);
            Assert.InRange(_log2Q8(value) - exact * 256, -1, 1);
        }
        Assert.Equal(0, _log2Q8(0));
        Assert.Equal(0, _log2Q8(-7));
        Assert.Equal(62 << 8, _log2Q8(1L << 62));
    }

    [Fact]
    public void Costs_AreAsPromised()
    {
        Assert.InRange(Values().Max(v => Firmware.Counted.Count(() => _log2Q8(v))), 38, 59);
        Assert.InRange(Values().Max(v => Firmware.Counted.Count(() => _sqrt(v))), 80, 250);
    }

    private static IEnumerable<long> Values()
    {
        for (long i = 0; i < 5000; i++)
            yield return i;
        for (int bit = 1; bit < 63; bit++)
        {
            for (int d = -3; d <= 3; d++)
                yield return Math.Max(0, (1L << bit) + d);
        }
        var random = new Random(3);
        for (int i = 0; i < 20000; i++)
            yield return random.NextInt64() >> random.Next(62);
        for (long root = 3_037_000_490; root < 3_037_000_500; root++)
        {
            yield return root * root;
            yield return root * root - 1;
        }
        yield return long.MaxValue;
    }
}
