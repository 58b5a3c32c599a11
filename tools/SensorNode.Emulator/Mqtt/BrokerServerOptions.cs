using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace SensorNode.Emulator.Mqtt;

/// <summary>Where and how the broker listens on TCP.</summary>
public sealed record BrokerServerOptions
{
    /// <summary>Address; loopback unless said otherwise.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Port; 0 takes a free one, to be read from <see cref="BrokerServer.Port"/>.</summary>
    public int Port { get; init; }

    /// <summary>Certificate of the broker with its private key; null for plain TCP.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Authority that client certificates must come from; null asks for none. Only with <see cref="Certificate"/>.</summary>
    public X509Certificate2? ClientAuthority { get; init; }

    /// <summary>Connections at one time, at most; further ones are closed at once.</summary>
    public int ConnectionsMax { get; init; } = 5_000;
}
