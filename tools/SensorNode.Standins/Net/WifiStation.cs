using SensorNode.Platform;

namespace SensorNode.Standins
{
    /// <summary>The station: it connects by itself after boot and after a loss, and has an address some time later.</summary>
    /// <remarks>The state is looked at when somebody asks; a short absence of the access point between two questions goes unnoticed.</remarks>
    internal static class WifiStation
    {
        private static long s_lookingSinceNs;
        private static bool s_isHeldDown;

        public static bool IsUp
        {
            get
            {
                NodePlatform platform = NodeRuntime.Platform;
                if (!platform.Wifi.IsAccessPointUp || s_isHeldDown)
                {
                    s_lookingSinceNs = -1;
                    return false;
                }

                long now = platform.Process.UptimeNs;
                if (s_lookingSinceNs < 0)
                {
                    s_lookingSinceNs = now;
                }

                return now - s_lookingSinceNs >= platform.Wifi.ConnectNs;
            }
        }

        public static string Address => IsUp ? NodeRuntime.Platform.Wifi.Address : "0.0.0.0";

        /// <summary>Firmware asks to connect, or to stay disconnected.</summary>
        public static void Hold(bool isDown)
        {
            s_isHeldDown = isDown;
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
    }
}
