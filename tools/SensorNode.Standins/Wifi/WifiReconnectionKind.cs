namespace System.Device.Wifi
{
    /// <summary>Who reconnects.</summary>
    public enum WifiReconnectionKind
    {
        Automatic = 0,
        Manual = 1
    }
}
