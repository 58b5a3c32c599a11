using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;
using SensorNode.Emulator.Mqtt;
using SensorNode.Files;
using SensorNode.Tool.Commands;

namespace SensorNode.Tool;

/// <summary>The command-line tool. Exit codes: 0 success, 1 failure, 2 usage.</summary>
public static partial class Program
{
    public static async Task<int> Main(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

        ParseResult parsed = CreateRoot().Parse(args);
        string? empty = EmptyValue.Find(parsed.CommandResult);
        if (parsed.Errors.Count > 0 || empty != null)
        {
            // One line; a word that is not known says more than what the parser misses because of it.
            string? unknown = parsed.UnmatchedTokens.Count > 0 ? $"there is no command or option '{parsed.UnmatchedTokens[0]}' here" : null;
            Console.Error.WriteLine($"sensornode: {empty ?? unknown ?? Plainly(parsed.Errors[0].Message)}");
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
        catch (Exception exception) when (exception is MqttException or FileException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"sensornode: {exception.Message}");
            return ExitCode.Failure;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Success;
        }
        catch (Exception exception) when (Environment.GetEnvironmentVariable("SENSORNODE_TRACE") == null)
        {
            Console.Error.WriteLine($"sensornode: a mistake of the tool itself: {exception.GetType().Name}: {Blanks().Replace(exception.Message, " ")} (SENSORNODE_TRACE=1 shows where)");
            return ExitCode.Failure;
        }
    }

    private static RootCommand CreateRoot()
    {
        var root = new RootCommand("The SensorNode tool: demonstration, emulation, replay of recordings, figures.");
        root.Options.Add(CommonOptions.Plain);
        root.Subcommands.Add(DemoCommand.Create());
        root.Subcommands.Add(EmulateCommand.Create());
        root.Subcommands.Add(BoardsCommand.Create());
        root.Subcommands.Add(SimulateCommand.Create());
        root.Subcommands.Add(ConfigCommand.Create());
        root.Subcommands.Add(BenchCommand.Create());
        root.Subcommands.Add(SizeCommand.Create());
        root.Subcommands.Add(ReleaseCommand.Create());
        root.Subcommands.Add(RolloutCommand.Create());
        root.Subcommands.Add(SiteCommand.Create());
        root.Subcommands.Add(ProvisionCommand.Create());
        root.Subcommands.Add(PowerCommand.Create());
        root.Subcommands.Add(ReplayCommand.Create());
        root.Subcommands.Add(ReplayReportCommand.Create());
        root.Subcommands.Add(SpectrumCommand.Create());
        return root;
    }

    // The parser names types of the platform; people know numbers.
    private static string Plainly(string message)
    {
        Match match = WrongType().Match(message);
        if (!match.Success)
        {
            return Blanks().Replace(message, " ");
        }

        string kind = match.Groups[3].Value.Contains("Int", StringComparison.Ordinal) ? "a whole number" : "a number";
        return $"{match.Groups[2].Value} '{match.Groups[1].Value}' is not {kind} that can be used";
    }

    [GeneratedRegex("^Cannot parse argument '(.*)' for option '(.*)' as expected type '(.*(?:Int|Double).*)'", RegexOptions.Singleline)]
    private static partial Regex WrongType();

    [GeneratedRegex("\\s+")]
    private static partial Regex Blanks();

    private static string CommandPath(ParseResult parsed)
    {
        string path = "";
        for (CommandResult? result = parsed.CommandResult; result != null && result.Command is not RootCommand; result = result.Parent as CommandResult)
        {
            path = result.Command.Name + " " + path;
        }

        return path;
    }
}
