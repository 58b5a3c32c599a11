using System.Text;
using System.Text.Json;

namespace SensorNode.Site;

/// <summary>The texts that go to a board: node.conf, and nanoff's two descriptions.</summary>
public static class NodeFiles
{
    /// <summary>Names on drive I:, as node.conf has them.</summary>
    public const string AnchorsName = "ca.pem";

    /// <summary>See <see cref="AnchorsName"/>.</summary>
    public const string CertificateName = "client.pem";

    /// <summary>See <see cref="AnchorsName"/>.</summary>
    public const string KeyName = "client.key";

    /// <summary>The request for an outside authority; stays in the node's folder.</summary>
    public const string RequestName = "client.csr";

    /// <summary>Public keys of releases, as firmware/docs/update.md has them; without the file a node refuses every release.</summary>
    public const string ReleaseKeyName = "release.key.pub";

    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] s_ours =
    [
        "board", "sensor.part", "sparkplug.group", "sparkplug.node", "mqtt.host", "mqtt.port", "mqtt.security", "mqtt.user", "mqtt.password", "mqtt.ca_file", "mqtt.cert_file", "mqtt.key_file",
    ];

    /// <summary>node.conf of a node.</summary>
    /// <param name="broker">Brokers, as the site has them.</param>
    /// <param name="node">Who it is.</param>
    /// <param name="sensor">Accelerometer, or null for the firmware's default.</param>
    /// <param name="extraFile">Where the further settings come from, for messages.</param>
    /// <param name="extra">Further settings, or null.</param>
    /// <exception cref="SiteException">The further settings have one that the site sets.</exception>
    public static string Configuration(string broker, InventoryRow node, string? sensor, string? extraFile, string? extra)
    {
        string[] lines = (extra ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string key = lines[i].Split('=')[0].Trim();
            if (s_ours.Contains(key, StringComparer.Ordinal))
            {
                throw new SiteException($"{extraFile}, line {i + 1}, {key}: the site sets this one; leave it out");
            }
        }

        var text = new StringBuilder();
        text.Append("board = ").Append(node.Board).Append('\n');
        text.Append(sensor == null ? "" : $"sensor.part = {sensor}\n");
        text.Append("sparkplug.group = ").Append(node.Group).Append("\nsparkplug.node = ").Append(node.Name).Append('\n');
        text.Append("mqtt.host = ").Append(string.Join(", ", BrokerName.ParseList(broker).Select(b => b.Port == BrokerName.TlsPort ? b.Host : $"{b.Host}:{b.Port}"))).Append('\n');
        text.Append("mqtt.security = tls\nmqtt.ca_file = ").Append(AnchorsName).Append("\nmqtt.cert_file = ").Append(CertificateName).Append("\nmqtt.key_file = ").Append(KeyName).Append('\n');
        return text.Append(extra == null ? "" : string.Join('\n', lines).TrimEnd('\n') + "\n").ToString();
    }

    /// <summary>What nanoff's --filedeployment reads.</summary>
    public static string FileDeployment(string port, IEnumerable<(string Source, string Destination)> files) =>
        JsonSerializer.Serialize(new { SerialPort = port, Files = files.Select(file => new { DestinationFilePath = file.Destination, SourceFilePath = file.Source }) }, s_json) + "\n";

    /// <summary>What nanoff's --networkdeployment reads. Holds the password.</summary>
    /// <param name="port">Serial port.</param>
    /// <param name="network">Name of the Wi-Fi network.</param>
    /// <param name="password">Its password; null for an open one.</param>
    public static string NetworkDeployment(string port, string network, string? password) =>
        JsonSerializer.Serialize(
            new
            {
                SerialPort = port,
                WirelessClient = new
                {
                    Ssid = network,
                    Password = password ?? "",
                    Authentication = password == null ? "Open" : "WPA2",
                    Encryption = password == null ? "None" : "WPA2_PSK2",
                    ConfigurationOption = "AutoConnect",
                    DhcpEnabled = true,
                    AutomaticDNS = true,
                },
            },
            s_json) + "\n";

    /// <summary>Where a file goes on the board.</summary>
    public static string OnBoard(string name) => @"I:\" + name;
}
