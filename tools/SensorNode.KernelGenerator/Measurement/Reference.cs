namespace SensorNode.KernelGenerator.Measurement;

/// <summary>Transform in double precision, radix 2, for comparison.</summary>
internal static class Reference
{
    public static (double[] Re, double[] Im) Transform(short[] samples) => Transform([.. samples.Select(s => (double)s)]);

    public static (double[] Re, double[] Im) Transform(double[] samples)
    {
        var re = new double[samples.Length];
        var im = new double[samples.Length];
        Transform(samples, new double[samples.Length], re, im);
        return (re, im);
    }

    /// <summary>Signal to noise in dB over the bins 0 to N/2.</summary>
    public static double Snr(double[] re, double[] im, double[] actualRe, double[] actualIm)
    {
        double signal = 0, noise = 0;
        for (int k = 0; k < actualRe.Length; k++)
        {
            signal += re[k] * re[k] + im[k] * im[k];
            double dRe = actualRe[k] - re[k], dIm = actualIm[k] - im[k];
            noise += dRe * dRe + dIm * dIm;
        }
        return 10 * Math.Log10(signal / Math.Max(noise, 1e-300));
    }

    private static void Transform(double[] xRe, double[] xIm, double[] re, double[] im)
    {
        int n = xRe.Length;
        if (n == 1)
        {
            re[0] = xRe[0];
            im[0] = xIm[0];
            return;
        }
        int half = n / 2;
        double[] Part(double[] x, int from) => [.. Enumerable.Range(0, half).Select(i => x[2 * i + from])];
        double[] evenRe = new double[half], evenIm = new double[half], oddRe = new double[half], oddIm = new double[half];
        Transform(Part(xRe, 0), Part(xIm, 0), evenRe, evenIm);
        Transform(Part(xRe, 1), Part(xIm, 1), oddRe, oddIm);
        for (int k = 0; k < half; k++)
        {
            (double sine, double cosine) = Math.SinCos(-2 * Math.PI * k / n);
            double tRe = oddRe[k] * cosine - oddIm[k] * sine;
            double tIm = oddRe[k] * sine + oddIm[k] * cosine;
            (re[k], im[k]) = (evenRe[k] + tRe, evenIm[k] + tIm);
            (re[k + half], im[k + half]) = (evenRe[k] - tRe, evenIm[k] - tIm);
        }
    }
}
