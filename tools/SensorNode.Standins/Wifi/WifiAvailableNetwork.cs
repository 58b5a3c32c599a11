namespace System.Device.Wifi
{
    /// <summary>A network that a scan has found.</summary>
    public class WifiAvailableNetwork
    {
        public WifiAvailableNetwork()
        {
        }

        internal WifiAvailableNetwork(string ssid, int signalDbm)
        {
            Ssid = ssid;
            NetworkRssiInDecibelMilliwatts = signalDbm;
        }

        public string Bsid => "02:00:00:00:00:01";

        public string Ssid { get; }

        public WifiNetworkKind NetworkKind => WifiNetworkKind.Infrastructure;

        public double NetworkRssiInDecibelMilliwatts { get; }

        public byte SignalBars => (byte)Math.Clamp((NetworkRssiInDecibelMilliwatts + 100) / 10, 0, 4);
    }
}
