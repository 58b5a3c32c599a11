using System.CommandLine;
using System.Diagnostics;
using System.Text;
using SensorNode.Replay;

namespace SensorNode.Tool.Commands;

/// <summary>sensornode replay: recordings through the same bits as the firmware.</summary>
public static class ReplayCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "Folder with index.csv and the recordings.", HelpName = "DIR", Required = true };
        var plan = new Option<string>("--plan") { Description = "What to learn and what to score: action,file,from,to; action is learn or score, from and to are parts of the recording, 0 to 1.", HelpName = "PLAN.csv", Required = true };
        var window = new Option<int>("--window") { Description = "Samples of a window: 128, 256, 512, 1024 or 2048.", HelpName = "N", Required = true };
        var hop = new Option<int?>("--hop") { Description = "Frames from one window to the next. Default: N.", HelpName = "H" };
        var average = new Option<int>("--average") { Description = "Consecutive windows whose powers are averaged into one decision, 1 to 64.", HelpName = "K", DefaultValueFactory = _ => 1 };
        var channels = new Option<string?>("--channels") { Description = "One to three channels, by name or index from 0. Default: the first up to three.", HelpName = "a,b,c" };
        var output = new Option<string?>("--out") { Description = "File for the scores. Default: standard output.", HelpName = "SCORES.csv" };
        var command = new Command("replay", """
            Runs recordings through the firmware's own features and detector, and writes what it says of each decision.
            All learn rows are learned first, in the order of the plan; then the baseline is frozen and the score rows are judged, each with a fresh
            gate and persistence. score is a mean square in squared standard deviations: 1 is usual for a healthy machine.
            Example: sensornode replay --data fan --plan plan.csv --window 128 --hop 72 --average 2 --out scores.csv
            """);
        foreach (Option option in new Option[] { data, plan, window, hop, average, channels, output })
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            int points = parsed.GetValue(window);
            var options = new ReplayOptions(points, parsed.GetValue(hop) ?? points, parsed.GetValue(average), parsed.GetValue(channels)?.Split(',') ?? []);
            return Run(parsed.GetRequiredValue(data), parsed.GetRequiredValue(plan), options, parsed.GetValue(output));
        });
        return command;
    }

    private static int Run(string data, string planFile, ReplayOptions options, string? output)
    {
        OutputFile.Check("--out", output, ("--plan", planFile), ("--data", data));
        try
        {
            options.Check();
            ReplayPlan plan = ReplayPlan.Read(planFile, RecordingSet.Read(data));
            var clock = Stopwatch.StartNew();
            ReplayResult result = ReplayEngine.Run(plan, options, (row, rows, decisions) => Progress(clock, row, rows, decisions));
            foreach (string warning in result.Warnings)
            {
                Console.Error.WriteLine("warning: " + warning);
            }

            var text = new StringBuilder();
            using var writer = new StringWriter(text);
            ScoresWriter.Write(writer, result.Rows);
            OutputFile.Write("--out", output, text.ToString());
            return ExitCode.Success;
        }
        catch (ReplayException exception)
        {
            throw new ToolException(exception.Message, exception.IsUsage ? ExitCode.Usage : ExitCode.Failure);
        }
    }

    private static void Progress(Stopwatch clock, int row, int rows, int decisions)
    {
        if (clock.ElapsedMilliseconds >= 2000)
        {
            Console.Error.WriteLine($"replay: row {row} of {rows}, {decisions} decisions made");
            clock.Restart();
        }
    }
}
