using SensorNode.KernelGenerator.Emission;
using SensorNode.KernelGenerator.Planning;
using SensorNode.KernelGenerator.Measurement;

string verb = args.Length > 0 ? args[0] : "write";
string root = args.Length > 1 ? args[1] : ".";
int tries = args.Length > 2 ? int.Parse(args[2]) : 0;
if (verb == "measure")
{
    Report.Print(Path.Combine(root, "artifacts/bin/SensorNode.Dsp/release/SensorNode.Dsp.dll"), Console.Out, args.Length > 2);
    return;
}
string target = Path.Combine(root, "firmware/SensorNode.Dsp/Kernels");
Directory.CreateDirectory(target);
foreach (Kernel kernel in Kernels.All())
{
    int[] keys = PlanSearch.StartKeys(kernel.Nodes);
    int before = Planner.Make(kernel.Nodes, keys).Cost;
    keys = PlanSearch.Run(kernel.Nodes, keys, tries, 1);
    Plan plan = Planner.Make(kernel.Nodes, keys);
    Console.WriteLine($"{kernel.Name}: nodes {kernel.Nodes.Count} cost {before} -> {plan.Cost}");
    File.WriteAllText(Path.Combine(target, kernel.Name + ".cs"), KernelFile.Write(kernel, plan));
}
foreach (int size in new[] { 16, 32, 64 })
    File.WriteAllText(Path.Combine(target, $"HannPower{size}.cs"), HannPowerFile.Write(size));
