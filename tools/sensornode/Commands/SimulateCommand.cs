using System.CommandLine;
using System.Diagnostics;
using SensorNode.Simulation;

namespace SensorNode.Tool.Commands;

/// <summary>sensornode simulate: the real node for days of virtual time, with faults drawn from a seed.</summary>
public static class SimulateCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var seed = new Option<int>("--seed") { Description = "Draws the faults; 0 runs without any.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var seeds = new Option<int>("--seeds") { Description = "Runs so many seeds from the first on.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var days = new Option<double>("--days") { Description = "Virtual time of each run.", HelpName = "D", DefaultValueFactory = _ => 1 };
        var verbose = new Option<bool>("--verbose") { Description = "Print what was done to the plant, and the node's console." };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0.1 and <= 366))
            {
                result.AddError("--days must be from 0.1 to 366");
            }
        });
        var command = new Command("simulate", """
            Runs the firmware on an emulated board and virtual time, with network, broker, flash, power and sensor faults drawn from a seed,
            and checks from outside that it keeps to Sparkplug, loses no record and comes back.
            Example: sensornode simulate --seed 17 --days 7
            """) { seed, seeds, days, verbose };
        command.SetAction(parsed => Run(parsed.GetValue(seed), parsed.GetValue(seeds), parsed.GetValue(days), parsed.GetValue(verbose)));
        return command;
    }

    private static int Run(int seed, int count, double days, bool isVerbose)
    {
        bool isGood = true;
        for (int i = 0; i < count; i++)
        {
            var watch = Stopwatch.StartNew();
            SimulationResult result = SimulationRun.Run(seed + i, days, isVerbose ? new ConsoleOfNode() : null);
            foreach (string line in isVerbose ? result.Log : [])
            {
                Console.Out.WriteLine(line);
            }

            foreach (string finding in result.Findings)
            {
                Console.Out.WriteLine($"seed {result.Seed}: {finding}");
            }

            isGood &= result.Findings.Count == 0;
            Console.Out.WriteLine($"seed {result.Seed}: {(result.Findings.Count == 0 ? "good" : "FAILED, again with: " + result.Command)}; {result.Days:0.##} days, {result.Births} births, {result.Records} records, heard again {result.Repeats} times, {result.Cuts} power cuts, {watch.Elapsed.TotalSeconds:0.0} s");
        }

        return isGood ? ExitCode.Success : ExitCode.Failure;
    }

    private sealed class ConsoleOfNode : Platform.INodeConsole
    {
        public void Write(long nowNs, string text) => Console.Out.Write(text);
    }
}
