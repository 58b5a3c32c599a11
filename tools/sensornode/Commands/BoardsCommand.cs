using System.CommandLine;
using System.Globalization;
using SensorNode.Site;
using SensorNode.Tool.Boards;

namespace SensorNode.Tool.Commands;

/// <summary>sensornode boards: what the firmware knows of each board.</summary>
public static class BoardsCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("boards", """
            The boards that the firmware knows, and how each is wired.
            Examples: sensornode boards list
                      sensornode boards wiring xiao-esp32s3 --out wiring.svg
            """);
        command.Subcommands.Add(CreateList());
        command.Subcommands.Add(CreateWiring());
        return command;
    }

    /// <summary>Every profile as a Markdown table.</summary>
    public static string Table()
    {
        IEnumerable<string> rows = FirmwareBoards.All().Select(b => string.Create(
            CultureInfo.InvariantCulture,
            $"| [{b.Name}]({b.Name}/README.md) | `{b.NanoffTarget}` | GPIO {b.I2cDataPin} | GPIO {b.I2cClockPin} | {(b.LedPin < 0 ? "-" : $"GPIO {b.LedPin}")} | {(b.ButtonPin < 0 ? "-" : $"GPIO {b.ButtonPin}")} | {b.FlashKilobytes / 1024} MB | {b.FileSystemKilobytes} KB | {b.HeapKilobytes} KB | {b.WindowPointsMax} |\n"));
        return "| board | nanoff target | SDA | SCL | LED | button | flash | drive I: | heap counted on | longest window |\n|---|---|---|---|---|---|---|---|---|---|\n" + string.Concat(rows);
    }

    /// <summary>The two commands that flash a board by hand, as provision calls them; VERSION is the runtime image that the packages were built for.</summary>
    public static string FlashLines(string target, string port, string image) =>
        $"    {NanoffCommand.Runtime(target, port, "VERSION", null).ByHand}\n    {NanoffCommand.Application(port, image).ByHand}\n";

    private static Command CreateList()
    {
        var command = new Command("list", """
            Prints every board profile as a Markdown table.
            Example: sensornode boards list
            """);
        command.SetAction(_ => Console.Out.Write(Table()));
        return command;
    }

    private static Command CreateWiring()
    {
        var board = new Argument<string>("BOARD") { Description = "Name as in node.conf." };
        var output = new Option<string?>("--out") { Description = "File to write; without it the picture goes to standard output." };
        var command = new Command("wiring", """
            Draws the wiring of a board as SVG.
            Example: sensornode boards wiring esp32-devkitc --out wiring.svg
            """);
        command.Arguments.Add(board);
        command.Options.Add(output);
        command.SetAction(parsed => Draw(parsed.GetRequiredValue(board), parsed.GetValue(output)));
        return command;
    }

    private static void Draw(string name, string? output)
    {
        IReadOnlyList<BoardDescription> boards = FirmwareBoards.All();
        BoardDescription board = boards.FirstOrDefault(b => b.Name == name)
            ?? throw new ToolException($"'{name}' is not a board; there are {string.Join(", ", boards.Select(b => b.Name))}", ExitCode.Usage);
        OutputFile.Check("--out", output);
        OutputFile.Write("--out", output, WiringPicture.Draw(board));
    }
}
