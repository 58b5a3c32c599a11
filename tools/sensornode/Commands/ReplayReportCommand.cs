using System.CommandLine;
using SensorNode.Replay;

namespace SensorNode.Tool.Commands;

/// <summary>sensornode replay-report: how good the detector is on recorded machines.</summary>
public static class ReplayReportCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "Folder that holds fan-msa301, gearbox-spectraquest and cwru-load0.", HelpName = "DIR", Required = true };
        var output = new Option<string?>("--out") { Description = "File for the table. Default: standard output.", HelpName = "TABLE.md" };
        var variations = new Option<bool>("--variations") { Description = "Also with less to learn from, in other orders, with other axes and windows." };
        var command = new Command("replay-report", """
            Runs the protocols of the recordings' description through the firmware's own bits and prints one table in Markdown.
            Example: sensornode replay-report --data ../shared/data
            """);
        command.Options.Add(data);
        command.Options.Add(variations);
        command.Options.Add(output);
        command.SetAction(parsed =>
        {
            string? file = parsed.GetValue(output);
            OutputFile.Check("--out", file, ("--data", parsed.GetRequiredValue(data)));
            try
            {
                OutputFile.Write("--out", file, ProtocolReport.Create(parsed.GetRequiredValue(data), parsed.GetValue(variations), name => Console.Error.WriteLine("running: " + name)));
                return ExitCode.Success;
            }
            catch (ReplayException exception)
            {
                throw new ToolException(exception.Message, exception.IsUsage ? ExitCode.Usage : ExitCode.Failure);
            }
        });
        return command;
    }
}
