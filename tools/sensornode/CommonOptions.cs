using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace SensorNode.Tool;

/// <summary>Options that every command has, and what follows from them.</summary>
public static class CommonOptions
{
    /// <summary>No colour, no animation: for logs, pipes and screen readers.</summary>
    public static readonly Option<bool> Plain = new("--plain") { Description = "No colour and no animation.", Recursive = true };

    /// <summary>An option that takes a number within a range; anything else is a usage error that names both.</summary>
    /// <param name="name">For example --speed.</param>
    /// <param name="description">For the help.</param>
    /// <param name="helpName">For example SECONDS.</param>
    /// <param name="initial">Value where the option is left out.</param>
    /// <param name="low">Smallest value.</param>
    /// <param name="high">Largest value.</param>
    public static Option<double> Number(string name, string description, string helpName, double initial, double low, double high) => new(name)
    {
        Description = description,
        HelpName = helpName,
        DefaultValueFactory = _ => initial,
        CustomParser = result =>
        {
            string text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !(value >= low && value <= high))
            {
                result.AddError($"{name} '{text}' is not a number from {low} to {high}");
            }

            return value;
        },
    };

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

    /// <summary>An action that is carried out at most so often, whoever calls it.</summary>
    public static Action AtMostEvery(TimeSpan interval, Action action)
    {
        DateTime next = DateTime.MinValue;
        return () =>
        {
            if (DateTime.UtcNow >= next)
            {
                next = DateTime.UtcNow + interval;
                action();
            }
        };
    }
}
