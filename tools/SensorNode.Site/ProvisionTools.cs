namespace SensorNode.Site;

/// <summary>What provisioning needs from outside this library.</summary>
public sealed record ProvisionTools
{
    /// <summary>nanoff; null to make files only.</summary>
    public Nanoff? Nanoff { get; init; }

    /// <summary>The firmware's own check of a node.conf: one line a fault.</summary>
    public required Func<byte[], IReadOnlyList<string>> CheckConfiguration { get; init; }

    /// <summary>The way to the broker.</summary>
    public required ListenForBirth Listen { get; init; }

    /// <summary>Takes one line about what is done.</summary>
    public required Action<string> Say { get; init; }

    /// <summary>Secrets that no line may have.</summary>
    public Redactor Secrets { get; } = new();

    /// <summary>Pause before nanoff is called again; a board that starts for the first time formats its files.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromSeconds(5);
}
