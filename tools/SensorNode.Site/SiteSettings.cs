namespace SensorNode.Site;

/// <summary>What site.json holds. No secrets.</summary>
public sealed record SiteSettings
{
    /// <summary>Name for people; stands in every certificate as organisation.</summary>
    public required string Name { get; init; }

    /// <summary>Sparkplug groups, at least one; the first is the default.</summary>
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>Scheme of the nodes' names; see <see cref="NameScheme"/>.</summary>
    public required string Scheme { get; init; }

    /// <summary>Brokers as node.conf's mqtt.host has them: names or addresses, each may have :port, separated by commas.</summary>
    public required string Broker { get; init; }

    /// <summary>True where an outside authority signs; the site then has no key.</summary>
    public bool HasOutsideAuthority { get; init; }

    /// <summary>Counts the site's authorities, from 1.</summary>
    public int Generation { get; init; } = 1;

    /// <summary>Where a roll-over stands.</summary>
    public RollOverState RollOver { get; init; }

    /// <summary>Host applications by name.</summary>
    public IReadOnlyList<HostEntry> Hosts { get; init; } = [];
}

/// <summary>A host application, or a person's tool, that has a certificate of the site.</summary>
/// <param name="Name">Without the prefix host:.</param>
/// <param name="MayControl">True where it may send commands and updates.</param>
/// <param name="Issuer">Short fingerprint of the authority that signed its certificate.</param>
/// <param name="ExpiresUtc">End of its certificate.</param>
public sealed record HostEntry(string Name, bool MayControl, string Issuer, DateTimeOffset ExpiresUtc);

/// <summary>A change of authority, from begin over switch to finish.</summary>
public enum RollOverState
{
    /// <summary>One authority.</summary>
    None,

    /// <summary>A second one is trusted; the first one signs.</summary>
    Begun,

    /// <summary>The second one signs; the first one is still trusted.</summary>
    Switched,
}
