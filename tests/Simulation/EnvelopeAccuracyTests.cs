using SensorNode.Emulator.Machines;
using Xunit;
using Xunit.Abstractions;

namespace SensorNode.Simulation;

/// <summary>Envelope line of the firmware against truth: modulated tones, blows of bearings, noise.</summary>
public class EnvelopeAccuracyTests(ITestOutputHelper output)
{
    private const int NoiseBlocks = 1000;

    [Theory]
    [InlineData(1024)]
    [InlineData(2048)]
    public void ModulatedTone_HasItsFrequencyAndDepth(int points)
    {
        var envelope = new FirmwareEnvelope(points);
        double worstBin = 0;
        double worstDepth = 0;
        foreach (double carrier in new[] { 0.18, 0.2137, 0.25, 0.2871, 0.32 })
        {
            foreach (double modulation in new[] { 0.0117, 0.03, 0.0491, 0.07 })
            {
                if (carrier - modulation < 0.16 || carrier + modulation > 0.34)
                {
                    continue;
                }

                foreach (double depth in new[] { 0.1, 0.3, 0.8 })
                {
                    foreach (double amplitude in new[] { 300.0, 12000 })
                    {
                        double bin = modulation * points;
                        var found = envelope.Find(Enumerable.Range(0, points).Select(i => 900 + (amplitude * (1 + (depth * Math.Cos((2 * Math.PI * modulation * i) + 0.4))) * Math.Sin((2 * Math.PI * carrier * i) + 1))));
                        string where = $"{points} points, carrier {carrier}, modulation {modulation}, depth {depth}, amplitude {amplitude}";
                        Assert.True(found != null, where + ": no line");
                        worstBin = Math.Max(worstBin, Math.Abs(found.Value.Bin - bin));
                        worstDepth = Math.Max(worstDepth, Math.Abs((found.Value.DepthPercent / 100 / depth) - 1));
                    }
                }
            }
        }

        output.WriteLine($"{points} points: frequency within {worstBin:F3} bins, depth within {worstDepth:P1}");
        Assert.True(worstBin <= 0.1, $"frequency off by {worstBin} bins");
        Assert.True(worstDepth <= 0.05, $"depth off by {worstDepth:P1}");
    }

    [Fact]
    public void SteadyTone_HasNoLine()
    {
        var envelope = new FirmwareEnvelope(1024);
        for (double carrier = 0.01; carrier < 0.5; carrier += 0.0071)
        {
            // Near the edges of the band its mirror image is not far enough below.
            if ((carrier > 0.05 && carrier < 0.11) || (carrier > 0.39 && carrier < 0.45))
            {
                continue;
            }

            foreach (double amplitude in new[] { 30.0, 3000, 30000 })
            {
                var found = envelope.Find(Enumerable.Range(0, 1024).Select(i => amplitude * Math.Sin(2 * Math.PI * carrier * i)));
                Assert.True(found == null, $"carrier {carrier}, amplitude {amplitude}: {found}");
            }
        }
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(2048)]
    public void Noise_HasNoLine(int points)
    {
        var envelope = new FirmwareEnvelope(points);
        var random = new Random(11);
        foreach (double deviation in new[] { 2.0, 60, 3000 })
        {
            foreach (bool isResonant in new[] { false, true })
            {
                int claimed = 0;
                double one = 0;
                double two = 0;
                for (int block = 0; block < NoiseBlocks; block++)
                {
                    claimed += envelope.Find(Enumerable.Range(0, points).Select(_ =>
                    {
                        double white = deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
                        if (!isResonant)
                        {
                            return white;
                        }

                        // A resonance at 0.2 of the rate, damping 3 %.
                        double decay = Math.Exp(-2 * Math.PI * 0.2 * 0.03);
                        double next = white + (2 * decay * Math.Cos(2 * Math.PI * 0.2) * one) - (decay * decay * two);
                        two = one;
                        return one = next;
                    })) == null ? 0 : 1;
                }

                output.WriteLine($"{points} points, deviation {deviation}, resonance {isResonant}: a line claimed in {claimed} of {NoiseBlocks} blocks of noise");
                Assert.True(claimed <= NoiseBlocks / 200, $"{claimed} lines claimed");
            }
        }
    }
}
