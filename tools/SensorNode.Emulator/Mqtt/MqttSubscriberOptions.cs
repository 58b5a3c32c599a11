using System.Security.Cryptography.X509Certificates;

namespace SensorNode.Emulator.Mqtt;

/// <summary>What a host-side connection to a broker needs.</summary>
public sealed record MqttSubscriberOptions
{
    /// <summary>Name or address.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port.</summary>
    public required int Port { get; init; }

    /// <summary>Client id; null lets the broker choose.</summary>
    public string? ClientId { get; init; }

    /// <summary>A clean session, unless set to false.</summary>
    public bool CleanSession { get; init; } = true;

    /// <summary>Keep-alive in seconds, 0 for none. PINGREQ is sent every half of it; a broker that does not answer it within <see cref="TimeoutMs"/> counts as gone.</summary>
    public int KeepAliveSeconds { get; init; } = 30;

    /// <summary>User name, or null.</summary>
    public string? UserName { get; init; }

    /// <summary>Password, or null.</summary>
    public string? Password { get; init; }

    /// <summary>Will, or null.</summary>
    public MqttMessage? Will { get; init; }

    /// <summary>Whether to use TLS.</summary>
    public bool UseTls { get; init; }

    /// <summary>Authority of the broker's certificate; null uses the machine's trust store.</summary>
    public X509Certificate2? Authority { get; init; }

    /// <summary>Further authorities, for the time in which an authority is changed.</summary>
    public X509Certificate2Collection MoreAuthorities { get; init; } = [];

    /// <summary>Client certificate with its private key, or null.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>Longest time for connecting and for each answer, in ms.</summary>
    public int TimeoutMs { get; init; } = 10_000;

    /// <summary>Longest packet taken from the broker, in bytes.</summary>
    public int PacketBytesMax { get; init; } = 1024 * 1024;
}
