namespace SensorNode.Site;

/// <summary>One entry of mqtt.host: a broker as a node knows it.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">1 to 65535.</param>
public sealed record BrokerName(string Host, int Port)
{
    /// <summary>Port of MQTT over TLS.</summary>
    public const int TlsPort = 8883;

    /// <summary>Reads "a.example, b.example:8884".</summary>
    /// <exception cref="SiteException">An entry is none.</exception>
    public static IReadOnlyList<BrokerName> ParseList(string text) => [.. text.Split(',', StringSplitOptions.TrimEntries).Select(Parse)];

    private static BrokerName Parse(string text)
    {
        int colon = text.LastIndexOf(':');
        string host = colon >= 0 ? text[..colon] : text;
        int port = TlsPort;
        bool isHost = host.Length is > 0 and <= 127 && host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-');
        return isHost && (colon < 0 || (int.TryParse(text[(colon + 1)..], out port) && port is > 0 and <= 65535))
            ? new BrokerName(host, port)
            : throw new SiteException($"broker '{text}': HOST or HOST:PORT is expected, for example broker.plant.example:8883");
    }
}
