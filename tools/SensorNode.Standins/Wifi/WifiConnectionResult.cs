namespace System.Device.Wifi
{
    /// <summary>How a connection attempt ended.</summary>
    public class WifiConnectionResult
    {
        internal WifiConnectionResult(WifiConnectionStatus status) => ConnectionStatus = status;

        public WifiConnectionStatus ConnectionStatus { get; }
    }
}
