using SensorNode.Standins;

namespace System
{
    /// <summary>Uptime.</summary>
    public static class Environment
    {
        public static long TickCount64 => NodeRuntime.Enter().Process.UptimeNs / 1_000_000;
    }
}
