namespace SensorNode.Emulator.Chips;

/// <summary>How one part differs from the typical one. Drawn from a seed, or set to nothing for exact tests.</summary>
public sealed class PartVariation
{
    /// <summary>A part without any error: for tests that compare counts.</summary>
    public static PartVariation None => new() { OffsetG = [0, 0, 0], Gain = [1, 1, 1], RateError = 0, TemperatureOffsetC = 0, NoiseFactor = 0 };

    /// <summary>Zero-g offset by axis, in g.</summary>
    public required double[] OffsetG { get; init; }

    /// <summary>Sensitivity by axis, 1 for the typical one.</summary>
    public required double[] Gain { get; init; }

    /// <summary>Relative error of the part's oscillator: 0.01 is one percent fast.</summary>
    public required double RateError { get; init; }

    /// <summary>Error of the die temperature sensor, in kelvin.</summary>
    public required double TemperatureOffsetC { get; init; }

    /// <summary>Noise relative to the typical value; 0 for none.</summary>
    public required double NoiseFactor { get; init; }

    /// <summary>Draws a part.</summary>
    /// <param name="random">Source.</param>
    /// <param name="offsetG">Largest zero-g offset.</param>
    /// <param name="gainError">Largest relative error of sensitivity.</param>
    /// <param name="rateError">Largest relative error of the oscillator.</param>
    /// <param name="temperatureOffsetC">Largest error of the die temperature.</param>
    public static PartVariation Draw(SeededRandom random, double offsetG, double gainError, double rateError, double temperatureOffsetC) => new()
    {
        OffsetG = [random.NextSymmetric(offsetG), random.NextSymmetric(offsetG), random.NextSymmetric(offsetG)],
        Gain = [1 + random.NextSymmetric(gainError), 1 + random.NextSymmetric(gainError), 1 + random.NextSymmetric(gainError)],
        RateError = random.NextSymmetric(rateError),
        TemperatureOffsetC = random.NextSymmetric(temperatureOffsetC),
        NoiseFactor = 1 + random.NextSymmetric(0.1)
    };
}
