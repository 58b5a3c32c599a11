using System.Globalization;
using System.Numerics;
using Xunit;

namespace SensorNode.Tool.Tests;

public class SpectrumCommandTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Bins_AreThoseOfTheDefinition(bool isHann, bool removesMean)
    {
        using RecordingFolder data = new RecordingFolder().Add("h.bin", 1000);
        string[] flags = [.. isHann ? new[] { "--hann" } : [], .. removesMean ? new[] { "--remove-mean" } : []];
        (int code, string output, string error) = await ToolRun.RunAsync(
            ["spectrum", "--data", data.Folder, "--file", "h.bin", "--channel", "y", "--start", "100", "--window", "256", .. flags]);
        Assert.True(code == 0, error);
        string[] lines = output.TrimEnd('\n').Split('\n');
        Assert.Equal("bin,frequency_hz,re,im,exponent,amplitude", lines[0]);
        Assert.Equal(1 + 129, lines.Length);
        byte[] bytes = File.ReadAllBytes(Path.Combine(data.Folder, "h.bin"));
        double[] samples = [.. Enumerable.Range(100, 256).Select(i => (double)BitConverter.ToInt16(bytes, 2 * ((3 * i) + 1)))];
        double mean = removesMean ? samples.Average() : 0;
        for (int k = 0; k <= 128; k++)
        {
            Complex expected = 0;
            for (int n = 0; n < 256; n++)
            {
                double weight = isHann ? 0.5 - (0.5 * Math.Cos(2 * Math.PI * n / 256)) : 1;
                expected += (samples[n] - mean) * weight * Complex.FromPolarCoordinates(1, -2 * Math.PI * k * n / 256);
            }

            double[] f = [.. lines[k + 1].Split(',').Select(x => double.Parse(x, CultureInfo.InvariantCulture))];
            Complex actual = new Complex(f[2], f[3]) * Math.Pow(2, f[4]);
            Assert.True(Complex.Abs(actual - expected) < 0.5, $"bin {k}: {actual} for {expected}");
            Assert.Equal(k * 800 / 256.0, f[1], 1e-6);
            double amplitude = expected.Magnitude * (k is 0 or 128 ? 1 : 2) / 256 * (isHann ? 2 : 1);
            Assert.Equal(amplitude, f[5], 0.01);
        }
    }

    [Theory]
    [InlineData("--start 900", 2, "--start 900: h.bin has 1000 frames, so 0 to 744 is possible for 256 samples")]
    [InlineData("--start 300", 2, "--start 300: the window crosses the border of a segment of 500 frames")]
    [InlineData("--start 0 --file g.bin", 1, "--file g.bin: not in ")]
    [InlineData("--start 0 --channel w", 2, "h.bin has no channel w")]
    public async Task WrongUse_IsNamed(string arguments, int expectedCode, string expected)
    {
        using RecordingFolder data = new RecordingFolder().Add("h.bin", 1000, 0, 500);
        string[] given = arguments.Split(' ');
        string[] rest = [.. given.Contains("--file") ? [] : new[] { "--file", "h.bin" }, .. given.Contains("--channel") ? [] : new[] { "--channel", "x" }];
        (int code, _, string error) = await ToolRun.RunAsync(["spectrum", "--data", data.Folder, "--window", "256", .. rest, .. given]);
        Assert.Equal(expectedCode, code);
        Assert.Contains(expected, error);
    }

    [Fact]
    public async Task Picture_IsWritten()
    {
        using RecordingFolder data = new RecordingFolder().Add("h.bin", 1000);
        string svg = Path.Combine(data.Folder, "s.svg");
        (int code, _, string error) = await ToolRun.RunAsync("spectrum", "--data", data.Folder, "--file", "h.bin", "--channel", "x", "--start", "0", "--window", "512", "--svg", svg);
        Assert.True(code == 0, error);
        Assert.StartsWith("<svg", File.ReadAllText(svg));
    }
}
