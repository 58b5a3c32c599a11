using System.CommandLine;
using System.Globalization;
using SensorNode.Site;
using SensorNode.Tool.Configuration;

namespace SensorNode.Tool.Commands;

/// <summary>sensornode site: authority, broker, certificates and inventory of a plant. What it all means is in firmware/docs/provisioning.md.</summary>
public static class SiteCommand
{
    private const int WarnDays = 90;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("site", """
            Authority, broker configuration, certificates and inventory of a site.
            Example: sensornode site init --site plant-site --name "Plant North" --group plant --scheme "vib-{n:000}" --broker broker.plant.example
            """);
        command.Subcommands.Add(Init());
        command.Subcommands.Add(Group());
        command.Subcommands.Add(ReleaseKey());
        command.Subcommands.Add(Broker());
        command.Subcommands.Add(Host());
        command.Subcommands.Add(SiteRenewCommand.Create());
        command.Subcommands.Add(Rollover());
        command.Subcommands.Add(Retire());
        command.Subcommands.Add(List());
        return command;
    }

    private static Command Init()
    {
        var name = new Option<string>("--name") { Description = "Name of the site, for certificates and labels.", HelpName = "TEXT", Required = true };
        var groups = new Option<string[]>("--group") { Description = "Sparkplug group; may stand several times, the first is the default.", HelpName = "NAME", Required = true };
        var scheme = new Option<string>("--scheme") { Description = "How nodes are named; {n:000} is the number.", HelpName = "SCHEME", DefaultValueFactory = _ => "vib-{n:000}" };
        var broker = new Option<string>("--broker") { Description = "Brokers as the nodes know them, separated by commas, each with :PORT where it is not 8883.", HelpName = "HOST", Required = true };
        var outside = new Option<string?>("--outside-ca") { Description = "Certificates (PEM) of an outside authority; the site then makes requests instead of certificates.", HelpName = "FILE" };
        Command command = New("init", """
            Makes a site: its folder, its authority, and the identity with which this tool listens.
            Example: sensornode site init --site plant-site --name "Plant North" --group plant --scheme "vib-{n:000}" --broker broker.plant.example
            """, name, groups, scheme, broker, outside);
        command.SetAction((parsed, _) => Run(() =>
        {
            var settings = new SiteSettings { Name = parsed.GetRequiredValue(name), Groups = parsed.GetRequiredValue(groups), Scheme = parsed.GetRequiredValue(scheme), Broker = parsed.GetRequiredValue(broker) };
            using SiteFolder site = SiteFolder.Create(parsed.GetRequiredValue(SiteOptions.Site), settings, parsed.GetValue(outside), TimeProvider.System);
            Console.Out.WriteLine(site.Settings.HasOutsideAuthority
                ? $"{site.Path}: a site with an outside authority"
                : $"{site.Path}: a site with an authority of its own. Whoever has {site.FileOf("ca-1.key")} can be any node: guard it.");
        }));
        return command;
    }

    private static Command Group()
    {
        var name = new Argument<string>("NAME") { Description = "Sparkplug group." };
        Command command = New("group", """
            Adds a group. With more than one each node has rules of its own at the broker, so its configuration changes with each new node.
            Example: sensornode site group north --site plant-site
            """, name);
        command.SetAction((parsed, _) => Run(parsed, site =>
        {
            string group = parsed.GetRequiredValue(name);
            if (NameScheme.Refusal(group) is { } refusal)
            {
                throw new SiteException(refusal);
            }

            if (!site.Settings.Groups.Contains(group, StringComparer.OrdinalIgnoreCase))
            {
                site.Save(site.Settings with { Groups = [.. site.Settings.Groups, group] });
            }

            Console.Out.WriteLine($"groups: {string.Join(", ", site.Settings.Groups)}. Now: sensornode site broker-config");
        }));
        return command;
    }

    private static Command ReleaseKey()
    {
        var file = new Argument<string>("FILE") { Description = "Public key of releases, as release keygen writes it; two lines for two keys." };
        Command command = New("release-key", """
            Sets the public key whose releases the nodes take. It goes to each board with provision and site renew; without it a node refuses every release.
            Example: sensornode site release-key release.key.pub --site plant-site
            """, file);
        command.SetAction((parsed, _) => Run(parsed, site =>
        {
            site.SetReleaseKeys(parsed.GetRequiredValue(file));
            Console.Out.WriteLine($"{site.FileOf(NodeFiles.ReleaseKeyName)}: goes to every board from now on");
        }));
        return command;
    }

    private static Command Broker()
    {
        var names = new Option<string[]>("--also") { Description = "Further name or address of the broker for its certificate; may stand several times.", HelpName = "HOST", DefaultValueFactory = _ => [] };
        var there = new Option<string?>("--folder-there") { Description = "Where the files will lie on the broker's machine; without it, where they are written.", HelpName = "FOLDER" };
        var address = new Option<string?>("--bind") { Description = "Address to listen on; without it, every address of the machine.", HelpName = "ADDRESS" };
        Command command = New("broker-config", """
            Writes what mosquitto needs: mutual TLS, and rules by which a node has its own topics and no others.
            Example: sensornode site broker-config --site plant-site --folder-there /etc/mosquitto/sensornode
            """, names, there, address);
        command.SetAction((parsed, _) => Run(parsed, site =>
        {
            (string folder, bool isNew) = BrokerFiles.Write(site, parsed.GetValue(names)!, parsed.GetValue(there), parsed.GetValue(address));
            Console.Out.WriteLine($"{folder}: mosquitto.conf, acl, anchors.pem, server.crt, server.key{(isNew ? "" : " (certificate as before)")}");
            Console.Out.WriteLine(site.Settings.HasOutsideAuthority
                ? "Put server.crt and server.key of your authority there, and run: mosquitto -c mosquitto.conf"
                : "Carry them to the broker, readable by mosquitto only, and run: mosquitto -c mosquitto.conf (after changes of acl alone: kill -HUP)");
        }));
        return command;
    }

    private static Command Host()
    {
        var name = new Argument<string>("NAME") { Description = "Name of the host application or person." };
        var control = new Option<bool>("--control") { Description = "It may send commands and updates, and not only read." };
        Command command = New("host", """
            Makes key and certificate of a host application, such as a SCADA system; called again, new ones.
            Example: sensornode site host scada --control --site plant-site
            """, name, control);
        command.SetAction((parsed, _) => Run(parsed, site =>
        {
            HostEntry host = site.MakeHost(parsed.GetRequiredValue(name), parsed.GetValue(control));
            Console.Out.WriteLine($"{site.FileOf("hosts", host.Name)}: host.crt and host.key of {AccessRules.HostPrefix}{host.Name}, who may {(host.MayControl ? "read and control" : "read")}. Now: sensornode site broker-config");
        }));
        return command;
    }

    private static Command Rollover()
    {
        var step = new Argument<string>("STEP") { Description = "begin, switch or finish." };
        step.AcceptOnlyFromAmong("begin", "switch", "finish");
        Command command = New("rollover", """
            Changes the authority: begin trusts a second one, switch lets it sign, finish forgets the first. Nodes are renewed between, and none loses the broker.
            Example: sensornode site rollover begin --site plant-site
            """, step);
        command.SetAction((parsed, _) => Run(parsed, site =>
        {
            string word = parsed.GetRequiredValue(step);
            Action<SiteFolder> action = word switch { "begin" => RollOver.Begin, "switch" => RollOver.Switch, _ => RollOver.Finish };
            action(site);
            Console.Out.WriteLine(word switch
            {
                "begin" => "Two anchors. Now: site broker-config, then site renew for each node, then site rollover switch",
                "switch" => "The new authority signs. Now: site broker-config, site host for each host, site renew for each node, then site rollover finish",
                _ => "One anchor. Now: site broker-config; nodes lose the old anchor when they are renewed next",
            });
        }));
        return command;
    }

    private static Command Retire()
    {
        var name = new Argument<string>("NAME") { Description = "The node." };
        Command command = New("retire", """
            Takes a node out of service: no rights at the broker from the next site broker-config on, and its name is not used again.
            Example: sensornode site retire vib-007 --site plant-site
            """, name);
        command.SetAction((parsed, _) => Run(parsed, site =>
        {
            InventoryRow node = site.Inventory.Find(parsed.GetRequiredValue(name)) ?? throw new SiteException($"{parsed.GetRequiredValue(name)}: is not in {site.FileOf("inventory.csv")}");
            site.Inventory.Put(node with { State = InventoryRow.StateRetired });
            File.Delete(site.FileOf("nodes", node.Name, NodeFiles.KeyName));
            File.Delete(site.FileOf("nodes", node.Name, NodeFiles.RequestName));
            Console.Out.WriteLine($"{node.Name}: retired. Now: sensornode site broker-config, and let the broker read it");
        }));
        return command;
    }

    private static Command List()
    {
        Command command = New("list", """
            Lists nodes and hosts with state and days left of their certificates; below 90 days is marked, and a node's key that is still here.
            Example: sensornode site list --site plant-site
            """);
        command.SetAction((parsed, _) => Run(() =>
        {
            using SiteFolder site = SiteFolder.Open(parsed.GetRequiredValue(SiteOptions.Site), TimeProvider.System, isLocked: false);
            string rollOver = site.Settings.RollOver switch { RollOverState.Begun => ", roll-over begun", RollOverState.Switched => ", roll-over switched", _ => "" };
            Console.Out.WriteLine($"{site.Settings.Name}: nodes {site.Inventory.Rows.Count}, anchors {site.AnchorNames()}{rollOver}");
            foreach (InventoryRow row in site.Inventory.Rows)
            {
                Console.Out.WriteLine($"{row.Group}/{row.Name}  {row.State}  {Left(site, row.State == InventoryRow.StateRetired ? null : row.ExpiresUtc ?? site.CertificateEnd(row.Name))}  {row.HardwareAddress}  {row.Location}".TrimEnd() + Key(site, row));
            }

            foreach (HostEntry host in site.Settings.Hosts)
            {
                Console.Out.WriteLine($"{AccessRules.HostPrefix}{host.Name}  {(host.MayControl ? "control" : "read")}  {Left(site, host.ExpiresUtc)}");
            }
        }));
        return command;
    }

    private static string Key(SiteFolder site, InventoryRow row) => File.Exists(site.FileOf("nodes", row.Name, NodeFiles.KeyName)) ? "  KEY HERE" : "";

    private static string Left(SiteFolder site, DateTimeOffset? end)
    {
        if (end == null)
        {
            return "-";
        }

        int days = (int)(end.Value - site.Now).TotalDays;
        string mark = days < 0 ? " EXPIRED" : days < WarnDays ? " RENEW" : "";
        return days.ToString(CultureInfo.InvariantCulture) + " days" + mark;
    }

    private static Command New(string name, string description, params Symbol[] symbols)
    {
        var command = new Command(name, description) { SiteOptions.Site };
        foreach (Symbol symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                command.Arguments.Add(argument);
            }
            else
            {
                command.Options.Add((Option)symbol);
            }
        }

        return command;
    }

    private static Task<int> Run(Action action) => SiteOptions.RunAsync("site", () =>
    {
        action();
        return Task.FromResult(ExitCode.Success);
    });

    private static Task<int> Run(ParseResult parsed, Action<SiteFolder> action) => Run(() =>
    {
        using SiteFolder site = SiteFolder.Open(parsed.GetRequiredValue(SiteOptions.Site), TimeProvider.System);
        action(site);
    });
}
