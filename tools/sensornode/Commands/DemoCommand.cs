using System.CommandLine;
using SensorNode.Tool.Demo;
using Spectre.Console;

namespace SensorNode.Tool.Commands;

/// <summary>sensornode demo: one emulated node on a machine whose bearing breaks up, as an operator sees it.</summary>
public static class DemoCommand
{
    private static readonly TimeSpan s_plainLine = TimeSpan.FromSeconds(2);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<double> seconds = CommonOptions.Number("--for", "Real seconds to run.", "SECONDS", DemoScenario.Seconds, 1, 86_400);
        Option<double> speed = CommonOptions.Number("--speed", "Seconds of the node in one real second.", "N", DemoScenario.Speed, 0.1, 200);
        var broker = new Option<BrokerAddress?>("--broker") { Description = "A real broker instead of the embedded one, plain MQTT.", HelpName = "HOST:PORT", CustomParser = BrokerAddress.Parse };
        var showsConsole = new Option<bool>("--console") { Description = "Show the node's console too." };
        var command = new Command("demo", """
            Runs the real firmware on an emulated node under a machine whose bearing breaks up, and shows what an operator sees over MQTT.
            Examples: sensornode demo
                      sensornode demo --for 40 --plain
                      sensornode demo --broker 127.0.0.1:1883
            """);
        command.Options.Add(seconds);
        command.Options.Add(speed);
        command.Options.Add(broker);
        command.Options.Add(showsConsole);
        command.SetAction((parsed, cancel) => RunAsync(parsed, parsed.GetValue(seconds), parsed.GetValue(speed), parsed.GetValue(broker), parsed.GetValue(showsConsole), cancel));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, double seconds, double speed, BrokerAddress? broker, bool showsConsole, CancellationToken cancel)
    {
        IAnsiConsole console = CommonOptions.CreateConsole(parsed);
        bool isPlain = CommonOptions.IsPlain(parsed);
        var session = new DemoSession(speed, broker, showsConsole ? new Emulator.TextConsole((time, line) => console.WriteLine($"    node {line}")) : null);
        PrintIntroduction(console, speed, broker);

        TimeSpan duration = TimeSpan.FromSeconds(seconds);
        if (isPlain)
        {
            await RunPlainAsync(console, session, duration, cancel);
        }
        else
        {
            await console.Live(DemoView.Render(session.Observer)).StartAsync(live => session.RunAsync(duration, () => live.UpdateTarget(DemoView.Render(session.Observer)), cancel));
        }

        DemoSummary.Print(console, session);
        return session.Observer.Violations.Count == 0 && session.Observer.MessageCount > 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static void PrintIntroduction(IAnsiConsole console, double speed, BrokerAddress? broker)
    {
        console.WriteLine($"One node at {speed:0.#} times real speed on a motor at {DemoScenario.Machine.NominalShaftHz} Hz; from {DemoScenario.DamageStartSeconds:0} s of its time on, the outer race of a bearing breaks up ({DemoScenario.DefectHz:0.0} Hz).");
        console.WriteLine("Its node.conf (learning is shorter than the default of 300 windows, windows come every 2 s instead of 10):");
        foreach (string line in DemoScenario.Configuration(broker?.Host ?? "broker.demo", broker?.Port ?? 1883).TrimEnd().Split('\n'))
        {
            console.WriteLine("    " + line);
        }
    }

    private static async Task RunPlainAsync(IAnsiConsole console, DemoSession session, TimeSpan duration, CancellationToken cancel)
    {
        session.Observer.Happened += line => console.WriteLine(line);
        DateTime next = DateTime.UtcNow + s_plainLine;
        await session.RunAsync(duration, () =>
        {
            if (DateTime.UtcNow >= next && session.Observer.MessageCount > 0)
            {
                next = DateTime.UtcNow + s_plainLine;
                console.WriteLine(DemoView.Line(session.Observer));
            }
        }, cancel);
    }
}
