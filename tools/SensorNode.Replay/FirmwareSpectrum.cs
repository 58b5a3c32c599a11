using System.Reflection;
using SensorNode.Emulator;

namespace SensorNode.Replay;

/// <summary>One bin as the firmware's transform gives it.</summary>
/// <param name="Bin">0 to N / 2.</param>
/// <param name="FrequencyHz">Its frequency.</param>
/// <param name="Re">Real part, times 2^Exponent.</param>
/// <param name="Im">Imaginary part, times 2^Exponent.</param>
/// <param name="Exponent">Power of two.</param>
/// <param name="Amplitude">Of a sine in counts, corrected for the window.</param>
public sealed record SpectrumBin(int Bin, double FrequencyHz, long Re, long Im, int Exponent, double Amplitude);

/// <summary>The firmware's own transform of one window.</summary>
public static class FirmwareSpectrum
{
    /// <summary>Transforms samples.</summary>
    /// <param name="samples">N counts.</param>
    /// <param name="rateHz">Sampling rate.</param>
    /// <param name="isHann">Periodic Hann window; re and im stay uncorrected.</param>
    /// <param name="removesMean">As if the mean had been taken away first.</param>
    public static IReadOnlyList<SpectrumBin> Compute(short[] samples, double rateHz, bool isHann, bool removesMean)
    {
        using var sandbox = new FirmwareSandbox();
        Type type = sandbox.Context.LoadFirmware("SensorNode.Dsp").GetType("SensorNode.Dsp.RealFft", true)!;
        object fft = Activator.CreateInstance(type, samples.Length)!;
        int exponent = (int)type.GetProperty("Exponent")!.GetValue(fft)!;
        type.GetMethod("Transform")!.CreateDelegate<Action<short[]>>(fft)(samples);
        int half = samples.Length / 2;
        var re = new long[half + 1];
        var im = new long[half + 1];
        if (isHann)
        {
            type.GetMethod("CopyHannSpectrum")!.CreateDelegate<Action<long[], long[], bool>>(fft)(re, im, removesMean);
        }
        else
        {
            type.GetMethod("CopySpectrum")!.CreateDelegate<Action<long[], long[]>>(fft)(re, im);

            // The mean is in bin 0 and nowhere else.
            re[0] = removesMean ? 0 : re[0];
        }

        double scale = Math.ScaleB(isHann ? 2.0 : 1.0, exponent) / samples.Length;
        return [.. Enumerable.Range(0, half + 1).Select(k => new SpectrumBin(
            k, k * rateHz / samples.Length, re[k], im[k], exponent, (k == 0 || k == half ? 1 : 2) * scale * Math.Sqrt(((double)re[k] * re[k]) + ((double)im[k] * im[k]))))];
    }
}
