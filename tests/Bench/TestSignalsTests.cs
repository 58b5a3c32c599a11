using Xunit;

namespace SensorNode.Bench.Tests;

public sealed class TestSignalsTests
{
    [Theory]
    [InlineData(0, 32767)]
    [InlineData(-20, 3277)]
    [InlineData(-60, 33)]
    public void EverySignalReachesItsLevelAndGoesNoHigher(double level, int peak)
    {
        foreach ((string name, short[] samples) in TestSignals.All(1024, level))
        {
            int most = samples.Max(sample => Math.Abs((int)sample));
            Assert.True(most <= peak + 1 && most >= peak * 0.6, $"{name}: {most}");
        }
    }

    [Fact]
    public void TheSignalsAreTheSameInEveryRun()
    {
        long sum = TestSignals.All(256, 0).SelectMany(signal => signal.Samples.Select((sample, n) => (long)sample * (n + 1))).Sum();

        Assert.Equal(sum, TestSignals.All(256, 0).SelectMany(signal => signal.Samples.Select((sample, n) => (long)sample * (n + 1))).Sum());
        Assert.Equal(14, TestSignals.All(256, 0).Select(signal => signal.Name).Distinct().Count());
    }
}
