using SensorNode.Platform;
using SensorNode.Standins;

namespace System.Net.NetworkInformation
{
    /// <summary>The station's interface. Fixed addresses are not emulated.</summary>
    public class NetworkInterface
    {
        protected NetworkInterface(int interfaceIndex)
        {
        }

        public bool IsAutomaticDnsEnabled => true;

        public string IPv4Address
        {
            get
            {
                NodeRuntime.Enter();
                return WifiStation.Address;
            }
        }

        public string IPv4GatewayAddress => WifiStation.IsUp ? "10.0.0.1" : "0.0.0.0";

        public string IPv4SubnetMask => WifiStation.IsUp ? "255.255.255.0" : "0.0.0.0";

        public bool IsDhcpEnabled => true;

        public string[] IPv4DnsAddresses => ["10.0.0.1"];

        public byte[] PhysicalAddress
        {
            get => (byte[])NodeRuntime.Enter().MacAddress.Clone();
            set => throw new NotSupportedException("The station's address cannot be changed.");
        }

        public NetworkInterfaceType NetworkInterfaceType => NetworkInterfaceType.Wireless80211;

        public uint SpecificConfigId { get; set; }

        public static bool GetIsNetworkAvailable()
        {
            NodeRuntime.Enter();
            return WifiStation.IsUp;
        }

        public static NetworkInterface[] GetAllNetworkInterfaces()
        {
            NodeRuntime.Enter();
            return [new NetworkInterface(0)];
        }

        public void EnableDhcp() => NodeRuntime.Enter();
    }
}
