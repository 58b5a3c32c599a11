namespace System.Net.NetworkInformation
{
    /// <summary>Kinds of interface; the numbers are the device's.</summary>
    public enum NetworkInterfaceType
    {
        Unknown = 1,
        Ethernet = 6,
        Wireless80211 = 71,
        WirelessAP = 72
    }
}
