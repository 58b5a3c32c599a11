namespace SensorNode.Site;

/// <summary>What is to be done with one board.</summary>
public sealed record NodeRequest
{
    /// <summary>Serial port, as nanoff takes it.</summary>
    public required string Port { get; init; }

    /// <summary>Group; null: the site's first.</summary>
    public string? Group { get; init; }

    /// <summary>Name; null: the next of the scheme.</summary>
    public string? Name { get; init; }

    /// <summary>Where it will hang.</summary>
    public string Location { get; init; } = "";

    /// <summary>Board profile.</summary>
    public string Board { get; init; } = "esp32-devkitc";

    /// <summary>nanoff's name of the runtime for that board.</summary>
    public string Target { get; init; } = "";

    /// <summary>Accelerometer; null: the firmware's default.</summary>
    public string? Sensor { get; init; }

    /// <summary>Application image.</summary>
    public string Image { get; init; } = "";

    /// <summary>Version of the runtime image.</summary>
    public string RuntimeVersion { get; init; } = "";

    /// <summary>Folder with runtime images, or null.</summary>
    public string? Archive { get; init; }

    /// <summary>Name of the Wi-Fi network.</summary>
    public string Network { get; init; } = "";

    /// <summary>Its password; null for an open one. A secret.</summary>
    public string? NetworkPassword { get; init; }

    /// <summary>File with further settings, or null.</summary>
    public string? ConfigurationFile { get; init; }

    /// <summary>True where an outside authority signs.</summary>
    public bool UsesRequest { get; init; }

    /// <summary>True to begin anew with a node that was provisioned before.</summary>
    public bool IsAgain { get; init; }

    /// <summary>True to make key and certificate, and touch no board.</summary>
    public bool IsIdentityOnly { get; init; }

    /// <summary>How long to wait for the birth; null not to wait.</summary>
    public TimeSpan? BirthLimit { get; init; }
}
