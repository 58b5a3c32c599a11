namespace SensorNode.Site;

/// <summary>Which topics a node or host may use. The table in firmware/docs/provisioning.md is this one; topics of updates are those of firmware/docs/update.md.</summary>
public static class AccessRules
{
    /// <summary>Begins the user name of a host; no node can have it, since names of nodes have no colon.</summary>
    public const string HostPrefix = "host:";

    /// <summary>Topics that a node publishes to.</summary>
    /// <param name="group">Its group.</param>
    /// <param name="node">Its name, or %u in a pattern.</param>
    public static IEnumerable<string> NodeWrites(string group, string node) =>
    [
        $"spBv1.0/{group}/NBIRTH/{node}",
        $"spBv1.0/{group}/NDATA/{node}",
        $"spBv1.0/{group}/NDEATH/{node}",
        $"sensornode/{group}/{node}/journal",
        $"sensornode/{group}/{node}/update/request",
        $"sensornode/{group}/{node}/update/state/+",
    ];

    /// <summary>Topics that a node reads.</summary>
    /// <param name="group">Its group.</param>
    /// <param name="node">Its name, or %u in a pattern.</param>
    public static IEnumerable<string> NodeReads(string group, string node) =>
    [
        $"spBv1.0/{group}/NCMD/{node}",
        "spBv1.0/STATE/#",
        $"sensornode/{group}/update/offer/+",
        $"sensornode/{group}/{node}/update/offer/+",
        $"sensornode/{group}/{node}/update/reply",
    ];

    /// <summary>Topics that every host reads.</summary>
    public static IEnumerable<string> HostReads() => ["spBv1.0/#", "sensornode/#"];

    /// <summary>Topics that a host with control publishes to.</summary>
    public static IEnumerable<string> HostWrites(string name) => ["spBv1.0/+/NCMD/+", $"spBv1.0/STATE/{name}", "sensornode/+/update/offer/+", "sensornode/+/+/update/offer/+", "sensornode/+/+/update/reply"];

    /// <summary>The access list in mosquitto's form.</summary>
    /// <remarks>
    /// With one group patterns do, so a new node needs no change at the broker. mosquitto's patterns know the user, not the group: with several groups
    /// each node has lines of its own. Patterns also count for hosts, so what they would let a host write is denied it; deny comes before all else,
    /// and no node has such a topic.
    /// </remarks>
    public static string Mosquitto(SiteSettings settings, IReadOnlyList<InventoryRow> nodes)
    {
        var lines = new List<string> { $"# Access rules of {settings.Name}, by sensornode site broker-config. Changes here are overwritten." };
        bool isByPattern = settings.Groups.Count == 1;
        foreach (HostEntry host in settings.Hosts)
        {
            lines.AddRange(["", $"user {HostPrefix}{host.Name}"]);
            lines.AddRange(isByPattern ? NodeWrites(settings.Groups[0], HostPrefix + host.Name).Select(topic => "topic deny " + topic) : []);
            lines.AddRange(HostReads().Select(topic => "topic read " + topic));
            lines.AddRange(host.MayControl ? HostWrites(host.Name).Select(topic => "topic write " + topic) : []);
        }

        foreach (InventoryRow node in nodes)
        {
            if (node.State == InventoryRow.StateRetired)
            {
                lines.AddRange(isByPattern ? ["", "user " + node.Name, "topic deny #"] : []);
            }
            else if (!isByPattern)
            {
                lines.AddRange(["", "user " + node.Name, .. NodeWrites(node.Group, node.Name).Select(topic => "topic write " + topic), .. NodeReads(node.Group, node.Name).Select(topic => "topic read " + topic)]);
            }
        }

        if (isByPattern)
        {
            lines.Add("");
            lines.AddRange(NodeWrites(settings.Groups[0], "%u").Select(topic => "pattern write " + topic));
            lines.AddRange(NodeReads(settings.Groups[0], "%u").Select(topic => "pattern read " + topic));
        }

        return string.Join('\n', lines) + "\n";
    }
}
