using System.CommandLine;
using SensorNode.Tool.Demo;
using SensorNode.Tool.Demo.Update;
using Spectre.Console;

namespace SensorNode.Tool.Commands;

/// <summary>sensornode demo: one emulated node on a machine whose bearing breaks up, as an operator sees it.</summary>
public static class DemoCommand
{
    private static readonly TimeSpan s_picture = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_plainLine = TimeSpan.FromSeconds(2);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<double> seconds = CommonOptions.Number("--for", "Real seconds to run.", "SECONDS", DemoScenario.Seconds, 1, 86_400);
        Option<double> speed = CommonOptions.Number("--speed", "Seconds of the node in one real second.", "N", DemoScenario.Speed, 0.1, 200);
        var broker = new Option<BrokerAddress?>("--broker") { Description = "A real broker instead of the embedded one, plain MQTT.", HelpName = "HOST:PORT", CustomParser = BrokerAddress.Parse };
        var showsConsole = new Option<bool>("--console") { Description = "Show the node's console too." };
        var update = new Option<bool>("--update") { Description = "Three nodes get a good release, a bad one and a model instead; ends by itself." };
        var command = new Command("demo", """
            Runs the real firmware on an emulated node under a machine whose bearing breaks up, and shows what an operator sees over MQTT.
            Examples: sensornode demo
                      sensornode demo --for 40 --plain
                      sensornode demo --broker 127.0.0.1:1883
                      sensornode demo --update
            """);
        command.Options.Add(seconds);
        command.Options.Add(speed);
        command.Options.Add(broker);
        command.Options.Add(showsConsole);
        command.Options.Add(update);
        command.SetAction((parsed, cancel) => parsed.GetValue(update) ? RunUpdateAsync(parsed, IsGiven(parsed, speed) ? parsed.GetValue(speed) : UpdateDemo.Speed, parsed.GetValue(broker),
            IsGiven(parsed, seconds) || parsed.GetValue(showsConsole), cancel) : RunAsync(parsed, parsed.GetValue(seconds), parsed.GetValue(speed), parsed.GetValue(broker), parsed.GetValue(showsConsole), cancel));
        return command;
    }

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static async Task<int> RunUpdateAsync(ParseResult parsed, double speed, BrokerAddress? broker, bool hasOthers, CancellationToken cancel)
    {
        if (hasOthers)
        {
            throw new ToolException("--for and --console do not go with --update", ExitCode.Usage);
        }

        IAnsiConsole console = CommonOptions.CreateConsole(parsed);
        var demo = new UpdateDemo(speed, broker);
        var view = new UpdateDemoView();
        if (CommonOptions.IsPlain(parsed))
        {
            demo.Happened += console.WriteLine;
            await demo.RunAsync(() => { }, cancel);
        }
        else
        {
            demo.Happened += view.Add;
            await console.Live(view.Render(demo)).StartAsync(live => demo.RunAsync(CommonOptions.AtMostEvery(s_picture, () => live.UpdateTarget(view.Render(demo))), cancel));
        }

        UpdateDemoView.Summarise(console, demo);
        return demo.Broken.Count == 0 && demo.Violations.Count == 0 ? ExitCode.Success : ExitCode.Failure;
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
