using System.CommandLine;
using System.Globalization;
using SensorNode.Rollout;
using SensorNode.Tool.Rollout;
using Spectre.Console;

namespace SensorNode.Tool.Commands;

/// <summary>sensornode rollout: brings a release to the nodes of a group. The protocol is in firmware/docs/update.md.</summary>
public static class RolloutCommand
{
    private const int PreviewMax = 10;
    private static readonly TimeSpan s_plainLine = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_picture = TimeSpan.FromMilliseconds(250);

    private static readonly Argument<string> s_file = new("release") { Description = "Release file, made by release pack." };
    private static readonly Option<string> s_public = new("--public") { Description = "The public key's file, as keygen wrote it, or two of them one behind the other.", HelpName = "FILE", Required = true };
    private static readonly Option<BrokerAddress?> s_broker = new("--broker") { Description = "The broker.", HelpName = "HOST:PORT", CustomParser = BrokerAddress.Parse, Required = true };
    private static readonly ConnectionOptions s_connection = new("the tool");
    private static readonly Option<string> s_group = new("--group") { Description = "Sparkplug group of the nodes.", HelpName = "NAME", Required = true };
    private static readonly Option<string[]> s_nodes = new("--node") { Description = "A node; may be repeated. Without it, every node of the group that the broker knows a state of.", HelpName = "NAME", DefaultValueFactory = _ => [] };
    private static readonly Option<double> s_canary = CommonOptions.Number("--canary", "Nodes of the first wave.", "N", 1, 1, 10_000);
    private static readonly Option<double> s_wave = Share("--wave", "Nodes of each further wave, of all.", 10, 0.1);
    private static readonly Option<double> s_stop = Share("--stop-at", "Stops where this share of the nodes offered so far has failed; 0% at the first.", 5, 0);
    private static readonly Option<bool> s_toGroup = new("--to-group") { Description = "After the canaries one offer to the whole group, instead of waves." };
    private static readonly Option<double> s_patience = CommonOptions.Number("--patience", "Minutes from an offer to a node's result; later it counts as failed if it had begun.", "MINUTES", 120, 0.01, 10_080);
    private static readonly Option<double> s_settle = CommonOptions.Number("--settle", "Seconds without another message that the broker kept, before anything is offered.", "SECONDS", 2, 0.1, 600);
    private static readonly Option<double> s_rate = CommonOptions.Number("--rate", "Most kB sent in a second.", "KB", 100, 1, 100_000);
    private static readonly Option<bool> s_serve = new("--serve") { Description = "Only answer requests, beside another sender; until it is ended." };
    private static readonly Option<bool> s_replace = new("--replace") { Description = "Replace offers of other releases." };
    private static readonly Option<bool> s_keep = new("--keep-offers") { Description = "Leave the offers when ended by hand, for a sender that goes on." };
    private static readonly Option<bool> s_dryRun = new("--dry-run") { Description = "Check, listen, and say who would be offered what; publish nothing." };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("rollout", """
            Brings a signed release to the nodes of a group: first to some, then in waves, and stops by itself when too many fail. Several may run
            at once; one that is killed and started again goes on. Offers are withdrawn at the end. Exit code 0: every node that was to have
            it runs it.
            Examples: sensornode rollout app.snr --public release.key.pub --broker plant:1883 --group fans --dry-run
                      sensornode rollout app.snr --public release.key.pub --broker plant:8883 --tls --ca ca.pem --cert host.crt --key host.key --group fans --canary 3 --wave 20%
                      sensornode rollout app.snr --public release.key.pub --broker plant:1883 --group fans --serve
            """);
        command.Arguments.Add(s_file);
        foreach (Option option in (Option[])[s_public, s_broker, .. s_connection.All, s_group, s_nodes, s_canary, s_wave, s_stop, s_toGroup, s_patience, s_settle, s_rate, s_serve, s_replace, s_keep, s_dryRun])
        {
            command.Options.Add(option);
        }

        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        RolloutSettings settings = Read(parsed);
        bool isDry = parsed.GetValue(s_dryRun);
        IAnsiConsole console = CommonOptions.CreateConsole(parsed);
        RolloutRelease release = settings.Release;
        console.WriteLine($"{release.KindWord} {release.VersionText}, security counter {release.Manifest.SecurityCounter}, {release.Length} bytes, id {release.IdText[..16]}: signature and chunks are right");
        await using var session = new RolloutSession(settings);
        await session.PrepareAsync(cancel);
        Judge(session, settings, isDry);
        if (isDry)
        {
            Preview(console, session, settings);
            return ExitCode.Success;
        }

        if (CommonOptions.IsPlain(parsed))
        {
            await RunPlainAsync(console, session, cancel);
        }
        else
        {
            await console.Live(RolloutView.Render(session)).StartAsync(live => session.RunAsync(CommonOptions.AtMostEvery(s_picture, () => live.UpdateTarget(RolloutView.Render(session))), cancel));
        }

        RolloutView.Summarise(console, session);
        if (session.Plan.StopReason is { } reason)
        {
            throw new ToolException("rollout stopped: " + reason);
        }

        Expect(!session.Plan.IsForNone, $"every node refused it: it is for {release.Manifest.Product} on {release.Manifest.Board}", ExitCode.Failure);

        return settings.IsServingOnly || session.Plan.Confirmed == session.Plan.Wanted ? ExitCode.Success : ExitCode.Failure;
    }

    private static void Judge(RolloutSession session, RolloutSettings settings, bool isDry)
    {
        Expect(settings.IsServingOnly || session.Plan.Nodes.Count > 0, $"the broker keeps no state of any node of group {settings.Group}; check --group, or name nodes with --node", ExitCode.Failure);
        string first = session.Foreign.FirstOrDefault() is { Length: > 0 } node ? node : "the group";
        Expect(
            isDry || settings.MayReplace || session.Foreign.Count == 0,
            $"another {settings.Release.KindWord} release is offered, to {first}{(session.Foreign.Count > 1 ? $" and {session.Foreign.Count - 1} more" : "")}; wait for its end, or use --replace",
            ExitCode.Failure);
    }

    private static void Preview(IAnsiConsole console, RolloutSession session, RolloutSettings settings)
    {
        RolloutView.Summarise(console, session);
        int number = 0;
        foreach (IReadOnlyList<string> wave in session.Plan.Preview())
        {
            console.WriteLine($"wave {++number}: {wave.Count} node{(wave.Count == 1 ? "" : "s")}: {string.Join(", ", wave.Take(PreviewMax))}{(wave.Count > PreviewMax ? ", .." : "")}");
            if (settings.IsToGroup && number == 1 && session.Plan.Preview().Count > 1)
            {
                console.WriteLine("then one offer to the group");
                break;
            }
        }

        console.WriteLine("dry run: nothing was published");
    }

    private static async Task RunPlainAsync(IAnsiConsole console, RolloutSession session, CancellationToken cancel)
    {
        session.Happened += console.WriteLine;
        await session.RunAsync(CommonOptions.AtMostEvery(s_plainLine, () => console.WriteLine(RolloutView.Line(session))), cancel);
    }

    private static RolloutSettings Read(ParseResult parsed)
    {
        string group = parsed.GetValue(s_group)!;
        string[] nodes = parsed.GetValue(s_nodes)!;
        foreach (string name in (string[])[group, .. nodes])
        {
            Expect(name.Length is >= 1 and <= 47 && name.All(c => c is > ' ' and <= '~' and not ('+' or '#' or '/')), $"{(name == group ? "--group" : "--node")} '{name}' must be 1 to 47 printable characters without + # /");
        }

        double canary = parsed.GetValue(s_canary);
        Expect(canary == Math.Floor(canary), string.Create(CultureInfo.InvariantCulture, $"--canary '{canary}' is not a whole number"));
        bool isServing = parsed.GetValue(s_serve);
        Expect(!isServing || !(parsed.GetValue(s_toGroup) || parsed.GetValue(s_replace) || parsed.GetValue(s_dryRun) || nodes.Length > 0), "--serve offers nothing; --to-group, --replace, --dry-run and --node do not go with it");
        ConnectionLogin login = s_connection.Read(parsed);
        return new RolloutSettings
        {
            Release = ReadRelease(parsed.GetValue(s_file)!, parsed.GetValue(s_public)!),
            Broker = login.ToClient(parsed.GetValue(s_broker)!),
            Group = group,
            Nodes = nodes,
            Canaries = (int)canary,
            WaveShare = parsed.GetValue(s_wave),
            StopShare = parsed.GetValue(s_stop),
            IsToGroup = parsed.GetValue(s_toGroup),
            Patience = TimeSpan.FromMinutes(parsed.GetValue(s_patience)),
            Settle = TimeSpan.FromSeconds(parsed.GetValue(s_settle)),
            BytesPerSecond = 1000 * parsed.GetValue(s_rate),
            IsServingOnly = isServing,
            MayReplace = parsed.GetValue(s_replace),
            KeepsOffers = parsed.GetValue(s_keep),
        };
    }

    private static RolloutRelease ReadRelease(string file, string publicFile)
    {
        byte[][] keys = ReleaseCommand.ReadPublicKeys(publicFile);
        try
        {
            return RolloutRelease.Read(InputFile.ReadBytes(file, null, ReleaseCommand.RightRelease), keys);
        }
        catch (InvalidDataException exception)
        {
            throw new ToolException($"{file}: {exception.Message}");
        }
    }

    private static Option<double> Share(string name, string description, double initial, double low) => new(name)
    {
        Description = description,
        HelpName = "P%",
        DefaultValueFactory = _ => initial / 100,
        CustomParser = result =>
        {
            string text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
            if (!text.EndsWith('%') || !double.TryParse(text[..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out double percent) || !(percent >= low && percent <= 100))
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} '{text}' is not a share from {low}% to 100%"));
                return initial / 100;
            }

            return percent / 100;
        },
    };

    private static void Expect(bool isTrue, string error, int exitCode = ExitCode.Usage)
    {
        if (!isTrue)
        {
            throw new ToolException(error, exitCode);
        }
    }
}
