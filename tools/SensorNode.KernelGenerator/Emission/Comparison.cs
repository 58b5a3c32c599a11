using SensorNode.KernelGenerator.Planning;

namespace SensorNode.KernelGenerator.Emission;

/// <summary>Prints what the plans cost with and without values waiting on the stack, and the splits of a transform into columns and rows.</summary>
internal static class Comparison
{
    public static void Print(TextWriter output)
    {
        var costs = new Dictionary<string, (int Stack, int Locals)>();
        output.WriteLine("block          IL a pass   all values in locals");
        foreach (Kernel kernel in Kernels.All(64))
        {
            int stack = Planner.Make(kernel.Nodes, PlanKeys.Start(kernel.Nodes)).Cost;
            int locals = Planner.Make(kernel.Nodes, PlanKeys.WithoutStack(kernel.Nodes)).Cost;
            costs[kernel.Name] = (stack, locals);
            output.WriteLine($"{kernel.Name,-12} {stack,11} {locals,22}");
        }
        output.WriteLine();
        output.WriteLine("points   columns x rows   IL of all blocks   all values in locals");
        foreach (int points in new[] { 128, 256, 512, 1024, 2048 })
        {
            foreach (int columnSize in new[] { 16, 32, 64 })
            {
                int rowSize = points / columnSize;
                if (rowSize is < 8 or > 64)
                    continue;
                int Total(Func<(int Stack, int Locals), int> pick) => rowSize * pick(costs[$"Columns{columnSize}"])
                    + (columnSize / 2 - 1) * pick(costs[$"Rows{rowSize}"]) + pick(costs[$"FirstRow{rowSize}"]) + pick(costs[$"MiddleRow{rowSize}"]);
                output.WriteLine($"{points,6} {columnSize,10} x {rowSize,-4} {Total(c => c.Stack),17} {Total(c => c.Locals),22}");
            }
        }
    }
}
