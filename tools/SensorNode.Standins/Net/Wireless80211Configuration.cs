using SensorNode.Platform;
using SensorNode.Standins;

namespace System.Net.NetworkInformation
{
    /// <summary>What the platform keeps of the access point. Without a name the station stays down, over restarts too.</summary>
    public class Wireless80211Configuration
    {
        public Wireless80211Configuration(uint id)
        {
            Id = id;
        }

        public uint Id { get; }

        public string Ssid { get; set; } = "";

        public string Password { get; set; } = "";

        public ConfigurationOptions Options { get; set; }

        public static Wireless80211Configuration[] GetAllWireless80211Configurations()
        {
            WifiState wifi = NodeRuntime.Enter().Wifi;
            return [new Wireless80211Configuration(0) { Ssid = wifi.HasCredentials ? wifi.Ssid : "", Options = ConfigurationOptions.AutoConnect }];
        }

        public void SaveConfiguration() => NodeRuntime.Enter().Wifi.HasCredentials = Ssid.Length > 0;

        /// <summary>Bits; the numbers are the device's.</summary>
        public enum ConfigurationOptions : byte
        {
            None = 0,
            Disable = 1,
            Enable = 2,
            AutoConnect = 6,
            SmartConfig = 10
        }
    }
}
