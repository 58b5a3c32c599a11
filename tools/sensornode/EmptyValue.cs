using System.CommandLine;
using System.CommandLine.Parsing;

namespace SensorNode.Tool;

/// <summary>A value of no characters, as a variable that is not set makes it in a script. It names no file, node or number.</summary>
public static class EmptyValue
{
    /// <summary>What a value is called in the help where it may be empty.</summary>
    private const string Text = "TEXT";

    /// <summary>One line about the first empty value of a command line, or null.</summary>
    public static string? Find(CommandResult? command)
    {
        for (; command != null; command = command.Parent as CommandResult)
        {
            foreach (SymbolResult symbol in command.Children)
            {
                (string name, string? kind) = symbol switch
                {
                    OptionResult option => (option.Option.Name, option.Option.HelpName),
                    ArgumentResult argument => (argument.Argument.Name, null),
                    _ => ("", Text),
                };
                if (kind != Text && symbol.Tokens.Any(token => token.Value.Length == 0))
                {
                    return $"{name} is empty{(kind == null ? "" : $"; {kind} is expected")}";
                }
            }
        }

        return null;
    }
}
