using System.CommandLine;
using System.Globalization;
using System.Text;
using SensorNode.Tool.Power;

namespace SensorNode.Tool.Commands;

/// <summary>sensornode power: what a node takes from its battery, by arithmetic from stated currents. Formula and table are in firmware/docs/power.md.</summary>
public static class PowerCommand
{
    private const string Mark = "Estimate, by arithmetic from the numbers below; no node was measured yet.\n";

    private static readonly Option<double[]> s_intervals = new("--interval") { Description = "Seconds from window to window; may stand several times.", HelpName = "SECONDS", DefaultValueFactory = _ => [60, 600, 3600] };
    private static readonly Option<int> s_batch = new("--batch") { Description = "Windows for one connection, 1 to 1000: power.connect_windows of node.conf.", HelpName = "N", DefaultValueFactory = _ => 6 };
    private static readonly Option<double> s_battery = CommonOptions.Number("--battery-mah", "Charge that the battery can give, 1 to 1000000 mAh.", "MAH", 10_000, 1, 1_000_000);
    private static readonly Dictionary<string, Option<double>> s_assumptions = PowerAssumption.All.ToDictionary(
        assumption => assumption.Option,
        assumption => CommonOptions.Number(assumption.Option, $"{char.ToUpperInvariant(assumption.What[0])}{assumption.What[1..]}.", assumption.Unit.Length > 0 ? assumption.Unit.ToUpperInvariant() : "SHARE", assumption.Value, 0, assumption.Unit.Length > 0 ? 1000 : 1));

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("power", """
            Estimates the average current of each power.profile of node.conf: continuous, light sleep and deep sleep between windows.
            Examples: sensornode power
                      sensornode power --interval 1800 --batch 12 --battery-mah 19000 --board-ma 0.02
            """) { s_intervals, s_batch, s_battery };
        foreach (Option<double> option in s_assumptions.Values)
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            double[] intervals = parsed.GetValue(s_intervals)!;
            int batch = parsed.GetValue(s_batch);
            foreach (double interval in intervals)
            {
                if (!(interval is >= 1 and <= 86_400))
                {
                    throw new ToolException(string.Create(CultureInfo.InvariantCulture, $"power: --interval {interval}: 1 to 86400 seconds are expected"), ExitCode.Usage);
                }
            }

            if (batch is < 1 or > 1000)
            {
                throw new ToolException($"power: --batch {batch}: 1 to 1000 windows are expected", ExitCode.Usage);
            }

            var numbers = s_assumptions.ToDictionary(entry => entry.Key, entry => parsed.GetValue(entry.Value));
            Console.Out.Write(Report(numbers, intervals, batch, parsed.GetValue(s_battery)));
        });
        return command;
    }

    /// <summary>The report for the defaults, as firmware/docs/power.md has it.</summary>
    public static string DefaultReport() => Report(PowerAssumption.All.ToDictionary(assumption => assumption.Option, assumption => assumption.Value), [60, 600, 3600], 6, 10_000);

    private static string Report(IReadOnlyDictionary<string, double> numbers, double[] intervals, int batch, double battery)
    {
        var estimate = new PowerEstimate(numbers);
        var text = new StringBuilder(Mark);
        text.Append(CultureInfo.InvariantCulture, $"\n| profile | a window each | a connection each | mA | mW at {PowerEstimate.Volt} V | mAh a day | days on {battery:0} mAh |\n|---|---|---|---|---|---|---|\n");
        text.Append(Row("continuous", "any", "always", estimate.Continuous(), battery));
        foreach (double interval in intervals)
        {
            text.Append(Row("timed, light sleep", $"{Text(interval)} s", $"{Text(interval * batch)} s", estimate.Timed(interval, batch), battery));
        }

        foreach (double interval in intervals)
        {
            text.Append(Row("deep sleep", $"{Text(interval)} s", $"{Text(interval * batch)} s", estimate.Deep(interval, batch), battery));
        }

        text.Append("\n| option | value | what | source |\n|---|---|---|---|\n");
        foreach (PowerAssumption assumption in PowerAssumption.All)
        {
            string value = $"{Text(numbers[assumption.Option])} {assumption.Unit}".TrimEnd();
            text.Append(CultureInfo.InvariantCulture, $"| `{assumption.Option}` | {value} | {assumption.What} | {(numbers[assumption.Option] == assumption.Value ? assumption.Source : "given")} |\n");
        }

        return text.ToString();
    }

    private static string Row(string profile, string window, string connection, double? current, double battery) => current is { } mA
        ? string.Create(CultureInfo.InvariantCulture, $"| {profile} | {window} | {connection} | {Rounded(mA)} | {Rounded(mA * PowerEstimate.Volt)} | {Rounded(mA * 24)} | {Rounded(battery / (mA * 24))} |\n")
        : $"| {profile} | {window} | {connection} | no time left to sleep | - | - | - |\n";

    // Two digits: nothing here is known better.
    private static string Rounded(double value)
    {
        if (value <= 0)
        {
            return "0";
        }

        double unit = Math.Pow(10, Math.Floor(Math.Log10(value)) - 1);
        return Text(Math.Round(value / unit) * unit);
    }

    private static string Text(double value) => Math.Round(value, 6).ToString("0.######", CultureInfo.InvariantCulture);
}
