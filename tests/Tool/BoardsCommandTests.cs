using System.Globalization;
using System.Xml.Linq;
using SensorNode.Tool.Boards;
using SensorNode.Tool.Commands;
using Xunit;

namespace SensorNode.Tool.Tests;

/// <summary>What every board profile must have. A new board passes these, or is not done.</summary>
public sealed class BoardsCommandTests
{
    private static readonly IReadOnlyList<BoardDescription> s_boards = FirmwareBoards.All();

    public static TheoryData<string> Names() => [.. s_boards.Select(board => board.Name)];

    [Fact]
    public void EveryFolder_IsInTheCatalog_AndTheOtherWayRound()
    {
        string[] folders = [.. Directory.GetDirectories(RepositoryFile.Path("boards")).Where(folder => File.Exists(Path.Combine(folder, "README.md"))).Select(folder => Path.GetFileName(folder)!)];
        Assert.Equal(folders.Order(StringComparer.Ordinal), s_boards.Select(board => board.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Profile_MakesSense(string name)
    {
        BoardDescription board = Find(name);
        Assert.Matches("^[A-Z0-9_a-z]+$", board.NanoffTarget);
        Assert.InRange(board.I2cBusId, 1, 2);
        Assert.InRange(board.I2cDataPin, 0, 48);
        Assert.InRange(board.I2cClockPin, 0, 48);
        Assert.NotEqual(board.I2cDataPin, board.I2cClockPin);
        Assert.DoesNotContain(board.LedPin, new[] { board.I2cDataPin, board.I2cClockPin });
        Assert.DoesNotContain(board.ButtonPin, new[] { board.I2cDataPin, board.I2cClockPin, board.LedPin < 0 ? -2 : board.LedPin });
        Assert.True(board.I2cClockHz is 400_000 or 1_000_000);

        // The firmware's budget of drive I: counts on 64 blocks of 4 KB; the runtime's image and the deployment need the rest of 4 MB.
        Assert.True(board.FlashKilobytes >= 4096 && board.FileSystemKilobytes >= 256);
        Assert.True(board.WindowPointsMax is 128 or 256 or 512 or 1024 or 2048);
        Assert.True(board.HeapKilobytes >= 90);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Configuration_RunsWithTheLongestWindow_AndNoLonger(string name)
    {
        BoardDescription board = Find(name);
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await File.WriteAllTextAsync(file, Text(board.WindowPointsMax));
            Assert.Equal((0, file + ": nothing wrong\n", ""), await ToolRun.RunAsync("config", "check", file));
            if (board.WindowPointsMax < 2048)
            {
                await File.WriteAllTextAsync(file, Text(board.WindowPointsMax * 2));
                (int code, _, string error) = await ToolRun.RunAsync("config", "check", file);
                Assert.Equal(1, code);
                Assert.Contains($"is too much for {name}", error);
            }
        }
        finally
        {
            File.Delete(file);
        }

        string Text(int points) => string.Create(CultureInfo.InvariantCulture, $"sparkplug.group = plant\nmqtt.host = broker\nboard = {name}\nwindow.points = {points}\n");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Readme_SaysWhatTheProfileSays(string name)
    {
        BoardDescription board = Find(name);
        string readme = File.ReadAllText(RepositoryFile.Path($"boards/{name}/README.md"));
        foreach (string fact in (string[])[$"`board = {name}`", $"`{board.NanoffTarget}`", $"| SDA | GPIO {board.I2cDataPin} |", $"| SCL | GPIO {board.I2cClockPin} |", $"{board.FileSystemKilobytes} KB |", $"--target {board.NanoffTarget} ", "never tried on hardware", "](wiring.svg)"])
        {
            Assert.Contains(fact, readme);
        }

        Assert.Equal(board.ButtonPin >= 0, readme.Contains($"| Button | GPIO {board.ButtonPin}, ", StringComparison.Ordinal));
        Assert.Equal(board.LedPin >= 0, readme.Contains($"LED on GPIO {board.LedPin},", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Readme_FlashesAsProvisionDoes(string name) =>
        Assert.Contains(BoardsCommand.FlashLines(Find(name).NanoffTarget, "COM3", "SensorNode.Boot.bin"), File.ReadAllText(RepositoryFile.Path($"boards/{name}/README.md")));

    [Fact]
    public void BoardsPage_FlashesAsProvisionDoes()
    {
        Assert.Equal(
            "    nanoff --update --target ESP32_REV3 --serialport COM5 --fwversion VERSION --masserase\n    nanoff --deploy --nanodevice --serialport COM5 --image bin/Release/SensorNode.Boot.bin\n",
            BoardsCommand.FlashLines("ESP32_REV3", "COM5", "bin/Release/SensorNode.Boot.bin"));
        Assert.Contains(BoardsCommand.FlashLines("ESP32_REV3", "COM5", "bin/Release/SensorNode.Boot.bin"), File.ReadAllText(RepositoryFile.Path("boards/README.md")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Picture_IsTheOneTheToolDraws(string name)
    {
        string drawn = WiringPicture.Draw(Find(name));
        Assert.Equal("svg", XDocument.Parse(drawn).Root!.Name.LocalName);
        Assert.Equal(drawn, File.ReadAllText(RepositoryFile.Path($"boards/{name}/wiring.svg")));
    }

    [Fact]
    public void BoardsPage_HasTheTable() =>
        Assert.Contains(BoardsCommand.Table(), File.ReadAllText(RepositoryFile.Path("boards/README.md")));

    [Fact]
    public async Task UnknownBoard_IsNamed()
    {
        (int code, _, string error) = await ToolRun.RunAsync("boards", "wiring", "toaster");
        Assert.Equal(2, code);
        Assert.StartsWith("sensornode: 'toaster' is not a board; there are esp32-devkitc, ", error);
    }

    private static BoardDescription Find(string name) => s_boards.Single(board => board.Name == name);
}
