using System.CommandLine;
using Spectre.Console;

namespace SensorNode.Tool;

/// <summary>Options that every command has, and what follows from them.</summary>
public static class CommonOptions
{
    /// <summary>No colour, no animation: for logs, pipes and screen readers.</summary>
    public static readonly Option<bool> Plain = new("--plain") { Description = "No colour and no animation.", Recursive = true };

    /// <summary>True where output is plain: by option, or because nobody looks at a terminal.</summary>
    public static bool IsPlain(ParseResult parsed) => parsed.GetValue(Plain) || Console.IsOutputRedirected || Console.IsErrorRedirected;

    /// <summary>A console in the chosen style.</summary>
    public static IAnsiConsole CreateConsole(ParseResult parsed)
    {
        bool isPlain = IsPlain(parsed);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isPlain ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (isPlain)
        {
            // A log line is one line, however long.
            console.Profile.Width = 1000;
        }

        return console;
    }
}
