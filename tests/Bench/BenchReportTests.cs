using Xunit;

namespace SensorNode.Bench.Tests;

public sealed class BenchReportTests
{
    [Fact]
    public void TheJsonIsOneFlatObjectOfNameToNumber()
    {
        var report = new BenchReport();
        report.Add("fft256.il", 14_467, "IL", "x");
        report.Add("fft1024.snr.-20", 110.6049, "dB", "x");
        report.Remark("not in the JSON");

        Assert.Equal("{\n  \"fft256.il\": 14467,\n  \"fft1024.snr.-20\": 110.6\n}\n", report.ToJson());
    }

    [Fact]
    public void AnInfiniteRatioIsStillJson()
    {
        var report = new BenchReport();
        report.Add("fft1024.snr.0", double.PositiveInfinity, "dB", "x");

        Assert.Equal("{\n  \"fft1024.snr.0\": 999\n}\n", report.ToJson());
    }

    [Fact]
    public void ANameStandsOnce()
    {
        var report = new BenchReport();
        report.Add("a", 1, "IL", "x");

        Assert.Throws<InvalidOperationException>(() => report.Add("a", 2, "IL", "x"));
    }
}
