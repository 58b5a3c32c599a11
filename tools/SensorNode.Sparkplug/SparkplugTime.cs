namespace SensorNode.Sparkplug.Host;

/// <summary>Time stamps: ms since 1970 UTC.</summary>
internal static class SparkplugTime
{
    private const ulong LastMs = 253_402_300_799_999;

    public static bool TryRead(ulong milliseconds, out DateTime time)
    {
        bool isInRange = milliseconds <= LastMs;
        time = isInRange ? DateTime.UnixEpoch.AddMilliseconds(milliseconds) : default;
        return isInRange;
    }
}
