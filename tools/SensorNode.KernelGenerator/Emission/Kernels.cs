using SensorNode.KernelGenerator.Graph;

namespace SensorNode.KernelGenerator.Emission;

/// <summary>The kernels of the firmware's FFT.</summary>
internal static class Kernels
{
    /// <summary>log2 of the scale that pass one multiplies by, and of the twiddles' scale. Together they are the scale of all bins.</summary>
    private const int ColumnBits = 18, TwiddleBits = 18;

    /// <summary>Bits of the constants of second multiplications.</summary>
    private const int SecondBits = 18;

    /// <param name="largestRow">Rows of 64 are only for comparison: no transform uses them.</param>
    public static IEnumerable<Kernel> All(int largestRow = 32)
    {
        foreach (int size in new[] { 16, 32, 64 })
            yield return Columns(size);
        foreach (int size in new[] { 8, 16, 32, 64 }.Where(n => n <= largestRow))
        {
            yield return Rows(size);
            yield return FirstRow(size);
            yield return MiddleRow(size);
        }
    }

    private static Kernel Columns(int size)
    {
        var graph = new GraphBuilder();
        Value[] x = Enumerable.Range(0, size).Select(n => graph.Load($"x{n}[n]", 3, true)).ToArray();
        Complex?[] output = new Fourier(graph, 1L << ColumnBits, SecondBits, shiftFirst: false, leaveQuarters: true).Real(x);
        for (int k = 0; k <= size / 2; k++)
        {
            graph.Output(output[k]!.Value.Re, $"r{k}[n]");
            if (k != 0 && k != size / 2)
                graph.Output(output[k]!.Value.Im, $"m{k}[n]");
        }
        graph.Finish();
        var prologue = new List<string>();
        prologue.Add("short[] x0 = x[0];");
        prologue.Add("int from = 1 - columns / 2;");
        for (int n = 1; n < size; n++)
            prologue.Add($"short[] x{n} = x[{n}]; Array.Copy(samples, from += columns, x{n}, 0, columns);");
        for (int k = 0; k <= size / 2; k++)
            prologue.Add($"long[] r{k} = re[{k}];" + (k != 0 && k != size / 2 ? $" long[] m{k} = im[{k}];" : ""));
        return new Kernel($"Columns{size}", $"Copies the samples to rows but for row 0, and pass one: transforms of {size} real values, one for each column.",
            "short[] samples, short[][] x, long[][] re, long[][] im, int columns", [.. prologue], "for (int n = 0; n < columns; n++)", [], graph.Nodes);
    }

    private static Kernel Rows(int size)
    {
        var graph = new GraphBuilder();
        var z = new Complex[size];
        for (int n = 0; n <= size / 2; n++)
        {
            if (n == 0)
            {
                Value scaleOnly = graph.Load("t[0]", 3, false);
                z[0] = new Complex(graph.ScaleTwiddle(Input("re", 0), scaleOnly), graph.ScaleTwiddle(Input("im", 0), scaleOnly));
                continue;
            }
            Value cosine = graph.Load($"t[{2 * n}]", 3, false);
            Value sine = graph.Load($"t[{2 * n + 1}]", 3, false);
            z[n] = Turn(Input("re", n), Input("im", n), cosine, sine);
            if (n < size / 2)
                z[size - n] = Turn(Input("re", -n), Input("im", -n), cosine, -sine);
        }
        Complex[] output = new Fourier(graph, 1, SecondBits, shiftFirst: true).Complex(z, scaled: true);
        for (int k = 0; k < size; k++)
        {
            graph.Output(output[k].Re, $"re[{k}]");
            graph.Output(output[k].Im, $"im[{k}]");
        }
        graph.Finish();
        return new Kernel($"Rows{size}", $"Pass two: twiddles and transforms of {size} complex values, in place, for rows 1 to rows - 1.",
            "long[][] rowsRe, long[][] rowsIm, long[][] twiddles, int rows", [], "for (int k = 1; k < rows; k++)",
            ["long[] re = rowsRe[k];", "long[] im = rowsIm[k];", "long[] t = twiddles[k];"], graph.Nodes);

        Value Input(string array, int n) => graph.Load($"{array}[{n + size / 2 - 1}]", 3, false);

        // (re + i im) (cosine - i sine)
        Complex Turn(Value re, Value im, Value cosine, Value sine) =>
            new(graph.CombineTwiddles(re, cosine, im, sine), graph.CombineTwiddles(im, cosine, re, -sine));
    }

    private static Kernel FirstRow(int size)
    {
        var graph = new GraphBuilder();
        var x = new Value[size];
        for (int i = 0; i < size; i++)
            x[(i - (size / 2 - 1) + size) % size] = graph.Load($"re[{i}]", 3, false);
        Complex?[] output = new Fourier(graph, 1L << ColumnBits + TwiddleBits, SecondBits, shiftFirst: true).Real(x);
        for (int k = 0; k <= size / 2; k++)
        {
            graph.Output(output[k]!.Value.Re, $"re[{k}]");
            if (k != 0 && k != size / 2)
                graph.Output(output[k]!.Value.Im, $"im[{k}]");
        }
        graph.Finish();
        return new Kernel($"FirstRow{size}", $"Pass two, row 0: transform of {size} real values.", "long[] re, long[] im", [], "", [], graph.Nodes);
    }

    private static Kernel MiddleRow(int size)
    {
        var graph = new GraphBuilder();
        var x = new Value[size];
        for (int i = 0; i < size; i++)
        {
            int n = i - (size / 2 - 1);
            Value value = graph.Load($"re[{i}]", 3, false);
            x[(n + size) % size] = n < 0 ? -value : value;
        }
        Complex[] bins = new Fourier(graph, 1L << ColumnBits + TwiddleBits, SecondBits, shiftFirst: true).Odd(x);
        for (int m = 0; m < bins.Length; m++)
        {
            int bin = 4 * m + 1;
            bool mirrored = bin > size;
            int k = mirrored ? (2 * size - bin - 1) / 2 : (bin - 1) / 2;
            Complex value = mirrored ? bins[m].Conjugate : bins[m];
            graph.Output(value.Re, $"re[{k}]");
            graph.Output(value.Im, $"im[{k}]");
        }
        graph.Finish();
        return new Kernel($"MiddleRow{size}", $"Pass two, the row at half the column size: bins 2k + 1 of {2 * size} from {size} real values.",
            "long[] re, long[] im", [], "", [], graph.Nodes);
    }
}
