using System.CommandLine;
using SensorNode.Site;
using SensorNode.Tool.Configuration;

namespace SensorNode.Tool.Commands;

/// <summary>sensornode site renew: a node's new key, certificate and anchors, and their way to the board.</summary>
internal static class SiteRenewCommand
{
    private static readonly Argument<string?> s_name = new("NAME") { Description = "The node.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> s_all = new("--all") { Description = "Make new certificates for every node in service; each is brought to its board by a call with --port." };
    private static readonly Option<string?> s_port = new("--port") { Description = "Serial port of the board; without it the files are only made.", HelpName = "PORT" };

    public static Command Create()
    {
        var command = new Command("renew", """
            Gives a node a new key, a new certificate and today's anchors, by cable. Goes on where it was interrupted.
            Examples: sensornode site renew vib-007 --site plant-site --port COM5
                      sensornode site renew --all --site plant-site
            """) { SiteOptions.Site, s_name, s_all, s_port, SiteOptions.BirthTimeout, SiteOptions.NoBirth, SiteOptions.Nanoff };
        command.SetAction((parsed, cancel) => SiteOptions.RunAsync("site renew", () => RunAsync(parsed, cancel)));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        string? name = parsed.GetValue(s_name);
        string? port = parsed.GetValue(s_port);
        if ((name == null) != parsed.GetValue(s_all) || (name == null && port != null))
        {
            throw new ToolException("site renew: give the NAME of one node, or --all without --port", ExitCode.Usage);
        }

        using SiteFolder site = SiteFolder.Open(parsed.GetRequiredValue(SiteOptions.Site), TimeProvider.System);
        using var firmware = new FirmwareConfiguration();
        var provisioner = new Provisioner(site, SiteOptions.Tools(site, firmware, port == null ? null : await SiteOptions.NanoffAsync(parsed, cancel)));
        string[] names = name != null ? [name] : [.. site.Inventory.Rows.Where(row => row.State == InventoryRow.StateBorn).Select(row => row.Name)];
        if (names.Length == 0)
        {
            Console.Out.WriteLine("no node is in service, so none was renewed");
        }

        foreach (string node in names)
        {
            InventoryRow? renewed = await provisioner.RenewAsync(new NodeRequest { Name = node, Port = port ?? "", BirthLimit = SiteOptions.BirthLimit(parsed) }, cancel);
            string next = site.Settings.HasOutsideAuthority ? "a request is made, or its answer was found; " : "";
            Console.Out.WriteLine(renewed != null
                ? $"{node}: renewed, to {renewed.ExpiresUtc:yyyy-MM-dd}"
                : $"{node}: {next}its board still has the old certificate; sensornode site renew {node} --site {parsed.GetValue(SiteOptions.Site)} --port PORT brings the new one");
        }

        return ExitCode.Success;
    }
}
