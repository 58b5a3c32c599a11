namespace SensorNode.Tool.Emulate;

/// <summary>What sensornode emulate was asked to do.</summary>
public sealed record EmulateSettings
{
    /// <summary>How many nodes.</summary>
    public required int Nodes { get; init; }

    /// <summary>A real broker, or null for an embedded one.</summary>
    public BrokerAddress? Broker { get; init; }

    /// <summary>Real time to run.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Node seconds in a real second.</summary>
    public required double Speed { get; init; }

    /// <summary>Sparkplug group of all nodes.</summary>
    public required string Group { get; init; }

    /// <summary>Whether nodes and tool connect with TLS.</summary>
    public bool UseTls { get; init; }

    /// <summary>PEM file with the broker's authority; null for the machine's trust store (TLS of nodes needs the file).</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>PEM file with the client certificate, or null.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file with its key, or null.</summary>
    public string? KeyFile { get; init; }

    /// <summary>User name for nodes and tool, or null.</summary>
    public string? User { get; init; }

    /// <summary>Its password, or null.</summary>
    public string? Password { get; init; }

    /// <summary>File with the public key of releases that the nodes take, or null: then they take none.</summary>
    public string? ReleaseKeyFile { get; init; }

    /// <summary>Faults around the nodes.</summary>
    public IReadOnlySet<NodeFault> Faults { get; init; } = new HashSet<NodeFault>();

    /// <summary>Script for the embedded broker.</summary>
    public string BrokerFaults { get; init; } = "";

    /// <summary>TCP port in force.</summary>
    public int Port => Broker?.Port ?? (UseTls ? 8883 : 1883);
}
