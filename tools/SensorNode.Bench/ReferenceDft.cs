using System.Numerics;

namespace SensorNode.Bench;

/// <summary>The transform's definition in double precision, summed term by term: slow, and independent of every clever transform.</summary>
public sealed class ReferenceDft
{
    private readonly Complex[] _turns;

    /// <summary>Prepares one length.</summary>
    public ReferenceDft(int points)
    {
        _turns = new Complex[points];
        for (int i = 0; i < points; i++)
        {
            _turns[i] = Complex.FromPolarCoordinates(1, -2 * Math.PI * i / points);
        }
    }

    /// <summary>Bins 0 to N/2 of sum of x[n] e^(-2 pi i k n / N).</summary>
    public Complex[] Transform(short[] samples)
    {
        int points = _turns.Length;
        var bins = new Complex[(points / 2) + 1];
        for (int k = 0; k < bins.Length; k++)
        {
            double re = 0;
            double im = 0;
            int turn = 0;
            for (int n = 0; n < points; n++)
            {
                re += samples[n] * _turns[turn].Real;
                im += samples[n] * _turns[turn].Imaginary;
                turn = (turn + k) & (points - 1);
            }

            bins[k] = new Complex(re, im);
        }

        return bins;
    }

    /// <summary>Energy of the true bins over energy of the error, over all N bins, in dB; the two halves of a real signal's spectrum are alike.</summary>
    public static double SignalToNoiseDb(Complex[] truth, Complex[] measured)
    {
        double signal = 0;
        double noise = 0;
        for (int k = 0; k < truth.Length; k++)
        {
            int weight = k == 0 || k == truth.Length - 1 ? 1 : 2;
            signal += weight * (truth[k].Real * truth[k].Real + truth[k].Imaginary * truth[k].Imaginary);
            Complex error = measured[k] - truth[k];
            noise += weight * (error.Real * error.Real + error.Imaginary * error.Imaginary);
        }

        return noise == 0 ? double.PositiveInfinity : 10 * Math.Log10(signal / noise);
    }
}
