using System.Threading;
using SensorNode.Platform;
using SensorNode.Standins;

namespace nanoFramework.Networking
{
    /// <summary>The time client: sets the node's clock from the world's.</summary>
    public class Sntp
    {
        private static Service Mine => NodeRuntime.Own<Service>();

        public static bool IsStarted => Mine.IsStarted;

        public static string Server1
        {
            get => Mine.Server1;
            set => Mine.Server1 = value;
        }

        public static string Server2
        {
            get => Mine.Server2;
            set => Mine.Server2 = value;
        }

        public static void Start()
        {
            NodeRuntime.Enter();
            Mine.IsStarted = true;
            new Thread(Ask).Start();
        }

        public static void Stop()
        {
            NodeRuntime.Enter();
            Mine.IsStarted = false;
        }

        public static void UpdateNow()
        {
            NodeRuntime.Enter();
            if (Mine.IsStarted)
            {
                new Thread(Ask).Start();
            }
        }

        private static void Ask()
        {
            NodePlatform platform = NodeRuntime.Platform;
            platform.Scheduler.Sleep(platform.Process, platform.Time.AnswerNs);
            bool isThere = WifiStation.IsUp && platform.Time.IsServerReachable && platform.Network is not { IsReachable: false };
            if (isThere && Mine.IsStarted)
            {
                platform.UtcTicks = platform.Time.UtcTicksAt(platform.Scheduler.NowNs);
            }
        }

        private sealed class Service
        {
            public bool IsStarted;
            public string Server1 = "0.pool.ntp.org";
            public string Server2 = "1.pool.ntp.org";
        }
    }
}
