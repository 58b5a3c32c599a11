using System.CommandLine;
using System.Globalization;
using SensorNode.Emulator.Mqtt;
using SensorNode.Sparkplug.Host;
using SensorNode.Tool.Emulate;
using Spectre.Console;

namespace SensorNode.Tool.Commands;

/// <summary>sensornode emulate: many nodes that run the real firmware against any broker.</summary>
public static class EmulateCommand
{
    private const int RowsMax = 20;
    private static readonly TimeSpan s_plainLine = TimeSpan.FromSeconds(5);

    private static readonly Option<int> s_nodes = new("--nodes") { Description = "How many nodes, 1 to 500.", HelpName = "N", DefaultValueFactory = _ => 3 };
    private static readonly Option<BrokerAddress?> s_broker = new("--broker") { Description = "The broker; without it an embedded one is started.", HelpName = "HOST:PORT", CustomParser = BrokerAddress.Parse };
    private static readonly ConnectionOptions s_connection = new("the nodes and the tool");
    private static readonly Option<double> s_seconds = new("--for") { Description = "Real seconds to run.", HelpName = "SECONDS", DefaultValueFactory = _ => 60 };
    private static readonly Option<double> s_speed = new("--speed") { Description = "Seconds of the nodes in one real second.", HelpName = "N", DefaultValueFactory = _ => 10 };
    private static readonly Option<string> s_group = new("--group") { Description = "Sparkplug group of the nodes.", HelpName = "NAME", DefaultValueFactory = _ => "emulated" };
    private static readonly Option<FileInfo?> s_public = new("--public") { Description = "Public key of releases that the nodes take; see rollout.", HelpName = "FILE" };
    private static readonly Option<NodeFault[]> s_faults = new("--fault") { Description = "network: link gone 20 s in each 140; power: a cut each 300 s; bus: one I2C transfer in 2000 fails. Node time; may be repeated.", HelpName = "KIND" };
    private static readonly Option<string> s_brokerFault = new("--broker-fault") { Description = "Fault script for the embedded broker, for example 'no-puback chance=0.1; cut connection=3 direction=in type=publish packet=4 bytes=9'.", HelpName = "SCRIPT", DefaultValueFactory = _ => "" };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("emulate", """
            Runs many emulated nodes, each with the real firmware and a machine of its own, against any broker, and checks what they send.
            The broker may be restarted meanwhile. Exit code 0: every node was born, no Sparkplug rule was broken and, without --fault, every
            node was online at the end.
            Examples: sensornode emulate --nodes 5 --for 30 --speed 20
                      sensornode emulate --nodes 20 --broker 127.0.0.1:1883 --fault network --fault power
                      sensornode emulate --broker plant:8883 --tls --ca ca.pem --cert node.pem --key node.key
            """);
        foreach (Option option in (Option[])[s_nodes, s_broker, .. s_connection.All, s_seconds, s_speed, s_group, s_public, s_faults, s_brokerFault])
        {
            command.Options.Add(option);
        }

        s_faults.AcceptOnlyFromAmong("network", "power", "bus");
        command.SetAction((parsed, cancel) => RunAsync(parsed, cancel));
        return command;
    }

    // After parsing, not in a validator: there, defaults are not in force yet.
    private static void Check(EmulateSettings settings)
    {
        CheckRange("--nodes", settings.Nodes, 1, 500);
        CheckRange("--for", settings.Duration.TotalSeconds, 1, 86_400);
        CheckRange("--speed", settings.Speed, 0.1, 200);
        Expect(settings.Group.Length is >= 1 and <= 47 && settings.Group.All(c => c is > ' ' and <= '~' and not ('+' or '#' or '/')), $"--group '{settings.Group}' must be 1 to 47 printable characters without + # /");
        if (settings.ReleaseKeyFile != null)
        {
            ReleaseCommand.ReadPublicKeys(settings.ReleaseKeyFile);
        }

        Expect(!settings.UseTls || settings.Broker != null, "--tls needs --broker HOST:PORT; the embedded broker is plain");
        Expect(settings.User == null || settings.Broker != null, "--user needs --broker HOST:PORT; the embedded broker asks nobody");
        Expect(settings.BrokerFaults.Length == 0 || settings.Broker == null, "--broker-fault is for the embedded broker; leave --broker out");
        string? fault = new BrokerFaults().AddScript(settings.BrokerFaults);
        Expect(fault == null, $"--broker-fault: {fault}");
    }

    private static void CheckRange(string name, double value, double low, double high) =>
        Expect(value >= low && value <= high, string.Create(CultureInfo.InvariantCulture, $"{name} {value} is not between {low} and {high}"));

    private static void Expect(bool isTrue, string error)
    {
        if (!isTrue)
        {
            throw new ToolException(error, ExitCode.Usage);
        }
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        ConnectionLogin login = s_connection.Read(parsed);
        var settings = new EmulateSettings
        {
            Nodes = parsed.GetValue(s_nodes),
            Broker = parsed.GetValue(s_broker),
            Duration = TimeSpan.FromSeconds(parsed.GetValue(s_seconds)),
            Speed = parsed.GetValue(s_speed),
            Group = parsed.GetValue(s_group)!,
            UseTls = login.UseTls,
            AuthorityFile = login.AuthorityFile,
            CertificateFile = login.CertificateFile,
            KeyFile = login.KeyFile,
            User = login.User,
            Password = login.Password,
            ReleaseKeyFile = parsed.GetValue(s_public)?.FullName,
            Faults = new HashSet<NodeFault>(parsed.GetValue(s_faults) ?? []),
            BrokerFaults = parsed.GetValue(s_brokerFault)!,
        };
        Check(settings);
        IAnsiConsole console = CommonOptions.CreateConsole(parsed);
        var session = new EmulateSession(settings);
        string broker = settings.Broker == null ? "an embedded broker" : $"{settings.Broker.Host}:{settings.Port}{(settings.UseTls ? " with TLS" : "")}";
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{settings.Nodes} nodes at {settings.Speed} times real speed against {broker}, group {settings.Group}, for {settings.Duration.TotalSeconds} s"));
        if (CommonOptions.IsPlain(parsed))
        {
            TimeSpan next = s_plainLine;
            await session.RunAsync(gone =>
            {
                if (gone >= next)
                {
                    next = gone + s_plainLine;
                    console.WriteLine(Line(session, settings, gone));
                }
            }, cancel);
        }
        else
        {
            await console.Status().StartAsync("starting", status => session.RunAsync(gone => status.Status(Markup.Escape(Line(session, settings, gone))), cancel));
        }

        return Summarise(console, session, settings);
    }

    private static string Line(EmulateSession session, EmulateSettings settings, TimeSpan gone)
    {
        FleetWatch watch = session.Watch!;
        return string.Create(CultureInfo.InvariantCulture, $"{gone.TotalSeconds,5:0} s  online {watch.OnlineCount}/{settings.Nodes}  births {watch.BirthCount}  data {watch.DataCount}  deaths {watch.DeathCount}  {watch.ByteCount / 1000.0:0.0} kB  broken rules {watch.Violations.Count()}");
    }

    private static int Summarise(IAnsiConsole console, EmulateSession session, EmulateSettings settings)
    {
        FleetWatch watch = session.Watch!;
        NodeState[] nodes = [.. watch.Host.Nodes.Values];
        var table = new Table().Border(TableBorder.Simple).AddColumns("node", "births", "data", "deaths", "score", "alarm");
        foreach (NodeState node in nodes.Take(RowsMax))
        {
            table.AddRow(Markup.Escape(node.Name), Number(node.BirthCount), Number(node.DataCount), Number(node.DeathCount), Value(node, "Detector/Score"), Value(node, "Detector/Alarm"));
        }

        console.Write(table);
        if (nodes.Length > RowsMax)
        {
            console.WriteLine($"and {nodes.Length - RowsMax} more nodes");
        }

        int broken = watch.Violations.Count();
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.MessageCount} messages, {watch.ByteCount} bytes, {session.PowerCutCount} power cuts, {broken} broken rules"));
        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{watch.BornCount} of {settings.Nodes} nodes born, {session.OnlineAtEnd} online at the end; {watch.BirthCount} births, {watch.DataCount} data, {watch.ReconnectCount} reconnects, broker lost and found {watch.BrokerReturnCount} times; {Environment.WorkingSet / 1_000_000} MB"));
        if (session.Statistics is { } statistics)
        {
            console.WriteLine($"broker: {statistics.ConnectionsOpened} connections, {statistics.WillsPublished} wills, {statistics.BytesReceived} bytes in, {statistics.BytesSent} bytes out");
        }

        foreach (SparkplugViolation violation in watch.Violations.Take(10))
        {
            console.WriteLine($"  {violation}");
        }

        if (watch.BornCount < settings.Nodes)
        {
            throw new ToolException($"{settings.Nodes - watch.BornCount} of {settings.Nodes} nodes sent no birth within {settings.Duration.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s");
        }

        if (settings.Faults.Count == 0 && session.OnlineAtEnd < settings.Nodes)
        {
            throw new ToolException($"{settings.Nodes - session.OnlineAtEnd} of {settings.Nodes} nodes were not online at the end");
        }

        return broken == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Value(NodeState node, string name) =>
        Markup.Escape(Convert.ToString(node.Metrics.GetValueOrDefault(name)?.Value, CultureInfo.InvariantCulture) ?? "");
}
