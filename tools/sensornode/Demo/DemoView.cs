using Spectre.Console;
using Spectre.Console.Rendering;

namespace SensorNode.Tool.Demo;

/// <summary>Draws what the observer knows: state, score over time, spectrum, features.</summary>
public static class DemoView
{
    private const string Blocks = " ▁▂▃▄▅▆▇█";
    private static readonly string[] s_axes = ["X", "Y", "Z"];

    /// <summary>The whole picture.</summary>
    public static IRenderable Render(DemoObserver observer) => new Rows(
        State(observer),
        new Panel(new Text(Curve(observer.Scores.TakeLast(70).ToArray()))).Header("score, each report; 0 is the node's own threshold").Expand(),
        new Panel(Bands(observer)).Header("spectrum, log power of bands").Expand(),
        Features(observer));

    /// <summary>One line for a log.</summary>
    public static string Line(DemoObserver observer) =>
        $"{observer.NodeTime:hh\\:mm\\:ss}  {observer.State,-8} " +
        $"score {Shown(observer.Number("Detector/Score"), "0.00")}  velocity {Shown(observer.Number("Vibration/Z/Velocity RMS"), "0.00")} mm/s  " +
        $"dominant {Shown(observer.Number("Vibration/Z/Dominant Frequency"), "0.0")} Hz  {Shown(observer.Number("Temperature/Value"), "0.0")} degC";

    private static Markup State(DemoObserver observer)
    {
        string colour = observer.State switch { "alarm" => "red", "warning" => "yellow", "normal" => "green", _ => "grey" };
        string reason = observer.Text("Detector/Reason");
        return new Markup($"[bold]{observer.NodeTime:hh\\:mm\\:ss}[/]  [{colour}]{Markup.Escape(observer.State)}[/]  {Markup.Escape(reason)}");
    }

    private static Table Features(DemoObserver observer)
    {
        var table = new Table().Border(TableBorder.Rounded).Expand();
        table.AddColumns("axis", "velocity mm/s", "RMS g", "peak g", "crest", "kurtosis", "dominant Hz", "amplitude g");
        foreach (string axis in s_axes)
        {
            string folder = $"Vibration/{axis}/";
            table.AddRow(
                axis,
                Shown(observer.Number(folder + "Velocity RMS"), "0.00"),
                Shown(observer.Number(folder + "Acceleration RMS"), "0.000"),
                Shown(observer.Number(folder + "Acceleration Peak"), "0.000"),
                Shown(observer.Number(folder + "Crest Factor"), "0.0"),
                Shown(observer.Number(folder + "Kurtosis"), "0.0"),
                Shown(observer.Number(folder + "Dominant Frequency"), "0.0"),
                Shown(observer.Number(folder + "Dominant Amplitude"), "0.000"));
        }

        return table;
    }

    private static Text Bands(DemoObserver observer) => new(string.Join('\n', s_axes.Select(axis => $"{axis} {Curve(observer.Array16($"Vibration/{axis}/Band Levels").Select(level => level / 256.0).ToArray(), 2)}")));

    private static string Curve(double[] values, int repeat = 1)
    {
        if (values.Length == 0)
        {
            return "nothing yet";
        }

        double low = values.Min();
        double span = Math.Max(1e-9, values.Max() - low);
        return string.Concat(values.Select(value => new string(Blocks[1 + (int)Math.Round((value - low) / span * 7)], repeat)));
    }

    private static string Shown(double? value, string format) => value is { } number ? number.ToString(format) : "-";
}
