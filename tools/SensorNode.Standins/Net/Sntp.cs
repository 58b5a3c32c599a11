using System.Threading;
using SensorNode.Platform;
using SensorNode.Standins;

namespace nanoFramework.Networking
{
    /// <summary>The time client: sets the node's clock from the world's.</summary>
    public class Sntp
    {
        private static bool s_isStarted;

        public static bool IsStarted => s_isStarted;

        public static string Server1 { get; set; } = "0.pool.ntp.org";

        public static string Server2 { get; set; } = "1.pool.ntp.org";

        public static void Start()
        {
            NodeRuntime.Enter();
            s_isStarted = true;
            new Thread(Ask).Start();
        }

        public static void Stop()
        {
            NodeRuntime.Enter();
            s_isStarted = false;
        }

        public static void UpdateNow()
        {
            NodeRuntime.Enter();
            if (s_isStarted)
            {
                new Thread(Ask).Start();
            }
        }

        private static void Ask()
        {
            NodePlatform platform = NodeRuntime.Platform;
            platform.Scheduler.Sleep(platform.Process, platform.Time.AnswerNs);
            bool isThere = WifiStation.IsUp && platform.Time.IsServerReachable && platform.Network is not { IsReachable: false };
            if (isThere && s_isStarted)
            {
                platform.UtcTicks = platform.Time.UtcTicksAt(platform.Scheduler.NowNs);
            }
        }
    }
}
