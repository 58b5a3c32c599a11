using SensorNode.Standins;

namespace System
{
    /// <summary>Uptime, light sleep left out: the tick counter stands still in it.</summary>
    public static class Environment
    {
        public static long TickCount64 
        {
            get
            {
                SensorNode.Platform.NodePlatform platform = NodeRuntime.Enter();
                return platform.Process.AwakeNs / 1_000_000 + (long)platform.Time.TicksAhead.TotalMilliseconds;
            }
        }
    }
}
