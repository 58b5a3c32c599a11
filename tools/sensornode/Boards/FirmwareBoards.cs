using System.Reflection;
using SensorNode.Emulator;

namespace SensorNode.Tool.Boards;

/// <summary>The firmware's own board profiles.</summary>
public static class FirmwareBoards
{
    /// <summary>Every profile, in the order of the firmware's catalog.</summary>
    public static IReadOnlyList<BoardDescription> All()
    {
        using var sandbox = new FirmwareSandbox();
        Type catalog = sandbox.Context.LoadFirmware("SensorNode.Boards").GetType("SensorNode.Boards.BoardCatalog", true)!;
        MethodInfo find = catalog.GetMethod("Find")!;
        return [.. ((string)catalog.GetField("Names")!.GetValue(null)!).Split(", ").Select(name => Describe(find.Invoke(null, [name])!))];
    }

    private static BoardDescription Describe(object profile)
    {
        return new BoardDescription(
            (string)Value("Name"), (string)Value("NanoffTarget"), (int)Value("I2cBusId"), (int)Value("I2cDataPin"), (int)Value("I2cClockPin"), (int)Value("I2cClockHz"),
            (int)Value("LedPin"), (int)Value("ButtonPin"), (int)Value("FlashKilobytes"), (int)Value("FileSystemKilobytes"), (int)Value("HeapKilobytes"), (int)Value("WindowPointsMax"));

        object Value(string field) => profile.GetType().GetField(field)!.GetValue(profile)!;
    }
}
