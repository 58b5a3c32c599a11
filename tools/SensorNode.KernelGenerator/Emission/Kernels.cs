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
        Value[] x = Enumerable.Range(0, size).Select(n => n == 0 ? graph.Load("x[first]", 3, true) : graph.Load($"x[n + o{n}]", 5, true)).ToArray();
        Complex?[] output = new Fourier(graph, 1L << ColumnBits, SecondBits, shiftFirst: false, leaveReal: true).Real(x);
        for (int k = 0; k <= size / 2; k++)
        {
            graph.Output(output[k]!.Value.Re, $"c[{k}]");
            if (k != 0 && k != size / 2)
                graph.Output(output[k]!.Value.Im, $"c[{size / 2 + k}]");
        }
        graph.Finish();
        var prologue = new List<string> { "int half = columns / 2;", $"int points = {size} * columns;", "int o1 = columns;" };
        for (int n = 2; n < size; n++)
            prologue.Add($"int o{n} = o{n - 1} + columns;");
        return new Kernel($"Columns{size}", $"Pass one: transforms of {size} real values, one for each column, straight from the samples.",
            "short[] x, long[][] data, int columns", [.. prologue], "for (int n = 1 - half; n <= half; n++)",
            ["int first = n < 0 ? n + points : n;", "long[] c = data[n > 0 ? n + half : n + half - 1];"], graph.Nodes);
    }

    private static Kernel Rows(int size)
    {
        // Of all transforms with rows of this size, the one with the most rows; the others use every second angle, or every fourth.
        int most = size == 32 ? 64 : size == 16 ? 32 : 16;
        // Two in a word take a third less flash and four instructions more: not for the sizes that need speed.
        bool isPacked = size < 32;
        var graph = new GraphBuilder();
        var z = new Complex[size];
        for (int n = 0; n <= size / 2; n++)
        {
            if (n == 0)
            {
                z[0] = new Complex(graph.Scale(Input("k", 0), 1L << TwiddleBits, 0), graph.Scale(Input("m", 0), 1L << TwiddleBits, 0));
                continue;
            }
            Value cosine = graph.Named($"t{2 * n}");
            Value sine = graph.Named($"t{2 * n + 1}");
            z[n] = Turn(Input("k", n), Input("m", n), cosine, sine);
            if (n < size / 2)
                z[size - n] = Turn(Input("k", -n), Input("m", -n), cosine, -sine);
        }
        Complex[] output = new Fourier(graph, 1, SecondBits, shiftFirst: true).Complex(z, scaled: true);
        for (int k = 0; k < size; k++)
        {
            graph.Output(output[k].Re, $"c{k}[k]");
            graph.Output(output[k].Im, $"c{k}[m]");
        }
        graph.Finish();
        var twiddles = new List<string> { "switch (k * step)", "{" };
        for (int angle = 1; angle < most / 2; angle++)
        {
            twiddles.Add(angle < most / 2 - 1 ? $"    case {angle}:" : "    default:");
            for (int n = 1; n <= size / 2; n++)
            {
                (double sine, double cosine) = Math.SinCos(2 * Math.PI * angle * n / (most * size));
                long re = (long)Math.Round(cosine * (1 << TwiddleBits));
                long im = (long)Math.Round(sine * (1 << TwiddleBits));
                twiddles.Add(isPacked ? $"        w{n} = {(re << 32) + im};" : $"        t{2 * n} = {re}; t{2 * n + 1} = {im};");
            }
            twiddles.Add("        break;");
        }
        twiddles.Add("}");
        for (int n = 1; isPacked && n <= size / 2; n++)
            twiddles.Add($"t{2 * n} = w{n} >> 32; t{2 * n + 1} = (int)w{n};");
        return new Kernel($"Rows{size}", $"Pass two: twiddles and transforms of {size} complex values, in place, for the rows between the first and the middle one.",
            "long[][] data, int middle, int step", [.. ColumnNames(size), .. TwiddleNames(size, isPacked)], "for (int k = 1; k < middle; k++)",
            ["int m = k + middle;", .. twiddles], graph.Nodes);

        Value Input(string index, int n) => graph.Load($"c{n + size / 2 - 1}[{index}]", 3, false);

        // (re + i im) (cosine - i sine)
        Complex Turn(Value re, Value im, Value cosine, Value sine) =>
            new(graph.CombineTwiddles(re, cosine, im, sine), graph.CombineTwiddles(im, cosine, re, -sine));
    }

    private static Kernel FirstRow(int size)
    {
        var graph = new GraphBuilder();
        var x = new Value[size];
        for (int i = 0; i < size; i++)
            x[(i - (size / 2 - 1) + size) % size] = graph.Load($"c{i}[0]", 3, false);
        Complex?[] output = new Fourier(graph, 1L << ColumnBits + TwiddleBits, SecondBits, shiftFirst: true).Real(x);
        for (int k = 0; k <= size / 2; k++)
        {
            graph.Output(output[k]!.Value.Re, k == size / 2 ? "last[0]" : $"c{k}[0]");
            if (k != 0 && k != size / 2)
                graph.Output(output[k]!.Value.Im, $"c{size - k}[0]");
        }
        graph.Finish();
        return new Kernel($"FirstRow{size}", $"Pass two, row 0: transform of {size} real values.", "long[][] data",
            [.. ColumnNames(size), $"long[] last = data[{size / 2}];"], "", [], graph.Nodes, [$"c{size / 2}[0] = 0;"]);
    }

    private static Kernel MiddleRow(int size)
    {
        var graph = new GraphBuilder();
        var x = new Value[size];
        for (int i = 0; i < size; i++)
        {
            int n = i - (size / 2 - 1);
            Value value = graph.Load($"c{i}[m]", 3, false);
            x[(n + size) % size] = n < 0 ? -value : value;
        }
        Complex[] bins = new Fourier(graph, 1L << ColumnBits + TwiddleBits, SecondBits, shiftFirst: true).Odd(x);
        for (int i = 0; i < bins.Length; i++)
        {
            int bin = 4 * i + 1;
            bool mirrored = bin > size;
            int k = mirrored ? (2 * size - bin - 1) / 2 : (bin - 1) / 2;
            Complex value = mirrored ? bins[i].Conjugate : bins[i];
            graph.Output(value.Re, $"c{k}[m]");
            graph.Output(value.Im, $"c{size - 1 - k}[m]");
        }
        graph.Finish();
        return new Kernel($"MiddleRow{size}", $"Pass two, the row at half the column size: bins 2k + 1 of {2 * size} from {size} real values.",
            "long[][] data, int m", [.. ColumnNames(size)], "", [], graph.Nodes);
    }

    // The array in the middle of the list belongs to the last bin.
    private static IEnumerable<string> ColumnNames(int size) => Enumerable.Range(0, size).Select(c => $"long[] c{c} = data[{(c < size / 2 ? c : c + 1)}];");

    private static IEnumerable<string> TwiddleNames(int size, bool isPacked) =>
        Enumerable.Range(1, size / 2).Select(n => $"long t{2 * n}, t{2 * n + 1}{(isPacked ? $", w{n}" : "")};");
}
