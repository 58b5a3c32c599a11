using Spectre.Console;

namespace SensorNode.Tool.Demo;

/// <summary>What there is to say at the end.</summary>
public static class DemoSummary
{
    /// <summary>Prints it.</summary>
    public static void Print(IAnsiConsole console, DemoSession session)
    {
        DemoObserver observer = session.Observer;
        console.WriteLine();
        console.WriteLine($"{observer.NodeTime:hh\\:mm\\:ss} of node time, {observer.Number("Health/Windows") ?? 0:0} windows, {observer.MessageCount} messages, {observer.PayloadBytes} bytes of payload.");
        if (session.Statistics is { } statistics)
        {
            console.WriteLine($"Broker: {statistics.BytesReceived} bytes received, {statistics.BytesSent} sent, all packets counted.");
        }

        foreach (StateChange change in observer.Changes)
        {
            console.WriteLine($"  {change.NodeTime:hh\\:mm\\:ss}  {change.What}{(change.Reason.Length > 0 ? ": " + change.Reason : "")}");
        }

        PrintDefect(console, observer);
        console.WriteLine(observer.Violations.Count == 0 ? "No breach of the Sparkplug rules was seen." : $"{observer.Violations.Count} breaches of the Sparkplug rules, the first: {observer.Violations[0]}");
    }

    private static void PrintDefect(IAnsiConsole console, DemoObserver observer)
    {
        StateChange? alarm = observer.Changes.LastOrDefault(change => change.What == "alarm");
        if (alarm == null || observer.Number("Vibration/Z/Dominant Frequency") is not { } dominantHz)
        {
            return;
        }

        double binHz = (observer.Number("Properties/Sample Rate") ?? 0) / 1024;
        console.WriteLine($"Strongest vertical line {dominantHz:0.0} Hz; outer race by geometry {DemoScenario.DefectHz:0.0} Hz: {Math.Abs(dominantHz - DemoScenario.DefectHz) / binHz:0.00} bins apart.");
    }
}
