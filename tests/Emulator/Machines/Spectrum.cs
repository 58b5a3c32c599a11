using System.Numerics;
using MathNet.Numerics.IntegralTransforms;

namespace SensorNode.Emulator.Tests.Machines;

/// <summary>Amplitude spectrum in double precision: mean removed, Hann window, peak amplitude of a sine.</summary>
internal sealed class Spectrum
{
    private readonly double[] _amplitude;

    public Spectrum(double[] samples, double rateHz)
    {
        int n = samples.Length;
        double mean = samples.Average();
        Complex[] bins = [.. samples.Select((value, i) => new Complex((value - mean) * (0.5 - 0.5 * Math.Cos(2 * Math.PI * i / n)), 0))];
        Fourier.Forward(bins, FourierOptions.NoScaling);
        _amplitude = [.. bins.Take(n / 2).Select(bin => 4 * bin.Magnitude / n)];
        BinHz = rateHz / n;
    }

    public double BinHz { get; }

    public double StrongestHz
    {
        get
        {
            int best = 2;
            for (int i = 2; i < _amplitude.Length; i++)
            {
                best = _amplitude[i] > _amplitude[best] ? i : best;
            }

            return best * BinHz;
        }
    }

    /// <summary>Largest amplitude within one bin of a frequency.</summary>
    public double At(double frequencyHz)
    {
        int bin = (int)Math.Round(frequencyHz / BinHz);
        return Math.Max(_amplitude[bin], Math.Max(_amplitude[bin - 1], _amplitude[bin + 1]));
    }

    /// <summary>Middle amplitude of all bins in a band.</summary>
    public double Floor(double fromHz, double untilHz)
    {
        double[] band = [.. _amplitude[(int)(fromHz / BinHz)..(int)(untilHz / BinHz)].Order()];
        return band[band.Length / 2];
    }
}
