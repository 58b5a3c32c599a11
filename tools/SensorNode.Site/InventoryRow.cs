namespace SensorNode.Site;

/// <summary>One node in the inventory.</summary>
public sealed record InventoryRow
{
    /// <summary>Name at the broker and in the certificate; unique in the site.</summary>
    public required string Name { get; init; }

    /// <summary>Sparkplug group.</summary>
    public required string Group { get; init; }

    /// <summary>Where it hangs, in the site's words.</summary>
    public string Location { get; init; } = "";

    /// <summary>Board profile.</summary>
    public string Board { get; init; } = "";

    /// <summary>Hardware address as 12 hex digits, or empty.</summary>
    public string HardwareAddress { get; init; } = "";

    /// <summary>issued, born or retired.</summary>
    public string State { get; init; } = StateIssued;

    /// <summary>Serial number of the certificate that the board has, in hex.</summary>
    public string CertificateSerial { get; init; } = "";

    /// <summary>Short fingerprint of the authority that signed it.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>Short fingerprints of the anchors that the board has, separated by blanks.</summary>
    public string Anchors { get; init; } = "";

    /// <summary>End of the certificate; null before there is one.</summary>
    public DateTimeOffset? ExpiresUtc { get; init; }

    /// <summary>When its first birth came; null before.</summary>
    public DateTimeOffset? BornUtc { get; init; }

    /// <summary>Has an identity, and has not been heard of.</summary>
    public const string StateIssued = "issued";

    /// <summary>Was heard at the broker.</summary>
    public const string StateBorn = "born";

    /// <summary>Has no rights any more.</summary>
    public const string StateRetired = "retired";
}
