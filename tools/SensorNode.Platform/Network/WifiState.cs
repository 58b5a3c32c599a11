namespace SensorNode.Platform;

/// <summary>The access point and the station, as the world decides them. Outlives reboots.</summary>
public sealed class WifiState
{
    /// <summary>Network name that the stored credentials of the node belong to.</summary>
    public string Ssid { get; set; } = "emulated";

    /// <summary>False once the node has wiped them from the platform's settings.</summary>
    public bool HasCredentials { get; set; } = true;

    /// <summary>False while the access point is away.</summary>
    public bool IsAccessPointUp { get; set; } = true;

    /// <summary>Time from asking for the connection to an address.</summary>
    public long ConnectNs { get; set; } = 2_000_000_000;

    /// <summary>Signal strength in dBm.</summary>
    public int SignalDbm { get; set; } = -60;

    /// <summary>Address of the station.</summary>
    public string Address { get; set; } = "10.0.0.2";
}
