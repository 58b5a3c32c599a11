using SensorNode.Platform;
using SensorNode.Standins;

namespace System.Device.Wifi
{
    /// <summary>The radio.</summary>
    public sealed class WifiAdapter : IDisposable
    {
        internal WifiAdapter()
        {
        }

        public event AvailableNetworksChangedEventHandler AvailableNetworksChanged;

        public int NetworkInterface => 0;

        public WifiNetworkReport NetworkReport { get; private set; } = new([]);

        public static WifiAdapter[] FindAllAdapters()
        {
            NodeRuntime.Enter();
            return [NodeRuntime.Own(() => new WifiAdapter())];
        }

        public WifiConnectionResult Connect(WifiAvailableNetwork availableNetwork, WifiReconnectionKind reconnectionKind, string passwordCredential) =>
            Connect(availableNetwork.Ssid, reconnectionKind, passwordCredential);

        public WifiConnectionResult Connect(string ssid, WifiReconnectionKind reconnectionKind, string passwordCredential)
        {
            NodePlatform platform = NodeRuntime.Enter();
            WifiStation.Hold(false);
            if (!platform.Wifi.IsAccessPointUp || ssid != platform.Wifi.Ssid)
            {
                return new WifiConnectionResult(WifiConnectionStatus.NetworkNotAvailable);
            }

            bool isUp = WifiStation.WaitUp(platform.Wifi.ConnectNs / 1_000_000 + 10_000);
            return new WifiConnectionResult(isUp ? WifiConnectionStatus.Success : WifiConnectionStatus.Timeout);
        }

        public void Disconnect()
        {
            NodeRuntime.Enter().Process.TurnRadioOff();
            WifiStation.Hold(true);
        }

        public void SetDeviceName(string deviceName) => NodeRuntime.Enter();

        /// <summary>Two seconds later the report is new and the handlers are called.</summary>
        public void ScanAsync()
        {
            NodeRuntime.Enter();
            new Threading.Thread(Scan).Start();
        }

        public void Dispose()
        {
        }

        private void Scan()
        {
            Threading.Thread.Sleep(2000);
            NodePlatform platform = NodeRuntime.Platform;
            NetworkReport = new WifiNetworkReport(platform.Wifi.IsAccessPointUp ? [new WifiAvailableNetwork(platform.Wifi.Ssid, platform.Wifi.SignalDbm)] : []);
            AvailableNetworksChanged?.Invoke(this, null);
        }
    }
}
