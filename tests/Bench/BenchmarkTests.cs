using System.Text.Json;
using SensorNode.Bench;
using Xunit;

namespace SensorNode.Bench.Tests;

/// <summary>The whole benchmark, run once, against what the project promises.</summary>
public sealed class BenchmarkTests(BenchmarkTests.OneRun run) : IClassFixture<BenchmarkTests.OneRun>
{
    [Theory]
    [InlineData("fft256.il")]
    [InlineData("fft512.il")]
    [InlineData("fft1024.il")]
    [InlineData("fft2048.il")]
    [InlineData("window1024x3.il")]
    [InlineData("window1024x3.alloc.bytes")]
    [InlineData("sampling.alloc.bytes")]
    [InlineData("heap.peak.bytes")]
    [InlineData("fft1024.snr.0")]
    [InlineData("fft1024.snr.-20")]
    [InlineData("fft1024.snr.-40")]
    [InlineData("fft1024.snr.-60")]
    [InlineData("nbirth.bytes")]
    [InlineData("nbirth.full.bytes")]
    [InlineData("ndata.bytes")]
    [InlineData("day.bytes")]
    [InlineData("day.messages")]
    [InlineData("stage1024.fft.il")]
    [InlineData("stage1024.power.il")]
    [InlineData("stage1024.detector.judge.il")]
    [InlineData("sha256.block.il")]
    [InlineData("lms.verify.il")]
    public void EveryPromisedFigureIsThere(string name)
    {
        using JsonDocument json = JsonDocument.Parse(run.Report.ToJson());

        Assert.True(json.RootElement.TryGetProperty(name, out JsonElement value), string.Join(" | ", run.Report.Remarks));
        Assert.Equal(JsonValueKind.Number, value.ValueKind);
    }

    [Theory]
    [InlineData("fft256.il", 21_000)]
    [InlineData("fft512.il", 46_000)]
    [InlineData("fft1024.il", 100_000)]
    [InlineData("fft2048.il", 225_000)]
    [InlineData("window1024x3.alloc.bytes", 0)]
    [InlineData("stage1024.detector.judge.il", 60_000)]
    [InlineData("sha256.block.il", 6_500)]
    [InlineData("lms.verify.il", 3_300_000)]
    [InlineData("lms.verify.max.il", 3_900_000)]
    [InlineData("nbirth.bytes", 8_000)]
    [InlineData("nbirth.full.bytes", 18_000)]
    [InlineData("heap.peak.bytes", 70_000)]
    [InlineData("heap.carrying.peak.bytes", 92_000)]
    public void CostsStayBelowTheirTargets(string name, double most) => Assert.InRange(run.Report.Find(name)!.Value, 0, most);

    [Theory]
    [InlineData("fft1024.snr.0")]
    [InlineData("fft1024.snr.-20")]
    [InlineData("fft1024.snr.-40")]
    [InlineData("fft1024.snr.-60")]
    public void TheTransformIsAsAccurateAsPromisedAtEveryLevel(string name) => Assert.InRange(run.Report.Find(name)!.Value, 80, 200);

    [Fact]
    public void ADayOfASteadyMachine_IsAFifthOfTwelveNumbersAMinuteAsJson() =>
        Assert.InRange(run.Report.Find("day.bytes")!.Value, 1, run.Report.Find("day.json.bytes")!.Value / 5);

    [Fact]
    public void NothingIsChargedByDefault()
    {
        Assert.DoesNotContain(run.Report.Remarks, remark => remark.StartsWith("platform ", StringComparison.Ordinal));
    }

    [Fact]
    public void TheHeapWasMeasuredWithSnapshotsThatWait()
    {
        Assert.DoesNotContain(run.Report.Remarks, remark => remark.StartsWith("the node did not", StringComparison.Ordinal));
    }

    [Fact]
    public void EveryStageHasAFigure()
    {
        // A stage whose method was renamed would drop out without a word.
        string[] stages = [.. run.Report.Figures.Where(figure => figure.Name.StartsWith("stage1024.", StringComparison.Ordinal)).Select(figure => figure.Name[10..^3])];

        Assert.Equal(["bands", "baseline", "detector.judge", "detector.learn", "envelope", "fft", "lines", "moments", "power", "summary", "velocity"], stages.Order(StringComparer.Ordinal));
    }

    public sealed class OneRun
    {
        public BenchReport Report { get; } = Benchmark.Run(_ => { });
    }
}
