using System.CommandLine;
using System.Globalization;
using SensorNode.Emulator.Mqtt;
using SensorNode.Tool.Commands;

namespace SensorNode.Tool;

/// <summary>The command-line tool. Exit codes: 0 success, 1 failure, 2 usage.</summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

        ParseResult parsed = CreateRoot().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            // One line; a word that is not known says more than what the parser misses because of it.
            string? unknown = parsed.UnmatchedTokens.Count > 0 ? $"there is no command or option '{parsed.UnmatchedTokens[0]}' here" : null;
            Console.Error.WriteLine($"sensornode: {unknown ?? parsed.Errors[0].Message}");
            Console.Error.WriteLine($"Try: sensornode {CommandPath(parsed)}--help");
            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(15) });
        }
        catch (ToolException exception)
        {
            Console.Error.WriteLine($"sensornode: {exception.Message}");
            return exception.ExitCode;
        }
        catch (Exception exception) when (exception is MqttException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"sensornode: {exception.Message}");
            return ExitCode.Failure;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Success;
        }
    }

    private static RootCommand CreateRoot()
    {
        var root = new RootCommand("The SensorNode tool: demonstration, emulation, replay of recordings, figures.");
        root.Options.Add(CommonOptions.Plain);
        root.Subcommands.Add(DemoCommand.Create());
        root.Subcommands.Add(EmulateCommand.Create());
        root.Subcommands.Add(SimulateCommand.Create());
        root.Subcommands.Add(BenchCommand.Create());
        root.Subcommands.Add(ReplayCommand.Create());
        root.Subcommands.Add(ReplayReportCommand.Create());
        root.Subcommands.Add(SpectrumCommand.Create());
        return root;
    }

    private static string CommandPath(ParseResult parsed)
    {
        string name = parsed.CommandResult.Command.Name;
        return parsed.CommandResult.Command is RootCommand ? "" : name + " ";
    }
}
