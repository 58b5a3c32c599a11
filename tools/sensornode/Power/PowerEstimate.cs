namespace SensorNode.Tool.Power;

/// <summary>Average current of a node: the sum of current times time over a period, divided by the period.</summary>
/// <param name="numbers">The assumptions' values by option.</param>
public sealed class PowerEstimate(IReadOnlyDictionary<string, double> numbers)
{
    /// <summary>Supply of the module, in V.</summary>
    public const double Volt = 3.3;

    /// <summary>Radio on all the time, one window after another or not.</summary>
    /// <returns>mA.</returns>
    public double Continuous() => Radio + Sensor + Board;

    /// <summary>A window, its computation; light sleep up to the next. A connection once in some windows, when all records are sent.</summary>
    /// <param name="intervalSeconds">From window to window.</param>
    /// <param name="windowsPerConnection">1 or more.</param>
    /// <returns>mA, or null where there is no time left to sleep.</returns>
    public double? Timed(double intervalSeconds, int windowsPerConnection) => Average(intervalSeconds, 0, windowsPerConnection, Number("--light-ma"));

    /// <summary>The same in deep sleep, with a boot before each window.</summary>
    /// <param name="intervalSeconds">From window to window.</param>
    /// <param name="windowsPerConnection">1 or more.</param>
    /// <returns>mA, or null where there is no time left to sleep.</returns>
    public double? Deep(double intervalSeconds, int windowsPerConnection) => Average(intervalSeconds, Number("--boot-s"), windowsPerConnection, Number("--deep-ma"));

    private double Radio => Number("--radio-ma") + ((Number("--send-ma") - Number("--radio-ma")) * Number("--send-share"));

    private double Sensor => Number("--sensor-ma");

    private double Board => Number("--board-ma");

    private double? Average(double interval, double boot, int windowsPerConnection, double sleepCurrent)
    {
        double sample = Number("--sample-s");
        double compute = Number("--compute-s");
        double connect = Number("--connect-s");
        if (boot + sample + compute + connect > interval)
        {
            return null;
        }

        double awake = boot + sample + compute;
        double connected = connect / windowsPerConnection;
        double charge = (awake * Number("--cpu-ma")) + (sample * Sensor) + (connected * Radio) + ((interval - awake - connected) * sleepCurrent);
        return (charge / interval) + Board;
    }

    private double Number(string option) => numbers[option];
}
