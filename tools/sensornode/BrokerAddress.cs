using System.CommandLine.Parsing;

namespace SensorNode.Tool;

/// <summary>A broker named on the command line as HOST:PORT or HOST.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">1 to 65535; null where it was left out.</param>
public sealed record BrokerAddress(string Host, int? Port)
{
    /// <summary>Reads the option's value, or adds one clear error.</summary>
    public static BrokerAddress? Parse(ArgumentResult result)
    {
        string text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        int colon = text.LastIndexOf(':');
        string host = colon >= 0 ? text[..colon] : text;
        int port = 0;
        if (host.Length == 0 || (colon >= 0 && (!int.TryParse(text[(colon + 1)..], out port) || port is < 1 or > 65535)))
        {
            result.AddError($"--broker '{text}' is not HOST:PORT, for example 127.0.0.1:1883");
            return null;
        }

        return new BrokerAddress(host, colon >= 0 ? port : null);
    }
}
