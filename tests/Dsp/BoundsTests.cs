using SensorNode.KernelGenerator.Emission;
using SensorNode.KernelGenerator.Graph;
using Xunit;
using Xunit.Abstractions;

namespace SensorNode.Dsp.Tests;

/// <summary>
/// The proof that no value of any kernel leaves its type, for whatever samples. Every value is a weighted sum of the block's inputs, so the
/// greatest it can be is the sum over the inputs of weight times greatest input; the weights are found by feeding ones.
/// </summary>
public sealed class BoundsTests(ITestOutputHelper output)
{
    private const double FullScale = 32768;

    // Roundings of constants and shifts, far more than they can add up to.
    private const double Margin = 1.0001;

    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(64)]
    public void Columns_FitTheirTypes(int size)
    {
        Kernel kernel = Kernels.All().Single(k => k.Name == $"Columns{size}");
        Dictionary<Node, double> bounds = Bounds(kernel, _ => FullScale, pairs: false);
        Check(kernel, bounds);
        Assert.All(kernel.Nodes.Where(n => n.IsOutput && !Unscaled(n, size)), n => Assert.True(bounds[n] <= size * FullScale * (1 << 18) * Margin));
        Assert.All(kernel.Nodes.Where(n => n.IsOutput && Unscaled(n, size)), n => Assert.True(bounds[n] <= size * FullScale * Margin));
    }

    [Theory]
    [InlineData(128, 16, 8)]
    [InlineData(256, 16, 16)]
    [InlineData(512, 32, 16)]
    [InlineData(1024, 32, 32)]
    [InlineData(2048, 64, 32)]
    public void Rows_FitTheirTypes(int points, int columnSize, int rowSize)
    {
        // A complex value from the columns is at most R 2^15 2^18 in magnitude; with its twiddle of 2^18 that makes R 2^51 in all rows.
        double magnitude = columnSize * FullScale * (1 << 18);
        Kernel rows = Kernels.All().Single(k => k.Name == $"Rows{rowSize}");
        double largest = Check(rows, Bounds(rows, _ => magnitude, pairs: true));
        foreach (string name in new[] { "FirstRow", "MiddleRow" })
        {
            Kernel kernel = Kernels.All().Single(k => k.Name == name + rowSize);
            largest = Math.Max(largest, Check(kernel, Bounds(kernel, _ => columnSize * FullScale, pairs: false)));
        }
        output.WriteLine($"{points} points: nothing exceeds 2^{Math.Log2(largest):F2}");
    }

    private static bool Unscaled(Node node, int size) =>
        node.Target == "c[0]" || node.Target == $"c[{size / 2}]";

    /// <summary>Greatest magnitude of each value. With pairs, c[k] and c[m] are the parts of one complex input of that magnitude.</summary>
    private static Dictionary<Node, double> Bounds(Kernel kernel, Func<Node, double> greatest, bool pairs)
    {
        var bounds = kernel.Nodes.ToDictionary(n => n, _ => 0.0);
        Node[] inputs = [.. kernel.Nodes.Where(n => n.IsLeaf && !n.IsNamed)];
        foreach (IGrouping<string, Node> group in inputs.GroupBy(n => pairs ? n.Load![..n.Load!.IndexOf('[')] : n.Load!))
        {
            var squares = kernel.Nodes.ToDictionary(n => n, _ => 0.0);
            foreach (Node input in group)
            {
                foreach ((Node node, double weight) in Weights(kernel, input))
                    squares[node] += weight * weight;
            }
            foreach (Node node in kernel.Nodes)
                bounds[node] += Math.Sqrt(squares[node]) * greatest(group.First());
        }
        return bounds;
    }

    private static Dictionary<Node, double> Weights(Kernel kernel, Node input)
    {
        var weights = new Dictionary<Node, double>();
        foreach (Node node in kernel.Nodes)
        {
            if (node.IsLeaf)
            {
                weights[node] = node == input ? 1 : node.IsNamed ? Twiddle(int.Parse(node.Load![1..])) : 0;
                continue;
            }
            double sum = node.Terms.Sum(t => (t.Minus ? -1 : 1) * weights[t.Operand] * t.Factor * (t.Twiddle != null ? weights[t.Twiddle] : 1));
            weights[node] = sum / Math.Pow(2, node.PreShift) * node.Post / Math.Pow(2, node.Shift);
        }
        return weights;
    }

    // Any angle below a quarter turn will do: the bounds of complex inputs do not depend on it.
    private static double Twiddle(int index)
    {
        double angle = index / 2 * 0.09;
        return (1 << 18) * (index % 2 == 0 ? Math.Cos(angle) : Math.Sin(angle));
    }

    /// <summary>Every intermediate result of every expression, term by term.</summary>
    private static double Check(Kernel kernel, Dictionary<Node, double> bounds)
    {
        double largest = 0;
        foreach (Node node in kernel.Nodes.Where(n => !n.IsLeaf))
        {
            // Before Post and the shifts.
            double sum = bounds[node] * Math.Pow(2, node.Shift) / Math.Abs(node.Post) * Math.Pow(2, node.PreShift) * Margin;
            bool sumIsInt = node.IsInt || node.Converts;
            Assert.True(sum < (sumIsInt ? int.MaxValue : long.MaxValue), $"{kernel.Name}, node {node.Id}: 2^{Math.Log2(sum):F2}");
            double product = bounds[node] * Math.Pow(2, node.Shift) * Margin;
            Assert.True(product < long.MaxValue, $"{kernel.Name}, node {node.Id}: product 2^{Math.Log2(product):F2}");
            foreach (Term term in node.Terms.Where(t => t.Factor != 1))
                Assert.True(bounds[term.Operand] * Math.Abs(term.Factor) < long.MaxValue, $"{kernel.Name}, node {node.Id}: term");
            largest = Math.Max(largest, Math.Max(sum, product));
        }
        return largest;
    }
}
