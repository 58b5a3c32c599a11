using SensorNode.KernelGenerator.Planning;

namespace SensorNode.KernelGenerator.Emission;

/// <summary>All generated files, by name.</summary>
internal static class KernelFiles
{
    public static IEnumerable<(string Name, string Text)> All()
    {
        foreach (Kernel kernel in Kernels.All())
            yield return (kernel.Name + ".cs", KernelFile.Write(kernel, Planner.Make(kernel.Nodes, PlanKeys.Start(kernel.Nodes))));
        foreach (int size in new[] { 16, 32, 64 })
            yield return ($"HannPower{size}.cs", HannPowerFile.Write(size));
        yield return ("Moments.cs", MomentsFile.Write());
    }
}
