namespace SensorNode.KernelGenerator.Graph;

/// <summary>
/// Split-radix transforms, decimation in frequency (Duhamel and Hollmann 1984; real input: Sorensen et al. 1987). On the way from an
/// input to an output each value is multiplied exactly once by the block's scale: either by the scale itself or, rounded, by a scaled
/// cosine. So nothing needs shifting back, except second multiplications, which are rounded to the scale at once.
/// With leaveReal the bins 0 and n/2 of a real transform, which are real, are not scaled either.
/// </summary>
internal sealed class Fourier(GraphBuilder graph, long scale, int secondBits, bool shiftFirst, bool leaveReal = false)
{
    /// <summary>Transform of real input: outputs 0 to n/2, times the scale.</summary>
    public Complex?[] Real(Value[] x)
    {
        int n = x.Length;
        var output = new Complex?[n / 2 + 1];
        void Put(int bin, Complex value)
        {
            if (bin <= n / 2)
                output[bin] = value;
            else
                output[n - bin] = value.Conjugate;
        }
        Real(x, 1, Put);
        return output;
    }

    private void Real(Value[] x, int step, Action<int, Complex> put)
    {
        int n = x.Length;
        Value zero = default;
        if (n == 2)
        {
            Value sum = graph.Add(x[0], x[1]);
            Value difference = graph.Subtract(x[0], x[1]);
            put(0, new Complex(leaveReal ? sum : First(sum), zero));
            put(step, new Complex(leaveReal ? difference : First(difference), zero));
            return;
        }
        var even = new Value[n / 2];
        var odd = new Value[n / 2];
        for (int k = 0; k < n / 2; k++)
        {
            even[k] = graph.Add(x[k], x[k + n / 2]);
            odd[k] = graph.Subtract(x[k], x[k + n / 2]);
        }
        Real(even, 2 * step, put);
        // Bins 4m + 1; their conjugates are the bins 4m + 3.
        Complex[] bins = Odd(odd);
        for (int m = 0; m < bins.Length; m++)
        {
            int bin = 4 * m + 1;
            if (bin > n / 2)
                put((n - bin) * step, bins[m].Conjugate);
            else
                put(bin * step, bins[m]);
        }
    }

    /// <summary>The bins 4m + 1 of a transform of 2n real values whose second half is the negated first half: n values in, n/2 complex out.</summary>
    public Complex[] Odd(Value[] x)
    {
        int n = x.Length;
        var z = new Complex[n / 2];
        for (int k = 0; k < n / 2; k++)
            z[k] = Rotate(new Complex(x[k], -x[k + n / 2]), k, 2 * n, first: true);
        return Complex(z, scaled: true);
    }

    /// <summary>Transform of complex input, all n outputs, times the scale if the input is not scaled yet.</summary>
    public Complex[] Complex(Complex[] z, bool scaled)
    {
        var output = new Complex[z.Length];
        Complex(z, scaled, 1, 0, output);
        return output;
    }

    private void Complex(Complex[] z, bool scaled, int step, int offset, Complex[] output)
    {
        int n = z.Length;
        if (n == 1)
        {
            output[offset] = scaled ? z[0] : new Complex(First(z[0].Re), First(z[0].Im));
            return;
        }
        if (n == 2)
        {
            Complex sum = graph.Add(z[0], z[1]);
            Complex difference = graph.Subtract(z[0], z[1]);
            output[offset] = scaled ? sum : new Complex(First(sum.Re), First(sum.Im));
            output[offset + step] = scaled ? difference : new Complex(First(difference.Re), First(difference.Im));
            return;
        }
        var even = new Complex[n / 2];
        for (int k = 0; k < n / 2; k++)
            even[k] = graph.Add(z[k], z[k + n / 2]);
        var plus = new Complex[n / 4];
        var minus = new Complex[n / 4];
        for (int k = 0; k < n / 4; k++)
        {
            Complex d = graph.Subtract(z[k], z[k + n / 2]);
            Complex e = graph.Subtract(z[k + n / 4], z[k + 3 * n / 4]).TimesMinusI;
            plus[k] = Rotate(graph.Add(d, e), k, n, !scaled);
            minus[k] = Rotate(graph.Subtract(d, e), 3 * k, n, !scaled);
        }
        Complex(even, scaled, 2 * step, offset, output);
        Complex(plus, true, 4 * step, offset + step, output);
        Complex(minus, true, 4 * step, offset + 3 * step, output);
    }

    private Value First(Value value) => graph.Scale(value, scale, 0);

    private Value Multiply(Value value, long factor, bool first) =>
        first ? graph.Scale(value, factor, 0) : shiftFirst ? graph.ShiftAndScale(value, secondBits, factor) : graph.Scale(value, factor, secondBits);

    /// <summary>value * e^(-2 pi i k / n), with the block's scale (first) or without (then rounded back).</summary>
    private Complex Rotate(Complex value, int k, int n, bool first)
    {
        if (k == 0)
            return first ? new Complex(First(value.Re), First(value.Im)) : value;
        int shift = first ? 0 : secondBits;
        double size = first ? scale : 1L << secondBits;
        if (8 * k == n || 8 * k == 3 * n)
        {
            // (1 - i) / sqrt 2 and (-1 - i) / sqrt 2
            long c = (long)Math.Round(size * Math.Sqrt(0.5));
            Value sum = Multiply(graph.Add(value.Re, value.Im), c, first);
            Value difference = Multiply(graph.Subtract(value.Im, value.Re), c, first);
            return 8 * k == n ? new Complex(sum, difference) : new Complex(difference, -sum);
        }
        if (!first && shiftFirst)
        {
            value = new Complex(graph.Shift(value.Re, secondBits), graph.Shift(value.Im, secondBits));
            shift = 0;
        }
        double angle = 2 * Math.PI * k / n;
        long cosine = (long)Math.Round(size * Math.Cos(angle));
        long sine = (long)Math.Round(size * Math.Sin(angle));
        return new Complex(
            graph.Combine(value.Re, cosine, value.Im, sine, shift),
            graph.Combine(value.Im, cosine, value.Re, -sine, shift));
    }
}
