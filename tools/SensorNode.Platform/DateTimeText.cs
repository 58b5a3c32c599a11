using System.Globalization;

namespace SensorNode.Platform;

/// <summary>Calendar arithmetic for the stand-in of DateTime, which hides the base library's own. Ticks are 100 ns since year 1, UTC.</summary>
public static class DateTimeText
{
    /// <summary>Ticks of a calendar date; throws ArgumentOutOfRangeException for one that does not exist.</summary>
    public static long ToTicks(int year, int month, int day, int hour, int minute, int second, int millisecond) =>
        new DateTime(year, month, day, hour, minute, second, millisecond, DateTimeKind.Utc).Ticks;

    /// <summary>Year, month and day.</summary>
    public static void ToDate(long ticks, out int year, out int month, out int day) => new DateTime(ticks, DateTimeKind.Utc).Deconstruct(out year, out month, out day);

    /// <summary>Day in the year, from 1.</summary>
    public static int ToDayOfYear(long ticks) => new DateTime(ticks, DateTimeKind.Utc).DayOfYear;

    /// <summary>Days in a month.</summary>
    public static int DaysInMonth(int year, int month) => DateTime.DaysInMonth(year, month);

    /// <summary>Text in the invariant culture; null for the general format.</summary>
    public static string ToText(long ticks, string? format) => new DateTime(ticks, DateTimeKind.Utc).ToString(format, CultureInfo.InvariantCulture);

    /// <summary>Reads a text in the invariant culture; a missing zone is UTC.</summary>
    public static bool TryParse(string? text, out long ticks)
    {
        bool isGood = DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime value);
        ticks = value.Ticks;
        return isGood;
    }
}
