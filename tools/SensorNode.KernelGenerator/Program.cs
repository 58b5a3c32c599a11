using System.CommandLine;
using SensorNode.KernelGenerator.Emission;
using SensorNode.KernelGenerator.Measurement;

var root = new Option<DirectoryInfo>("--root")
{
    Description = "Root of the repository.",
    DefaultValueFactory = _ => new DirectoryInfo("."),
};
root.AcceptExistingOnly();
var configuration = new Option<string>("--configuration") { Description = "Which build is measured.", DefaultValueFactory = _ => "Release" };
var details = new Option<bool>("--details") { Description = "One line for each test signal." };

var write = new Command("write", "Writes firmware/SensorNode.Dsp/Kernels.") { root };
write.SetAction(result =>
{
    string folder = Path.Combine(result.GetRequiredValue(root).FullName, "firmware/SensorNode.Dsp/Kernels");
    Directory.CreateDirectory(folder);
    foreach ((string name, string text) in KernelFiles.All())
        File.WriteAllText(Path.Combine(folder, name), text);
});

var measure = new Command("measure", "Prints IL instructions and signal-to-noise ratios of the built firmware/SensorNode.Dsp.") { root, configuration, details };
measure.SetAction(result =>
{
    string path = Path.Combine(result.GetRequiredValue(root).FullName, "artifacts/bin/SensorNode.Dsp", result.GetRequiredValue(configuration).ToLowerInvariant(), "SensorNode.Dsp.dll");
    if (!File.Exists(path))
    {
        Console.Error.WriteLine($"{path} is missing: build firmware/SensorNode.Dsp first.");
        return 1;
    }
    Report.Print(path, Console.Out, result.GetValue(details));
    return 0;
});

var compare = new Command("compare", "Prints what the blocks cost with and without values on the evaluation stack, and the possible splits.");
compare.SetAction(_ => Comparison.Print(Console.Out));

var command = new RootCommand("Generates and measures the straight-line kernels of the firmware's FFT.") { write, measure, compare };
ParseResult parsed = command.Parse(args);
int code = parsed.Invoke();
return parsed.Errors.Count > 0 ? 2 : code;
