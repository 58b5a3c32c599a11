using SensorNode.Platform;

namespace SensorNode.Standins
{
    /// <summary>The station: it connects by itself after boot and after a loss, and has an address some time later.</summary>
    /// <remarks>The state is looked at when somebody asks; a short absence of the access point between two questions goes unnoticed.</remarks>
    internal static class WifiStation
    {
        private static Radio Mine => NodeRuntime.Own<Radio>();

        public static bool IsUp
        {
            get
            {
                NodePlatform platform = NodeRuntime.Platform;
                Radio radio = Mine;
                if (!platform.Wifi.IsAccessPointUp || !platform.Wifi.HasCredentials || radio.IsHeldDown)
                {
                    radio.LookingSinceNs = -1;
                    return false;
                }

                long now = platform.Process.UptimeNs;
                if (radio.LookingSinceNs < 0)
                {
                    radio.LookingSinceNs = now;
                }

                return now - radio.LookingSinceNs >= platform.Wifi.ConnectNs;
            }
        }

        public static string Address => IsUp ? NodeRuntime.Platform.Wifi.Address : "0.0.0.0";

        /// <summary>Firmware asks to connect, or to stay disconnected.</summary>
        public static void Hold(bool isDown)
        {
            Mine.IsHeldDown = isDown;
            _ = IsUp;
        }

        /// <summary>Waits for an address.</summary>
        public static bool WaitUp(long timeoutMs)
        {
            long end = global::System.Environment.TickCount64 + timeoutMs;
            while (!IsUp)
            {
                if (global::System.Environment.TickCount64 >= end)
                {
                    return false;
                }

                global::System.Threading.Thread.Sleep(100);
            }

            return true;
        }

        private sealed class Radio
        {
            public long LookingSinceNs;
            public bool IsHeldDown;
        }
    }
}
